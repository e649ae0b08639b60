#include "web/server/reply.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/json.h"
#include "web/server/request.h"

#define FILE_PART ((size_t)65536)  /* bytes that are read at a time */
#define KEEP_MAX ((size_t)1 << 20) /* memory kept for the next answer */

/* Allows nothing from other sites, and no inline script or style. */
static const char safety[] =
	"Content-Security-Policy: default-src 'none'; script-src 'self'; "
	"style-src 'self'; img-src 'self'; font-src 'self'; "
	"connect-src 'self'; form-action 'self'; base-uri 'none'; "
	"frame-ancestors 'none'\r\n"
	"X-Content-Type-Options: nosniff\r\n"
	"X-Frame-Options: DENY\r\n"
	"Cross-Origin-Opener-Policy: same-origin\r\n"
	"Cross-Origin-Resource-Policy: same-origin\r\n"
	"Permissions-Policy: camera=(), microphone=(), geolocation=(), "
	"display-capture=(), payment=(), usb=()\r\n"
	"Vary: HX-Request, HX-Request-Type\r\n";

static const struct {
	int status;
	const char *reason;
} reasons[] = {
	{ 200, "OK" },
	{ 201, "Created" },
	{ 202, "Accepted" },
	{ 204, "No Content" },
	{ 302, "Found" },
	{ 303, "See Other" },
	{ 304, "Not Modified" },
	{ 400, "Bad Request" },
	{ 401, "Unauthorized" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 409, "Conflict" },
	{ 410, "Gone" },
	{ 411, "Length Required" },
	{ 412, "Precondition Failed" },
	{ 413, "Content Too Large" },
	{ 414, "URI Too Long" },
	{ 415, "Unsupported Media Type" },
	{ 422, "Unprocessable Content" },
	{ 428, "Precondition Required" },
	{ 429, "Too Many Requests" },
	{ 431, "Request Header Fields Too Large" },
	{ 500, "Internal Server Error" },
	{ 501, "Not Implemented" },
	{ 503, "Service Unavailable" },
	{ 507, "Insufficient Storage" },
};

const char *
reply_reason(int status)
{
	for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
		if (reasons[i].status == status)
			return reasons[i].reason;
	}
	return "Unknown";
}

static void
clear(struct buf *b)
{
	if (b->cap > KEEP_MAX)
		buf_free(b);
	if (!b->data)
		*b = (struct buf)BUF_INIT;
	buf_clear(b);
}

void
reply_begin(struct reply *r, struct request *q)
{
	r->q = q;
	r->status = 200;
	r->type = "text/html; charset=utf-8";
	r->stream = NULL;
	r->file = -1;
	r->location = NULL;
	r->leaves = r->secret = false;
	r->toast_count = 0;
	r->slot_count = 0;
	clear(&r->lines);
	clear(&r->head);
	clear(&r->body);
}

void
reply_sent(struct reply *r)
{
	if (r->file >= 0)
		close(r->file);
	r->file = -1;
	if (r->body.cap > KEEP_MAX)
		clear(&r->body);
}

void
reply_free(struct reply *r)
{
	buf_free(&r->lines);
	buf_free(&r->head);
	buf_free(&r->body);
}

void
reply_header(struct reply *r, const char *name, const char *value)
{
	assert(!strpbrk(value, "\r\n"));
	buf_printf(&r->lines, "%s: %s\r\n", name, value);
}

void
reply_cookie(struct reply *r, const char *name, const char *value,
	     int64_t age_s)
{
	buf_printf(&r->lines,
		   "Set-Cookie: %s=%s; Path=/; Max-Age=%" PRId64
		   "; HttpOnly; SameSite=Lax%s\r\n",
		   name, value, age_s,
		   r->q->config->secure_cookies ? "; Secure" : "");
}

int
reply_part(struct reply *r, const char *tpl, fill_fn *fill, const void *data,
	   struct fault *f)
{
	return view_expand(tpl, fill, data, &r->body, f);
}

void
reply_html(struct reply *r, const char *html, size_t len)
{
	buf_add(&r->body, html, len);
}

void
reply_insert(struct reply *r, struct bytes html)
{
	size_t from = 0;
	const char *at;

	assert(r->slot_count < SLOTS_MAX);
	if (r->slot_count)
		from = r->slots[r->slot_count - 1].at + strlen(REPLY_SLOT);
	at = memmem(r->body.data + from, r->body.len - from, REPLY_SLOT,
		    strlen(REPLY_SLOT));
	assert(at);
	r->slots[r->slot_count].at = (size_t)(at - r->body.data);
	r->slots[r->slot_count++].html = html;
}

static void
open_partial(struct reply *r, const char *target, const char *swap)
{
	buf_printf(&r->body, "<hx-partial hx-target=\"%s\" hx-swap=\"%s\">",
		   target, swap);
}

