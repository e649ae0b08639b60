#include "web/server/route.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/text.h"
#include "web/server/api_request.h"
#include "web/server/file_upload.h"
#include "web/server/idempotency.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/session.h"
#include "workspace/api_key.h"

#define PLACE_MAX 256 /* bytes of a page's path */
#define ASKED_FIRST "OUTDIAL_ASKED_FIRST"

#define ROUTES_MOST 400

static const struct route *all[ROUTES_MOST + 1];

void
route_add(const struct route *const *tables)
{
	size_t n = 0;

	while (all[n])
		n++;
	for (; *tables; tables++) {
		for (const struct route *r = *tables; r->path; r++) {
			assert(n < ROUTES_MOST);
			all[n++] = r;
		}
	}
}

const struct route *
route_at(size_t i)
{
	return all[i];
}

static bool
needs_key(const struct route *r)
{
	return r->flags & ROUTE_API && r->role != ANYBODY;
}

/* What is needed at least: a role, or the scope of a key. */
static const char *
least_of(const struct route *r)
{
	if (needs_key(r))
		return api_scope_words[ROUTE_SCOPE_OF(r->flags)];
	return r->role == ANYBODY ? "anybody" : role_words[r->role];
}

void
route_print(FILE *out)
{
	const struct route *r;

	for (size_t i = 0; (r = route_at(i)); i++) {
		fprintf(out, "%s %s %s%s%s\n", method_words[r->method],
			r->path, needs_key(r) ? "key:" : "", least_of(r),
			r->flags & ROUTE_UPLOAD ? " upload" : "");
	}
}

/* Compares segment by segment; 'found' are those that a ":id" stands for. */
static bool
matches(const char *pattern, const char *path,
	struct bytes found[static SEGMENTS_MAX])
{
	size_t n = 0;

	memset(found, 0, SEGMENTS_MAX * sizeof(found[0]));
	while (*pattern && *path) {
		if (*pattern == ':') {
			size_t len = strcspn(path, "/");

			if (len == 0 || n == SEGMENTS_MAX)
				return false;
			pattern += strcspn(pattern, "/");
			found[n++] = (struct bytes){ path, len };
			path += len;
		} else if (*pattern++ != *path++) {
			return false;
		}
	}
	return *pattern == *path;
}

bool
route_is_page(const char *path)
{
	char plain[PLACE_MAX];
	struct bytes found[SEGMENTS_MAX];
	const struct route *route;
	size_t len = strcspn(path, "?#");

	if (len >= sizeof(plain))
		return false;
	memcpy(plain, path, len);
	plain[len] = '\0';
	for (size_t i = 0; (route = route_at(i)); i++) {
		if (route->method == GET && !(route->flags & ROUTE_API) &&
		    matches(route->path, plain, found))
			return true;
	}
	return false;
}

static const char *
add_method(struct request *q, const char *allow, enum method m)
{
	const char *word = m == GET ? "GET, HEAD" : method_words[m];

	return allow ? arena_printf(q->arena, "%s, %s", allow, word) : word;
}

static int
find(struct request *q, struct reply *r, struct fault *f)
{
	struct bytes found[SEGMENTS_MAX];
	const char *allow = NULL;
	const struct route *route;

	q->json |= strncmp(q->path, API_PATH "/", strlen(API_PATH "/")) == 0;
	for (size_t i = 0; (route = route_at(i)); i++) {
		if (!matches(route->path, q->path, found))
			continue;
		if (route->method != q->method) {
			allow = add_method(q, allow, route->method);
			continue;
		}
		q->route = route;
		for (size_t n = 0; n < SEGMENTS_MAX && found[n].data; n++)
			q->segments[n] = arena_memdup(q->arena, found[n].data,
						      found[n].len);
		q->segment = q->segments[0];
		return 0;
	}
	if (!allow)
		return fault_set(f, FAULT_ABSENT, "There is no such page.");
	reply_header(r, "Allow", allow);
	return request_refuse(q, 405, f, "This page does not accept %s.",
			      method_words[q->method]);
}

