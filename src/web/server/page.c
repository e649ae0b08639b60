/* Answers that are pages, or stand in one: with layout, toasts and faults. */
#include "web/server/page.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/text.h"
#include "web/server/layout.h"
#include "web/server/request.h"
#include "web/server/session.h"
#include "web/server/toast.h"

#define RETRY_AFTER "5"

static const char redis_away[] =
	"The job queue cannot be reached. No new calls are placed until it "
	"is back; Pause and Stop work.";

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
reply_redirect(struct reply *r, const char *path)
{
	toast_keep(r->q, r);
	buf_clear(&r->body);
	r->status = r->q->htmx ? 204 : 303;
	reply_header(r, r->q->htmx ? "HX-Redirect" : "Location", path);
}

/* A problem document (RFC 9457).  The pointer is that of RFC 6901, as a
 * fragment; a field's name may be a path in the body: "contacts/3/phone_number".
 */
static void
fault_json(struct reply *r, int status, const struct fault *f)
{
	const char *const members[][2] = {
		{ "title", reply_reason(status) }, { "code", fault_word(f->code) },
		{ "detail", f->text },		   { "field", f->field },
		{ "request", r->q->id },
	};
	struct buf *b = &r->body;

	reply_begin_json(r);
	r->type = "application/problem+json";
	buf_printf(b, "{\"type\":\"about:blank\",\"status\":%d", status);
	for (size_t i = 0; i < ARRAY_LEN(members); i++) {
		buf_printf(b, ",\"%s\":", members[i][0]);
		json_str(b, members[i][1]);
	}
	if (*f->field) {
		buf_str(b, ",\"errors\":[{\"pointer\":");
		json_str(b, arena_printf(r->q->arena, "#/%s", f->field));
		buf_str(b, ",\"detail\":");
		json_str(b, f->text);
		buf_str(b, "}]");
	}
	buf_str(b, "}\n");
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
	buf_printf(&r->body, "%d %s (request %s)\n", status,
		   reply_reason(status), q->id);
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

void
reply_show_toasts(struct reply *r)
{
	struct fault unused;

	for (size_t i = 0; i < r->toast_count; i++) {
		if (reply_partial(r, "#toasts", "beforeend", "part_toast.tpl",
				  fill_toast, &r->toasts[i], &unused))
			break;
	}
	r->toast_count = 0;
}