void
reply_partial_html(struct reply *r, const char *target, const char *swap,
		   const char *html, size_t len)
{
	open_partial(r, target, swap);
	buf_add(&r->body, html, len);
	buf_str(&r->body, "</hx-partial>");
}

int
reply_partial(struct reply *r, const char *target, const char *swap,
	      const char *tpl, fill_fn *fill, const void *data, struct fault *f)
{
	open_partial(r, target, swap);
	if (view_expand(tpl, fill, data, &r->body, f))
		return -1;
	buf_str(&r->body, "</hx-partial>");
	return 0;
}

void
reply_toast(struct reply *r, bool bad, const char *text, const char *detail)
{
	struct arena *a = r->q->arena;

	if (r->toast_count == TOASTS_MAX)
		return;
	r->toasts[r->toast_count++] =
		(struct toast){ .bad = bad,
				.text = arena_strdup(a, text),
				.detail = arena_strdup(a, detail) };
}

void
reply_stream(struct reply *r, stream_fn *fn, void *arg)
{
	r->stream = fn;
	r->stream_arg = arg;
}

static int
send_file(void *arg, write_fn *write, void *to, struct fault *f)
{
	const struct reply *r = arg;
	char part[FILE_PART];
	off_t at = 0;
	ssize_t n;

	while ((n = pread(r->file, part, sizeof(part), at)) > 0) {
		if (write(to, part, (size_t)n))
			return 0;
		at += n;
	}
	return n < 0 ? fault_cause(f, "pread: %s", strerror(errno)) : 0;
}

void
reply_file(struct reply *r, int fd)
{
	r->file = fd;
	reply_stream(r, send_file, r);
}

void
reply_csv(struct reply *r, const char *name)
{
	reply_download(r, "text/csv; charset=utf-8", name);
}

void
reply_download(struct reply *r, const char *type, const char *name)
{
	r->type = type;
	reply_header(r, "Content-Disposition",
		     arena_printf(r->q->arena, "attachment; filename=\"%s\"",
				  name));
}

void
reply_leave(struct reply *r, const char *url)
{
	reply_empty(r, 302);
	reply_header(r, "Location", url);
	r->leaves = true;
}

void
reply_empty(struct reply *r, int status)
{
	r->status = status;
	buf_clear(&r->body);
}

static void
json_pairs(struct reply *r, va_list ap)
{
	const char *name, *comma = "";

	buf_clear(&r->body);
	buf_char(&r->body, '{');
	while ((name = va_arg(ap, const char *))) {
		buf_str(&r->body, comma);
		json_str(&r->body, name);
		buf_char(&r->body, ':');
		json_str(&r->body, va_arg(ap, const char *));
		comma = ",";
	}
	buf_str(&r->body, "}\n");
}

void
reply_json(struct reply *r, int status, ...)
{
	va_list ap;

	r->status = status;
	r->type = "application/json";
	r->toast_count = 0;
	va_start(ap, status);
	json_pairs(r, ap);
	va_end(ap);
}

void
reply_begin_json(struct reply *r)
{
	buf_clear(&r->body);
	r->type = "application/json";
	r->toast_count = 0;
}

void
reply_location(struct reply *r, const char *path)
{
	r->location = path;
	reply_header(r, "Location", path);
}

/* Lists the pieces of the body, with the contents of its slots. */
static size_t
pieces(struct reply *r, struct bytes *out)
{
	const char *body = r->body.data;
	size_t count = 0, from = 0;

	for (size_t i = 0; i < r->slot_count; i++) {
		size_t at = r->slots[i].at;

		out[count++] = (struct bytes){ body + from, at - from };
		out[count++] = r->slots[i].html;
		from = at + strlen(REPLY_SLOT);
	}
	out[count++] = (struct bytes){ body + from, r->body.len - from };
	return count;
}

size_t
reply_finish(struct reply *r, struct bytes out[static REPLY_PIECES])
{
	bool bare = r->status == 204 || r->status == 304;
	struct buf *h = &r->head;
	size_t count, length = 0;

	count = pieces(r, out + 1);
	for (size_t i = 1; i <= count; i++)
		length += out[i].len;
	buf_printf(h, "Status: %d %s\r\nCache-Control: no-store\r\n", r->status,
		   reply_reason(r->status));
	buf_add(h, r->lines.data, r->lines.len);
	if (!bare) {
		buf_add(h, safety, sizeof(safety) - 1);
		buf_printf(h,
			   "Referrer-Policy: %s\r\nX-Request-Id: %s\r\n"
			   "Content-Type: %s\r\n",
			   r->leaves ? "no-referrer" : "same-origin", r->q->id,
			   r->type);
		if (!r->stream)
			buf_printf(h, "Content-Length: %zu\r\n", length);
	}
	buf_str(h, "\r\n");
	out[0] = (struct bytes){ .data = h->data, .len = h->len };
	return bare || r->q->head ? 1 : 1 + count;
}
