#include "web/server/reply.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "web/server/request.h"
#include "web/server/session.h"
#include "web/server/toast.h"

#define KEEP_MAX ((size_t)1 << 20) /* memory kept for the next answer */
#define RETRY_AFTER "5"

static const char redis_away[] =
	"The job queue cannot be reached. No new calls are placed until it "
	"is back; Pause and Stop work.";

/* Allows nothing from other sites, and no inline script or style. */
static const char safety[] =
	"Content-Security-Policy: default-src 'none'; script-src 'self'; "
	"style-src 'self'; img-src 'self'; font-src 'self'; "
	"connect-src 'self'; form-action 'self'; base-uri 'none'; "
	"frame-ancestors 'none'\r\n"
	"X-Content-Type-Options: nosniff\r\n"
	"X-Frame-Options: DENY\r\n"
	"Referrer-Policy: same-origin\r\n"
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
	{ 204, "No Content" },
	{ 303, "See Other" },
	{ 304, "Not Modified" },
	{ 400, "Bad Request" },
	{ 401, "Unauthorized" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 409, "Conflict" },
	{ 411, "Length Required" },
	{ 413, "Content Too Large" },
	{ 414, "URI Too Long" },
	{ 415, "Unsupported Media Type" },
	{ 422, "Unprocessable Content" },
	{ 429, "Too Many Requests" },
	{ 431, "Request Header Fields Too Large" },
	{ 500, "Internal Server Error" },
	{ 501, "Not Implemented" },
	{ 503, "Service Unavailable" },
	{ 507, "Insufficient Storage" },
};

static const char *
reason(int status)
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
	r->toast_count = 0;
	r->slot_count = 0;
	clear(&r->lines);
	clear(&r->head);
	clear(&r->body);
}

