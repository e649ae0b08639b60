#include "web/server/request.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "base/words.h"
#include "app/config.h"
#include "app/installation.h"
#include "base/seal.h"

#define PATH_BYTES_MAX 8192

const char *const method_words[] = { "GET",   "POST",	"PUT",
				     "PATCH", "DELETE", NULL };

int
request_refuse(struct request *q, int status, struct fault *f, const char *fmt,
	       ...)
{
	char text[sizeof(f->text)];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	q->refused = status;
	return fault_set(f, FAULT_INVALID, "%s", text);
}

int
request_status(const struct request *q, const struct fault *f)
{
	static const int statuses[FAULT_CODE_MAX] = {
		[FAULT_NONE] = 200,	[FAULT_INVALID] = 422,
		[FAULT_DENIED] = 403,	[FAULT_ABSENT] = 404,
		[FAULT_CONFLICT] = 409, [FAULT_BUSY] = 503,
		[FAULT_UNKNOWN] = 503,	[FAULT_BROKEN] = 500,
	};

	if (q->refused)
		return q->refused;
	return f->code < FAULT_CODE_MAX ? statuses[f->code] : 500;
}

const char *
request_env(const struct request *q, const char *name)
{
	size_t len = strlen(name);

	for (char **e = q->envp; *e; e++) {
		if (strncmp(*e, name, len) == 0 && (*e)[len] == '=')
			return *e + len + 1;
	}
	return NULL;
}

const char *
pairs_get(const struct pairs *p, const char *name)
{
	for (size_t i = 0; i < p->count; i++) {
		if (strcmp(p->at[i].name, name) == 0)
			return p->at[i].value;
	}
	return NULL;
}

const char *
request_cookie(struct request *q, const char *name)
{
	const char *at = request_env(q, "HTTP_COOKIE");
	size_t len = strlen(name);

	while (at && *at) {
		size_t n;

		at += strspn(at, "; ");
		n = strcspn(at, ";");
		if (n > len && strncmp(at, name, len) == 0 && at[len] == '=')
			return arena_memdup(q->arena, at + len + 1,
					    n - len - 1);
		at += n;
	}
	return NULL;
}

struct bytes
request_seal(const struct request *q, const char *name, const char *data,
	     size_t len, int64_t life_ms)
{
	return seal_put(q->installation->secret, name,
			q->now + life_ms * US_PER_MS,
			(struct bytes){ data, len }, q->arena);
}

struct bytes
request_unseal(const struct request *q, const char *name, struct bytes sealed)
{
	return seal_open(q->installation->secret, name, q->now, sealed);
}

/* A text area may hold line ends and tabs. */
bool
request_is_clean(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)s[i] < ' ' && !memchr("\t\r\n", s[i], 3))
			return false;
		if (s[i] == 0x7f)
			return false;
	}
	return text_is_utf8(s, len);
}

static const char *
decode(struct arena *a, const char *s, size_t len)
{
	const char *text = text_url_decode(a, s, len);

	return text && request_is_clean(text, strlen(text)) ? text : NULL;
}

/* a=1&b=2 */
static int
parse_pairs(struct request *q, const char *s, size_t len, struct pairs *out,
	    struct fault *f)
{
	const char *end = s + len;
	struct pair at[PAIRS_MAX];
	size_t count = 0;

	while (s < end) {
		const char *amp = memchr(s, '&', (size_t)(end - s));
		const char *stop = amp ? amp : end;
		const char *eq = memchr(s, '=', (size_t)(stop - s));
		const char *name_end = eq ? eq : stop;
		struct pair p;

		if (stop > s) {
			p.name = decode(q->arena, s, (size_t)(name_end - s));
			p.value = eq ? decode(q->arena, eq + 1,
					      (size_t)(stop - eq - 1))
				     : "";
			if (!p.name || !p.value || count == PAIRS_MAX)
				return request_refuse(
					q, 400, f,
					"The request cannot be read.");
			at[count++] = p;
		}
		s = stop + 1;
	}
	out->at = ARENA_ARRAY(q->arena, count + 1, struct pair);
	memcpy(out->at, at, count * sizeof(at[0]));
	out->count = count;
	return 0;
}

static int
read_method(struct request *q, struct fault *f)
{
	const char *word = request_env(q, "REQUEST_METHOD");
	int method;

	if (!word)
		return request_refuse(q, 400, f, "The request has no method.");
	q->head = strcmp(word, "HEAD") == 0;
	method = q->head ? GET : word_find(method_words, word);
	if (method < 0)
		return request_refuse(q, 501, f,
				      "This method is not supported.");
	q->method = (enum method)method;
	return 0;
}

static int
read_target(struct request *q, struct fault *f)
{
	const char *uri = request_env(q, "REQUEST_URI");
	size_t len;

	q->target = q->path = "/";
	if (!uri || uri[0] != '/')
		return request_refuse(q, 400, f, "The address is not valid.");
	if (strlen(uri) > PATH_BYTES_MAX)
		return request_refuse(q, 414, f, "The address is too long.");
	len = strcspn(uri, "?");
	q->target = uri;
	q->path = decode(q->arena, uri, len);
	if (!q->path || strchr(q->path, '\n') || strchr(q->path, '\r')) {
		q->path = "/";
		return request_refuse(q, 400, f, "The address is not valid.");
	}
	if (uri[len] == '\0')
		return 0;
	return parse_pairs(q, uri + len + 1, strlen(uri + len + 1), &q->query,
			   f);
}