static int
check_role(struct request *q, struct reply *r, struct fault *f)
{
	if (q->route->role == ANYBODY)
		return 0;
	if (q->route->flags & ROUTE_API)
		return api_request_open(q, r, f);
	if (session_open(q, q->route->prefetch, f))
		return -1;
	if ((int)q->session->account.role < q->route->role)
		return fault_set(f, FAULT_DENIED,
				 "Your role does not allow this.");
	return 0;
}

static int
check_form(struct request *q, struct fault *f)
{
	if (q->method == GET)
		return 0;
	if (q->route->flags & ROUTE_API && q->body_len < 0)
		q->body_len = 0; /* an action without a body */
	if (q->route->flags & ROUTE_API)
		return q->route->flags & ROUTE_UPLOAD
			       ? file_upload_may(q, f)
			       : request_body(q, "application/json",
					      API_BODY_MAX, f);
	if (!request_same_origin(q))
		return fault_set(f, FAULT_DENIED,
				 "This form was sent from another site.");
	if (q->route->flags & ROUTE_UPLOAD)
		return file_upload_may(q, f);
	if (request_form(q,
			 q->route->flags & ROUTE_LONG_FORM ? FORM_MAX_LONG
							   : FORM_MAX_PLAIN,
			 f))
		return -1;
	return q->route->role == ANYBODY ? 0 : session_check_form(q, f);
}

static void
log_refusal(const struct request *q, int status, const struct fault *f)
{
	enum log_level level = status >= 500 ? LOG_LEVEL_ERROR : LOG_LEVEL_INFO;
	const struct route *route = q->route;
	bool hidden = route && route->flags & ROUTE_SECRET;

	if (f->code == FAULT_BUSY || f->code == FAULT_UNKNOWN)
		level = LOG_LEVEL_WARN;
	if (status == 401) /* the usual way in: no session yet */
		level = LOG_LEVEL_DEBUG;
	log_at(level, "%s %.200s %d user=%lld%s%.0lld from=%s: %s%s%s",
	       method_words[q->method], hidden ? route->path : q->path,
	       status,
	       (long long)q->actor.user_id, q->key ? " key=" : "",
	       q->key ? (long long)q->key->id : 0LL, q->address, f->text,
	       *f->cause ? " / " : "", f->cause);
}

/* Even a "not found" page shows the signed-in person's menu. */
static void
load_session_for_error_page(struct request *q)
{
	struct fault unused;
	int refused = q->refused;

	if (!q->route && !q->session)
		session_open(q, NULL, &unused);
	q->refused = refused;
}

/*
 * Before Nginx accepts an upload it sends this request without the body, marked
 * ASKED_FIRST.  It passes every check but does not reach the handler; the
 * answer is 204, 401 (with the address of the sign-in page), 403, 429 or 5xx.
 */
static int
handle(struct request *q, struct reply *r, struct fault *f)
{
	if (request_env(q, ASKED_FIRST)) {
		reply_empty(r, 204);
		return 0;
	}
	if (q->key && q->method != GET)
		return idempotency_handle(q, r, f);
	return q->route->handler(q, r, f);
}

static void
refuse(struct request *q, struct reply *r, struct fault *f)
{
	int status;

	load_session_for_error_page(q);
	status = request_status(q, f);
	log_refusal(q, status, f);
	reply_fault(r, status, f);
	if (!request_env(q, ASKED_FIRST))
		return;
	reply_empty(r, status == 401 || status == 429 || status >= 500 ? status
								       : 403);
}

void
route_dispatch(struct request *q, struct reply *r)
{
	struct fault f = { .code = FAULT_NONE };

	if (request_begin(q, &f) || find(q, r, &f) || check_role(q, r, &f) ||
	    check_form(q, &f) || handle(q, r, &f))
		refuse(q, r, &f);
	reply_show_toasts(r);
}
