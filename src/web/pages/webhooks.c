/* Webhooks: where events of the workspace are sent, and what came of it.  For
 * administrators. */
#include <string.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "base/words.h"
#include "hook/delivery.h"
#include "hook/endpoint.h"
#include "web/pages/fill_pages.h"
#include "web/pages/fill_webhooks.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"

enum { SWITCH_OFF, SWITCH_ON };

static handler_fn show, add, feed, show_one, change, test, turn, rotate,
	remove_one, replay;

/* clang-format off */
const struct route webhook_routes[] = {
	/* method path                        least role  handler arg prefetch, flags */
	{ GET,    WEBHOOKS_PATH,              ROLE_ADMIN, show,     0, NULL, 0 },
	{ POST,   WEBHOOKS_PATH,              ROLE_ADMIN, add,      0, NULL, 0 },
	{ POST,   WEBHOOKS_PATH "/feed",      ROLE_ADMIN, feed,     0, NULL, 0 },
	{ GET,    WEBHOOKS_PATH "/:id",       ROLE_ADMIN, show_one, 0, NULL, 0 },
	{ POST,   WEBHOOKS_PATH "/:id",       ROLE_ADMIN, change,   0, NULL, 0 },
	{ POST,   WEBHOOKS_PATH "/:id/test",  ROLE_ADMIN, test,     0, NULL, 0 },
	{ POST,   WEBHOOKS_PATH "/:id/off",   ROLE_ADMIN, turn, SWITCH_OFF, NULL, 0 },
	{ POST,   WEBHOOKS_PATH "/:id/on",    ROLE_ADMIN, turn, SWITCH_ON, NULL, 0 },
	{ POST,   WEBHOOKS_PATH "/:id/rotate", ROLE_ADMIN, rotate,  0, NULL, 0 },
	{ POST,   WEBHOOKS_PATH "/:id/remove", ROLE_ADMIN, remove_one, 0, NULL, 0 },
	{ POST,   WEBHOOKS_PATH "/:id/replay", ROLE_ADMIN, replay,  0, NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* What follows an entry of the form, or ""; several kinds become "a,b". */
static const char *
entered(struct request *q, const char *name)
{
	const char *text = "";

	for (size_t i = 0; i < q->form.count; i++)
		if (strcmp(q->form.at[i].name, name) == 0)
			text = arena_printf(q->arena, "%s%s%s", text,
					    *text ? "," : "",
					    q->form.at[i].value);
	return text;
}

static struct webhook_form
form_entered(struct request *q)
{
	struct webhook_form form;

	for (size_t i = 0; i < WEBHOOK_FIELDS; i++) {
		form.text[i] = entered(q, webhook_field_words[i]);
		form.wrong[i] = NULL;
	}
	return form;
}

static struct webhook_form
form_of(const struct endpoint *e, struct arena *a)
{
	struct endpoint_entry entry = { e->url, e->description, e->kinds };
	struct webhook_form form;

	for (size_t i = 0; i < WEBHOOK_FIELDS; i++) {
		const struct field *fd = record_find(&endpoint_entry_record,
						     webhook_field_words[i]);

		form.text[i] = fd ? field_text(fd, &entry, a) : "";
		form.wrong[i] = NULL;
	}
	return form;
}

/* Reads the entries; those that are wrong are told in the form, all at once. */
static int
read_entry(struct request *q, struct webhook_form *form,
	   struct endpoint_entry *out, struct fault *f)
{
	int failed = 0;

	for (size_t i = 0; i < WEBHOOK_FROM; i++) {
		const struct field *fd = record_find(&endpoint_entry_record,
						     webhook_field_words[i]);
		struct fault wrong;

		if (field_set(fd, out, form->text[i], q->arena, &wrong) == 0)
			continue;
		form->wrong[i] = arena_strdup(q->arena, wrong.text);
		if (!failed)
			*f = wrong;
		failed = -1;
	}
	return failed;
}

static int64_t
workspace_of(const struct request *q)
{
	return q->session->account.workspace_id;
}

static int
read_id(const struct request *q, int64_t *id, struct fault *f)
{
	if (text_int(q->segment, id) || *id < 1)
		return fault_set(f, FAULT_ABSENT, "There is no such webhook.");
	return 0;
}

/* The webhook of the address, and the version that the form was shown with. */
static int
read_ref(const struct request *q, struct endpoint_ref *ref, struct fault *f)
{
	const char *ver = pairs_get(&q->form, "ver");

	if (!ver)
		ver = pairs_get(&q->query, "ver");
	ref->ver = 0;
	if (ver && text_int(ver, &ref->ver))
		return fault_set(f, FAULT_INVALID,
				 "The version is not a number.");
	return read_id(q, &ref->id, f);
}

static bool
is_wrong(const struct webhook_form *form)
{
	for (size_t i = 0; i < WEBHOOK_FIELDS; i++)
		if (form->wrong[i])
			return true;
	return false;
}

static int
reply_list(struct request *q, struct reply *r, const struct webhook_form *form,
	   struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct webhooks_page data = { .viewer = &viewer,
				      .csrf = q->session->csrf,
				      .form = *form };
	struct page page = { .title = is_wrong(form) ? "Error: Webhooks"
						     : "Webhooks",
			     .tpl = "page_webhooks.tpl",
			     .fill = fill_webhooks,
			     .data = &data,
			     .wizard = true };
	struct endpoint *list;

	if (endpoint_list(q->db, workspace_of(q), &list, &data.count, q->arena,
			  f) ||
	    event_feed_is_on(q->db, workspace_of(q), &data.feed, f))
		return -1;
	data.list = list;
	return reply_page(r, &page, f);
}

/* 'form' NULL: as stored. */
static int
reply_one(struct request *q, struct reply *r, int64_t id,
	  const struct webhook_form *form, const char *secret, struct fault *f)
{
	const char *before = pairs_get(&q->query, "before");
	struct delivery_query ask = { .workspace_id = workspace_of(q),
				      .endpoint_id = id,
				      .state = -1,
				      .limit = WEBHOOK_LOG_PAGE + 1 };
	struct viewer viewer = viewer_of(q);
	struct webhook_page data = { .viewer = &viewer,
				     .csrf = q->session->csrf,
				     .secret = secret };
	struct page page = { .title = form ? "Error: Webhook" : "Webhook",
			     .tpl = "page_webhook.tpl",
			     .fill = fill_webhook,
			     .data = &data,
			     .wizard = true };
	struct endpoint is;
	struct delivery *log;

	if (before && (text_int(before, &ask.before) || ask.before < 0))
		return request_refuse(q, 400, f, "“before” is not a number.");
	if (endpoint_get(q->db, workspace_of(q), id, &is, q->arena, f) ||
	    delivery_list(q->db, &ask, &log, &data.count, q->arena, f))
		return -1;
	data.more = data.count > WEBHOOK_LOG_PAGE;
	data.count -= data.more;
	data.is = &is;
	data.log = log;
	data.form = form_of(&is, q->arena);
	if (form)
		data.form = *form;
	return reply_page(r, &page, f);
}

/* Tells a fault of a field at that field; -1: it has none. */
static int
mark_wrong(struct request *q, struct reply *r, struct webhook_form *form,
	   const struct fault *f)
{
	int field = word_find(webhook_field_words, f->field);

	if (q->json || field < 0)
		return -1;
	form->wrong[field] = arena_strdup(q->arena, f->text);
	r->status = request_status(q, f);
	return 0;
}

static int
changed(struct request *q, struct reply *r, const char *text,
	const char *detail, int64_t id)
{
	list_invalidate(q->redis, workspace_of(q));
	reply_toast(r, false, text, detail);
	reply_redirect(r, id ? arena_printf(q->arena, WEBHOOKS_PATH "/%lld",
					    (long long)id)
			     : WEBHOOKS_PATH);
	return 0;
}

/* GET .../webhooks */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct webhook_form form = form_entered(q);

	form.text[WEBHOOK_KINDS] =
		record_find(&endpoint_entry_record, "kinds")->def;
	return reply_list(q, r, &form, f);
}

/* POST .../webhooks: the answer shows the secret, once */
static int
add(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct webhook_form form = form_entered(q);
	struct endpoint_entry entry = { .url = NULL };
	struct endpoint_made made;

	q->failed = "Failed to add";
	if (read_entry(q, &form, &entry, f) ||
	    endpoint_add(q->db, &who, &entry, &made, q->arena, f))
		return mark_wrong(q, r, &form, f) ? -1
						  : reply_list(q, r, &form, f);
	list_invalidate(q->redis, workspace_of(q));
	return reply_one(q, r, made.id, NULL, made.secret, f);
}

/* POST .../webhooks/feed */
static int
feed(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	bool on = strcmp(entered(q, "on"), "yes") == 0;

	q->failed = "Failed to switch the feed";
	if (event_feed(q->db, &who, on, q->arena, f))
		return -1;
	return changed(q, r, on ? "Event feed is on" : "Event feed is off", "",
		       0);
}

/* GET .../webhooks/ID */
static int
show_one(struct request *q, struct reply *r, struct fault *f)
{
	int64_t id;

	return read_id(q, &id, f) || reply_one(q, r, id, NULL, NULL, f) ? -1
									: 0;
}

/* POST .../webhooks/ID */
static int
change(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct webhook_form form = form_entered(q);
	struct endpoint_entry entry = { .url = NULL };
	struct endpoint_ref ref;

	q->failed = "Failed to save";
	if (read_ref(q, &ref, f))
		return -1;
	if (read_entry(q, &form, &entry, f) ||
	    endpoint_change(q->db, &who, ref, &entry, q->arena, f))
		return mark_wrong(q, r, &form, f)
			       ? -1
			       : reply_one(q, r, ref.id, &form, NULL, f);
	return changed(q, r, "Webhook saved", "", ref.id);
}

/* POST .../test */
static int
test(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct endpoint_ref ref;

	q->failed = "Failed to send";
	if (read_id(q, &ref.id, f))
		return -1;
	ref.ver = 0;
	if (endpoint_test(q->db, &who, ref, q->arena, f))
		return -1;
	return changed(q, r, "Test event sent",
		       "Reload the page to see the answer.", ref.id);
}

/* POST .../on, .../off */
static int
turn(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	bool on = q->route->arg == SWITCH_ON;
	struct endpoint_ref ref;

	q->failed = on ? "Failed to switch on" : "Failed to switch off";
	if (read_ref(q, &ref, f) ||
	    endpoint_switch(q->db, &who, ref, on, q->arena, f))
		return -1;
	return changed(q, r, on ? "Webhook is on" : "Webhook is off", "",
		       ref.id);
}

/* A question is a page of its own; *sure: it was answered with OK. */
static int
ask(struct request *q, struct reply *r, const char *question, int64_t id,
    bool *sure, struct fault *f)
{
	const char *answer = pairs_get(&q->form, "confirm");
	struct confirm_page data = {
		.action = q->target,
		.ask = question,
		.icon = "triangle-alert",
		.grave = true,
		.csrf = q->session->csrf,
		.back = WEBHOOKS_PATH,
		.arena = q->arena,
	};
	struct page page = { .title = "Please confirm",
			     .tpl = "page_confirm.tpl",
			     .fill = fill_confirm,
			     .data = &data };
	struct endpoint is;

	*sure = answer && strcmp(answer, "1") == 0;
	if (*sure)
		return 0;
	if (answer) {
		reply_redirect(r, arena_printf(q->arena, WEBHOOKS_PATH "/%lld",
					       (long long)id));
		return 0;
	}
	if (endpoint_get(q->db, workspace_of(q), id, &is, q->arena, f))
		return -1;
	data.what = is.url;
	return reply_page(r, &page, f);
}

/* POST .../rotate: the answer shows the new secret, once */
static int
rotate(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct endpoint_ref ref;
	char secret[SIGN_TEXT];
	bool sure;

	q->failed = "Failed to make a secret";
	if (read_ref(q, &ref, f) ||
	    ask(q, r,
		"Make a new secret for “%s”? Both secrets sign for 24 hours; "
		"then only the new one does.",
		ref.id, &sure, f))
		return -1;
	if (!sure)
		return 0;
	if (endpoint_rotate(q->db, &who, ref, secret, q->arena, f))
		return -1;
	return reply_one(q, r, ref.id, NULL, secret, f);
}

/* POST .../remove: removing it twice is not a fault */
static int
remove_one(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct endpoint_ref ref;
	bool sure;

	q->failed = "Failed to remove";
	if (read_ref(q, &ref, f) ||
	    ask(q, r,
		"Remove the webhook “%s”? It gets no more events, and its log "
		"goes with it.",
		ref.id, &sure, f))
		return -1;
	if (!sure)
		return 0;
	if (endpoint_remove(q->db, &who, ref, q->arena, f) &&
	    f->code != FAULT_ABSENT)
		return -1;
	return changed(q, r, "Webhook removed", "", 0);
}

/* A number of the form, or of the address of a button; 0: none. */
static int
read_number(struct request *q, enum webhook_field field, int64_t *out,
	    struct fault *f)
{
	const char *name = webhook_field_words[field];
	const char *text = pairs_get(&q->query, name);

	if (!text)
		text = entered(q, name);
	*out = 0;
	if (*text && (text_int(text, out) || *out < 1))
		return fault_field(f, name, "This must be a number from 1 on.");
	return 0;
}

/* POST .../replay: one event, a range, or all since the first */
static int
replay(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct webhook_form form;
	struct endpoint is;
	struct replay which;
	int64_t count, id;

	q->failed = "Failed to send again";
	if (read_id(q, &id, f) ||
	    endpoint_get(q->db, workspace_of(q), id, &is, q->arena, f))
		return -1;
	form = form_of(&is, q->arena);
	form.text[WEBHOOK_FROM] = entered(q, "from");
	form.text[WEBHOOK_TO] = entered(q, "to");
	which = (struct replay){ .endpoint_id = id };
	if (read_number(q, WEBHOOK_FROM, &which.from, f) ||
	    read_number(q, WEBHOOK_TO, &which.to, f))
		return mark_wrong(q, r, &form, f)
			       ? -1
			       : reply_one(q, r, id, &form, NULL, f);
	if (delivery_replay(q->db, &who, &which, &count, q->arena, f))
		return mark_wrong(q, r, &form, f)
			       ? -1
			       : reply_one(q, r, id, &form, NULL, f);
	return changed(q, r, "Sent again",
		       arena_printf(q->arena, "%s event%s",
				    text_thousands(q->arena, count),
				    text_plural(count)),
		       id);
}
