/* fill_wizard_contacts.c - the card of the file that becomes the contact list.
 */

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "contacts/upload.h"
#include "web/pages/fill_wizard.h"
#include "web/pages/viewer.h"

static void
add_count(struct view *v, const char *label, const char *value)
{
	struct view *c = view_section(v, "COUNT");

	view_str(c, "LABEL", label);
	view_str(c, "VALUE", value);
}

static void
fill_counts(struct view *v, const struct import_counts *n, struct arena *a)
{
	add_count(v, "Rows", text_thousands(a, n->rows));
	add_count(v, "Contacts", text_thousands(a, n->good));
	add_count(v, "Rejected", text_thousands(a, n->rejected));
	add_count(v, "Duplicates", text_thousands(a, n->duplicate));
}

/* The rows per second and the time left, estimated from what has been read. */
static void
fill_pace(struct view *v, const struct upload *u, struct arena *a)
{
	int64_t us = u->now - u->started_at;
	int64_t left_s, rate;

	if (!u->started_at || us < US_PER_S / 2 || !u->counts.bytes)
		return;
	rate = (int64_t)((double)u->counts.rows * US_PER_S / (double)us);
	left_s = (int64_t)((double)us / US_PER_S *
			   (double)(u->size - u->counts.bytes) /
			   (double)u->counts.bytes);
	add_count(v, "Rows/s", text_thousands(a, rate));
	add_count(v, "Time left",
		  left_s < 60 ? arena_printf(a, "%" PRId64 " s", left_s + 1)
			      : arena_printf(a, "%" PRId64 " min",
					     left_s / 60 + 1));
}

static void
fill_reading(struct view *v, const struct wizard_page *p)
{
	const struct upload *u = p->upload;
	struct view *r = view_section(v, "READING");
	int64_t tenths = 0;

	if (u->size > 0 && u->state == UPLOAD_READING)
		tenths = u->counts.bytes * 1000 / u->size;
	if (tenths > 1000)
		tenths = 1000;
	view_show(v, "LIVE");
	view_str(r, "FILE", u->name);
	view_int(r, "PERCENT", tenths / 10);
	view_printf(r, "WIDTH", "%" PRId64 ".%" PRId64, tenths / 10,
		    tenths % 10);
	if (u->state == UPLOAD_WAITING)
		view_printf(r, "PHASE",
			    "Waiting: node %s is reading another file.",
			    u->node);
	else
		view_printf(r, "PHASE",
			    "%" PRId64 "%% read. You can continue with the "
			    "other steps, or leave and come back.",
			    tenths / 10);
	fill_counts(r, &u->counts, p->viewer->arena);
	fill_pace(r, u, p->viewer->arena);
}

static void
fill_preview(struct view *v, const struct upload *u, struct arena *a)
{
	struct upload_head t;
	struct fault none;

	if (upload_head(u, &t, a, &none))
		return;
	for (size_t i = 0; i < t.columns; i++)
		view_str(view_section(v, "HEADER"), "TEXT", t.header[i]);
	for (size_t k = 0; k < t.rows; k++) {
		struct view *row = view_section(v, "ROW");

		for (size_t i = 0; i < t.columns; i++)
			view_str(view_section(row, "CELL"), "TEXT",
				 t.cells[k * t.columns + i]);
	}
}

static void
fill_done(struct view *v, const struct wizard_page *p)
{
	const struct upload *u = p->upload;
	struct view *d = view_section(v, "DONE");
	struct arena *a = p->viewer->arena;

	view_str(d, "FILE", u->name);
	view_str(d, "SAVE", p->c ? "save the changes" : "create the campaign");
	fill_counts(d, &u->counts, a);
	if (u->counts.unknown)
		view_printf(view_section(d, "WARNED"), "TEXT",
			    "%s possible, but not in any known numbering plan. "
			    "The campaign will call %s.",
			    wizard_plural(u->counts.unknown, "number is",
					  "numbers are", a),
			    u->counts.unknown == 1 ? "it" : "them");
	if (u->counts.rejected)
		view_show(d, "REJECTS");
	fill_preview(d, u, a);
}

static void
fill_failed(struct view *v, const struct wizard_page *p)
{
	struct view *e = view_section(v, "FAILED");

	view_str(e, "FILE", p->upload->name);
	view_str(e, "WHY", p->upload->problem);
	if (p->upload->counts.rejected)
		view_show(e, "REJECTS");
	if (p->c && p->c->fig.total)
		view_count(view_section(e, "KEEP"), "TOTAL", p->c->fig.total);
}

static void
fill_form(struct view *v, const struct wizard_page *p)
{
	struct wizard_entries now = p->w->now;
	struct view *form = view_section(v, "FORM");

	if (p->upload)
		fill_failed(v, p);
	if (p->c && p->c->fig.total)
		view_count(view_section(form, "KEEP"), "TOTAL",
			   p->c->fig.total);
	if (!strcmp(*wizard_text(&now, "always_on"), "yes"))
		view_show(form, "ALWAYS_ON");
}

/* On a step other than Contacts: how the file ended. */
static void
fill_told(struct view *v, const struct wizard_page *p)
{
	const struct upload *u = p->upload;
	struct arena *a = p->viewer->arena;
	struct view *t;

	if (!p->told || !u)
		return;
	t = view_section(v, "TOLD");
	view_str(t, "FILE", u->name);
	if (u->state == UPLOAD_FAILED) {
		view_str(view_section(t, "NOT_TAKEN"), "WHY", u->problem);
		return;
	}
	view_printf(view_section(t, "TAKEN"), "COUNTS", "%s, %s, %s",
		    wizard_plural(u->counts.good, "contact", "contacts", a),
		    wizard_plural(u->counts.rejected, "rejected row",
				  "rejected rows", a),
		    wizard_plural(u->counts.duplicate, "duplicate",
				  "duplicates", a));
}

void
fill_wizard_contacts(struct view *v, const void *data)
{
	const struct wizard_page *p = data;
	const struct upload *u = p->upload;
	bool own = p->step == STEP_CONTACTS;

	view_str(v, "ROOT", p->root);
	view_str(v, "WORD", wizard_step_words[p->step]);
	view_str(v, "CSRF", p->csrf);
	view_str(v, "STATE", u ? upload_state_words[u->state] : "none");
	if (wizard_page_is_locked(p)) {
		if (own)
			view_count(view_section(v, "LOCKED"), "TOTAL",
				   p->c->fig.total);
		return;
	}
	view_show(v, "COMING");
	if (upload_is_at_work(u))
		fill_reading(v, p);
	else if (!own)
		fill_told(v, p);
	else if (u && u->state == UPLOAD_DONE)
		fill_done(v, p);
	else
		fill_form(v, p);
}
