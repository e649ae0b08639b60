/* fill_webhooks.c - the list of webhooks, and the page of one. */

#include "web/pages/fill_webhooks.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/field.h"
#include "base/words.h"
#include "campaign/event.h"
#include "hook/delivery.h"
#include "hook/endpoint.h"
#include "web/pages/fill_settings.h"
#include "web/pages/viewer.h"

const char *const webhook_field_words[] = { "url",  "description", "kinds",
					    "from", "to",	   NULL };

static const char *const bad_marks[WEBHOOK_FIELDS] = {
	"BAD_URL", "BAD_DESCRIPTION", "BAD_KINDS", "BAD_FROM", "BAD_TO"
};

static void
fill_wrong(struct view *v, const struct webhook_form *form, size_t from,
	   size_t to)
{
	for (size_t i = from; i < to; i++)
		if (form->wrong[i])
			view_str(view_section(v, bad_marks[i]), "WHY",
				 form->wrong[i]);
}

static void
fill_help(struct view *v, const char *mark, const char *field)
{
	view_str(v, mark, record_find(&endpoint_entry_record, field)->help);
}

/* part_webhook_fields.tpl */
static void
fill_fields(struct view *v, const struct webhook_form *form)
{
	view_str(v, "URL", form->text[WEBHOOK_URL]);
	view_str(v, "DESCRIPTION", form->text[WEBHOOK_DESCRIPTION]);
	fill_help(v, "HELP_URL", "url");
	fill_help(v, "HELP_DESCRIPTION", "description");
	fill_help(v, "HELP_KINDS", "kinds");
	for (size_t i = 0; event_kind_words[i]; i++) {
		struct view *kind = view_section(v, "KIND");

		view_str(kind, "WORD", event_kind_words[i]);
		if (has_word(form->text[WEBHOOK_KINDS], event_kind_words[i]))
			view_show(kind, "ON");
	}
	fill_wrong(v, form, WEBHOOK_URL, WEBHOOK_FROM);
}

static const char *
state_words(const struct endpoint *e)
{
	static const char *const off[] = { "", "Switched off",
					   "Off, gone (410)",
					   "Off, failed for a day" };

	if (!e->enabled)
		return off[e->off_why];
	return e->failing_since ? "Failing" : "On";
}

/* "Failing since ..." */
static void
fill_state(struct view *v, const struct endpoint *e,
	   const struct viewer *viewer)
{
	int64_t since = e->enabled ? e->failing_since : e->off_at;

	view_str(v, "STATE", state_words(e));
	if (since)
		view_time(view_section(v, "SINCE"), "AT", since, VIEW_MOMENT,
			  &viewer->zone);
}

static const char *
kinds_text(const struct endpoint *e, struct arena *a)
{
	const char *text = "";

	for (size_t i = 0; event_kind_words[i]; i++)
		if (e->kinds.bits & EVENT_BIT(i))
			text = arena_printf(a, "%s%s%s", text,
					    *text ? ", " : "",
					    event_kind_words[i]);
	return text;
}

static void
fill_row(struct view *table, const struct webhooks_page *p,
	 const struct endpoint *e)
{
	struct view *row = view_section(table, "WEBHOOK");

	view_int(row, "ID", e->id);
	view_str(row, "URL", e->url);
	if (*e->description)
		view_str(view_section(row, "ABOUT"), "DESCRIPTION",
			 e->description);
	view_str(row, "KINDS", kinds_text(e, p->viewer->arena));
	fill_state(row, e, p->viewer);
	if (!e->enabled)
		view_show(row, "OFF");
}

void
fill_webhooks(struct view *v, const void *data)
{
	const struct webhooks_page *p = data;

	view_str(v, "CSRF", p->csrf);
	if (p->count) {
		struct view *table = view_section(v, "SOME");

		for (size_t i = 0; i < p->count; i++)
			fill_row(table, p, &p->list[i]);
	} else {
		view_show(v, "NONE");
	}
	fill_fields(view_include(v, "FIELDS", "part_webhook_fields.tpl"),
		    &p->form);
	view_str(v, "FEED", p->feed ? "on" : "off");
	view_str(v, "FEED_TO", p->feed ? "no" : "yes");
	view_str(v, "FEED_ACTION", p->feed ? "Switch off" : "Switch on");
}

static const char *
answer_words(const struct delivery *d, struct arena *a)
{
	if (!d->tries)
		return "to be sent again";
	if (!d->status)
		return d->error;
	return arena_printf(a, "%" PRId64 " in %" PRId64 " ms", d->status,
			    d->ms);
}

static void
fill_delivery(struct view *log, const struct webhook_page *p,
	      const struct delivery *d)
{
	struct view *row = view_section(log, "DELIVERY");

	view_int(row, "SEQ", d->seq);
	view_str(row, "KIND", d->type);
	view_time(row, "AT", d->at, VIEW_MOMENT, &p->viewer->zone);
	view_str(row, "STATE",
		 word_words(delivery_state_words[d->state], p->viewer->arena));
	view_str(row, "ANSWER", answer_words(d, p->viewer->arena));
	view_int(row, "TRIES", d->tries);
	if (p->is->enabled) {
		struct view *again = view_section(row, "AGAIN");

		view_int(again, "ID", p->is->id);
		view_int(again, "SEQ", d->seq);
	}
}

static void
fill_log(struct view *v, const struct webhook_page *p)
{
	struct view *log;

	if (!p->count) {
		view_show(v, "NO_LOG");
		return;
	}
	log = view_section(v, "LOG");
	if (p->is->enabled)
		view_show(log, "ON");
	for (size_t i = 0; i < p->count; i++)
		fill_delivery(log, p, &p->log[i]);
	if (p->more) {
		struct view *more = view_section(log, "MORE");

		view_int(more, "ID", p->is->id);
		view_int(more, "BEFORE", p->log[p->count - 1].seq);
	}
}

static void
fill_advice(struct view *v, const struct endpoint *e)
{
	static const char *const advice[] = {
		NULL,
		NULL,
		"It answered 410 Gone, which means that it wants no more "
		"events. Check the address, then switch it on again.",
		"Every event failed for a day. Repair the program that "
		"receives them, then switch the webhook on again.",
	};

	if (!e->enabled && advice[e->off_why])
		view_str(view_section(v, "ADVICE"), "TEXT", advice[e->off_why]);
}

static void
fill_secret(struct view *v, const struct webhook_page *p)
{
	struct view *part;

	if (!p->secret)
		return;
	part = view_include(v, "SECRET", "part_webhook_secret.tpl");
	view_str(part, "SECRET", p->secret);
	if (p->is->old_until)
		view_show(part, "BOTH");
}

void
fill_webhook(struct view *v, const void *data)
{
	const struct webhook_page *p = data;
	const struct endpoint *e = p->is;
	struct view *forms = view_section(v, e->enabled ? "ON" : "OFF");

	view_int(v, "ID", e->id);
	view_int(v, "VER", e->ver);
	view_str(v, "CSRF", p->csrf);
	view_str(v, "TITLE", *e->description ? e->description : e->url);
	fill_state(v, e, p->viewer);
	fill_secret(v, p);
	fill_advice(v, e);
	fill_fields(view_include(v, "FIELDS", "part_webhook_fields.tpl"),
		    &p->form);
	fill_log(v, p);
	view_str(forms, "FROM", p->form.text[WEBHOOK_FROM]);
	view_str(forms, "TO", p->form.text[WEBHOOK_TO]);
	fill_wrong(forms, &p->form, WEBHOOK_FROM, WEBHOOK_FIELDS);
}