static void
read_wishes(struct request *q)
{
	const char *accept = request_env(q, "HTTP_ACCEPT");
	const char *htmx = request_env(q, "HTTP_HX_REQUEST");
	const char *type = request_env(q, "HTTP_HX_REQUEST_TYPE");

	q->htmx = htmx && strcmp(htmx, "true") == 0;
	q->partial = q->htmx && type && strcmp(type, "partial") == 0;
	q->json = !q->htmx && accept && strstr(accept, "json") &&
		  !strstr(accept, "text/html");
}

static int
read_length(struct request *q, struct fault *f)
{
	const char *length = request_env(q, "CONTENT_LENGTH");

	q->body_len = -1;
	if (!length || !*length)
		return 0;
	if (text_int(length, &q->body_len) || q->body_len < 0)
		return request_refuse(q, 400, f,
				      "The length of the request is wrong.");
	return 0;
}

static int
check_headers(struct request *q, struct fault *f)
{
	size_t sum = 0;

	for (char **e = q->envp; *e; e++)
		sum += strlen(*e);
	if (sum > HEADERS_MAX)
		return request_refuse(q, 431, f,
				      "The headers of the request are too "
				      "large.");
	return 0;
}

int
request_begin(struct request *q, struct fault *f)
{
	const char *address = request_env(q, "REMOTE_ADDR");

	q->address = address ? address : "";
	q->target = q->path = "/";
	read_wishes(q);
	return read_method(q, f) || check_headers(q, f) || read_target(q, f) ||
			       read_length(q, f)
		       ? -1
		       : 0;
}

static int
check_body(struct request *q, const char *type, size_t max, struct fault *f)
{
	const char *given = request_env(q, "CONTENT_TYPE");

	if (q->body_len < 0)
		return request_refuse(q, 411, f,
				      "The request does not state its length.");
	if ((uint64_t)q->body_len > max)
		return request_refuse(q, 413, f,
				      "The request is larger than the %zu "
				      "bytes allowed here.",
				      max);
	if (q->body_len > 0 &&
	    (!given || strncasecmp(given, type, strlen(type)) != 0 ||
	     !strchr("; ", given[strlen(type)])))
		return request_refuse(q, 415, f, "This address accepts only %s.",
				      type);
	return 0;
}

int
request_body(struct request *q, const char *type, size_t max, struct fault *f)
{
	size_t want, got = 0;
	char *body;

	if (check_body(q, type, max, f))
		return -1;
	want = (size_t)q->body_len;
	body = arena_alloc(q->arena, want + 1);
	while (got < want) {
		size_t n = q->read(q->stream, body + got, want - got);

		if (n == 0)
			return request_refuse(q, 400, f,
					      "The request was interrupted.");
		got += n;
	}
	q->body = (struct bytes){ body, want };
	return 0;
}

int
request_form(struct request *q, size_t max, struct fault *f)
{
	static const char form[] = "application/x-www-form-urlencoded";

	if (request_body(q, form, max, f))
		return q->refused == 415
			       ? request_refuse(q, 415, f,
						"This page accepts only forms.")
			       : -1;
	return parse_pairs(q, q->body.data, q->body.len, &q->form, f);
}

int
pairs_fill(const struct pairs *p, const struct record *rec, void *base,
	   struct arena *a, struct fault *f)
{
	record_defaults(rec, base, a);
	for (size_t i = 0; i < rec->count; i++) {
		const char *value = pairs_get(p, rec->fields[i].name);

		if (!value || !*value)
			continue;
		if (field_set(&rec->fields[i], base, value, a, f))
			return -1;
	}
	return 0;
}

int
request_campaign(const struct request *q, uint64_t *id, struct fault *f)
{
	if (!q->segment || text_parse_short_id(q->segment, id))
		return fault_set(f, FAULT_ABSENT, "There is no such campaign.");
	return 0;
}

/* True when a URL or an origin is on this request's host.  With secure_cookies
 * it must be https as well. */
static bool
same_host(const struct request *q, const char *url)
{
	const char *host = request_env(q, "HTTP_HOST");
	const char *at = strstr(url, "://");
	size_t len;

	if (!at || !host ||
	    (q->config->secure_cookies && strncmp(url, "https://", 8) != 0))
		return false;
	at += 3;
	len = strcspn(at, "/?#");
	return strlen(host) == len && strncasecmp(at, host, len) == 0;
}

bool
request_same_origin(const struct request *q)
{
	const char *site = request_env(q, "HTTP_SEC_FETCH_SITE");
	const char *origin = request_env(q, "HTTP_ORIGIN");

	if (site && strcmp(site, "same-origin") != 0 &&
	    strcmp(site, "none") != 0)
		return false;
	return !origin || same_host(q, origin);
}

const char *
request_from(const struct request *q)
{
	const char *url = request_env(q, "HTTP_HX_CURRENT_URL");
	const char *path;

	if (!url)
		url = request_env(q, "HTTP_REFERER");
	if (!url || !same_host(q, url))
		return NULL;
	path = strstr(url, "://");
	path = path ? strchr(path + 3, '/') : NULL;
	return path;
}