void
reply_sent(struct reply *r)
{
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

static int
whole_page(struct reply *r, const struct page *p, struct fault *f)
{
	struct request *q = r->q;
	struct layout layout = {
		.title = p->title,
		.back = q->target,
		.content = p->tpl,
		.fill = p->fill,
		.data = p->data,
		.list = p->list,
		.wizard = p->wizard,
	};
	int failed;

	toast_take(q, r);
	if (q->session) {
		layout.who = &q->session->account;
		layout.csrf = q->session->csrf;
		layout.banner = q->redis_away ? redis_away : NULL;
	}
	layout.toasts = r->toasts;
	layout.toast_count = r->toast_count;
	failed = view_expand("layout.tpl", fill_layout, &layout, &r->body, f);
	r->toast_count = 0;
	return failed;
}

int
reply_page(struct reply *r, const struct page *p, struct fault *f)
{
	if (r->q->partial)
		return reply_part(r, p->tpl, p->fill, p->data, f);
	return whole_page(r, p, f);
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
reply_banner(struct reply *r)
{
	struct fault unused;

	if (r->q->redis_away)
		reply_partial(r, "#banner", "innerHTML", "part_banner.tpl",
			      fill_banner, redis_away, &unused);
	else
		reply_partial_html(r, "#banner", "innerHTML", "", 0);
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
reply_redirect(struct reply *r, const char *path)
{
	toast_keep(r->q, r);
	buf_clear(&r->body);
	r->status = r->q->htmx ? 204 : 303;
	reply_header(r, r->q->htmx ? "HX-Redirect" : "Location", path);
}

void
reply_stream(struct reply *r, stream_fn *fn, void *arg)
{
	r->stream = fn;
	r->stream_arg = arg;
}

void
reply_empty(struct reply *r, int status)
{
	r->status = status;
	buf_clear(&r->body);
}

static void
json_text(struct buf *b, const char *s)
{
	buf_char(b, '"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			buf_char(b, '\\');
		if ((unsigned char)*s < ' ')
			buf_printf(b, "\\u%04x", (unsigned char)*s);
		else
			buf_char(b, *s);
	}
	buf_char(b, '"');
}

static void
json_pairs(struct reply *r, va_list ap)
{
	const char *name, *comma = "";

	buf_clear(&r->body);
	buf_char(&r->body, '{');
	while ((name = va_arg(ap, const char *))) {
		buf_str(&r->body, comma);
		json_text(&r->body, name);
		buf_char(&r->body, ':');
		json_text(&r->body, va_arg(ap, const char *));
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

/* RFC 9457 */
static void
fault_json(struct reply *r, int status, const struct fault *f)
{
	char number[4];

	snprintf(number, sizeof(number), "%03d", status);
	reply_json(r, status, "type", "about:blank", "title", reason(status),
		   "code", fault_word(f->code), "detail", f->text, "field",
		   f->field, "request", r->q->id, NULL);
	r->type = "application/problem+json";
}

/* A failed poll gets no toast: the page shows that it is not live. */
static void
fault_part(struct reply *r, const struct fault *f)
{
	struct request *q = r->q;
	const char *why = q->failed ? f->text : "";

	if (q->method == GET)
		return;
	if (r->status >= 500)
		why = arena_printf(q->arena, "%s%sRequest %s", why,
				   *why ? " " : "", q->id);
	reply_toast(r, true, q->failed ? q->failed : f->text, why);
}

static void
fault_page(struct reply *r, int status, const struct fault *f)
{
	struct request *q = r->q;
	struct error_page data = { .status = status,
				   .text = f->text,
				   .request = q->id,
				   .home = q->session != NULL };
	struct page page = { .title = error_title(status),
			     .tpl = "page_error.tpl",
			     .fill = fill_error,
			     .data = &data };
	struct fault worse;

	if (whole_page(r, &page, &worse) == 0)
		return;
	buf_clear(&r->body);
	buf_printf(&r->body, "%d %s (request %s)\n", status, reason(status),
		   q->id);
	r->type = "text/plain; charset=utf-8";
}

/* Redirects to the sign-in page, which leads back to the current page. */
static void
ask_to_sign_in(struct reply *r)
{
	struct request *q = r->q;
	const char *from =
		q->method == GET && !q->partial ? q->target : request_from(q);
	/* htmx runs on a page that had a session */
	bool ended = q->htmx || session_is_claimed(q);
	const char *path;

	if (from && strlen(from) > ADDRESS_MAX)
		from = NULL;
	path = arena_printf(q->arena, "/login%s%s%s", from ? "?next=" : "",
			    from ? text_url_encode(q->arena, from) : "",
			    !ended ? ""
			    : from ? "&why=ended"
				   : "?why=ended");
	if (q->htmx) {
		reply_header(r, "HX-Redirect", path);
		return;
	}
	r->status = 303;
	reply_header(r, "Location", path);
}

void
reply_fault(struct reply *r, int status, const struct fault *f)
{
	r->status = status;
	r->toast_count = 0;
	r->slot_count = 0;
	buf_clear(&r->body);
	if (status == 503)
		reply_header(r, "Retry-After", RETRY_AFTER);
	if (r->q->json)
		fault_json(r, status, f);
	else if (status == 401)
		ask_to_sign_in(r);
	else if (r->q->htmx)
		fault_part(r, f);
	else
		fault_page(r, status, f);
}

static void
show_toasts(struct reply *r)
{
	struct fault unused;

	for (size_t i = 0; i < r->toast_count; i++) {
		if (reply_partial(r, "#toasts", "beforeend", "part_toast.tpl",
				  fill_toast, &r->toasts[i], &unused))
			break;
	}
	r->toast_count = 0;
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

	show_toasts(r);
	count = pieces(r, out + 1);
	for (size_t i = 1; i <= count; i++)
		length += out[i].len;
	buf_printf(h, "Status: %d %s\r\nCache-Control: no-store\r\n", r->status,
		   reason(r->status));
	buf_add(h, r->lines.data, r->lines.len);
	if (!bare) {
		buf_add(h, safety, sizeof(safety) - 1);
		buf_printf(h, "X-Request-Id: %s\r\nContent-Type: %s\r\n",
			   r->q->id, r->type);
		if (!r->stream)
			buf_printf(h, "Content-Length: %zu\r\n", length);
	}
	buf_str(h, "\r\n");
	out[0] = (struct bytes){ .data = h->data, .len = h->len };
	return bare || r->q->head ? 1 : 1 + count;
}
