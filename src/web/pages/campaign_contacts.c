/* The contacts of a campaign in its current or last run, a page at a time, and
 * the attempts of one. */
#include <string.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "campaign/exclude.h"
#include "contacts/numbers.h"
#include "report/contact_id.h"
#include "report/run_report.h"
#include "web/pages/detail.h"
#include "web/pages/fill_contacts.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"

#define PAGE_ROWS 50

static handler_fn show, show_one, exclude, lift;

/* clang-format off */
const struct route contact_routes[] = {
	/* method path                              least role   handler   arg prefetch, flags */
	{ GET,    HOME_PATH "/:id/contacts",        ROLE_VIEWER, show,     0,  NULL, 0 },
	{ GET,    HOME_PATH "/:id/contacts/:id",    ROLE_VIEWER, show_one, 0,  NULL, 0 },
	{ POST,   HOME_PATH "/:id/contacts/:id/exclude", ROLE_SUPERVISOR, exclude, 0, NULL, 0 },
	{ POST,   HOME_PATH "/:id/contacts/:id/lift-exclusion", ROLE_SUPERVISOR, lift, 0, NULL, 0 },
	{ 0 }
};

static const struct field form_fields[] = {
	{ FIELD(contact_form, state), .words = contact_state_filter, .def = "any", .label = "State" },
	{ FIELD(contact_form, outcome), .words = outcome_words, .def = "", .label = "Last Outcome" },
	{ .name = "phone_number", .offset = offsetof(struct contact_form, phone), .type = FIELD_STR, .max = 100, .def = "", .label = "Phone Number" },
	{ FIELD(contact_form, external_id), .max = 190, .def = "", .label = "External ID" },
	{ FIELD(contact_form, run), .min = 0, .max = UINT32_MAX, .def = "0", .label = "Run" },
	{ FIELD(contact_form, after), .max = 30, .def = "", .label = "Page" },
};
/* clang-format on */
static const struct record form_record = RECORD(form_fields);

/* The run of that number; 0: as the campaign is now. */
static int
find_run(struct request *q, int64_t no, struct contact_query *query,
	 struct fault *f)
{
	struct run_query asked = { .workspace_id = query->workspace_id,
				   .campaign_id = query->campaign_id,
				   .no = no };
	struct run run;

	if (!no)
		return 0;
	if (run_find(q->db, &asked, &run, q->arena, f))
		return -1;
	query->run_id = run.id;
	return 0;
}

static int
open_campaign(struct request *q, struct campaign *c,
	      struct contact_query *query, struct fault *f)
{

	if (detail_campaign(q, c, f))
		return -1;
	*query = (struct contact_query){ .workspace_id = c->workspace_id,
					 .campaign_id = c->id,
					 .run_id = c->current_run,
					 .state = -1,
					 .after_seg = -1,
					 .limit = PAGE_ROWS };
	return 0;
}

/* The same, and which contact of it. */
static int
open_contact(struct request *q, struct campaign *c, struct contact_query *query,
	     struct fault *f)
{
	if (open_campaign(q, c, query, f))
		return -1;
	if (contact_id_parse(q->segments[1], &query->seg, &query->ordinal,
			     q->arena))
		return fault_set(f, FAULT_ABSENT,
				 "There is no such contact in this campaign.");
	return 0;
}

static int
read_form(struct request *q, struct contact_form *form,
	  struct contact_query *query, struct fault *f)
{
	char *digits = arena_alloc(q->arena, 16);

	record_defaults(&form_record, form, q->arena);
	for (size_t i = 0; i < ARRAY_LEN(form_fields); i++) {
		const char *value = pairs_get(&q->query, form_fields[i].name);

		if (value &&
		    field_set(&form_fields[i], form, value, q->arena, f))
			return -1;
	}
	query->state = (int)form->state - 1;
	query->outcome = (int)form->outcome;
	if (*form->external_id)
		query->external_id = form->external_id;
	if (*form->after && contact_id_parse(form->after, &query->after_seg,
					     &query->after_ordinal, q->arena))
		return fault_field(f, "after", "There is no such page.");
	if (!*form->phone)
		return 0;
	query->phone = digits;
	return number_read(q->db, query->workspace_id, form->phone,
			   "phone_number", digits, f);
}

/* GET /dashboard/campaigns/:id/contacts */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct contact_form form;
	struct contact_query query;
	struct contact_page found = { .count = 0 };
	struct campaign c;
	struct contacts_page_data data = {
		.c = &c, .viewer = &viewer, .form = &form, .page = &found
	};
	struct page page = { .tpl = "page_contacts.tpl",
			     .fill = fill_contacts,
			     .data = &data,
			     .wizard = true };

	if (open_campaign(q, &c, &query, f))
		return -1;
	page.title = arena_printf(q->arena, "Contacts of %s", c.set.name);
	if (read_form(q, &form, &query, f)) {
		if (q->json || f->code != FAULT_INVALID)
			return -1;
		data.field = arena_strdup(q->arena, f->field);
		data.wrong = arena_strdup(q->arena, f->text);
		page.title = arena_printf(q->arena, "Error: %s", page.title);
		r->status = request_status(q, f);
	} else if (find_run(q, form.run, &query, f) ||
		   contacts_page(q->db, &query, &found, q->arena, f)) {
		return -1;
	}
	return reply_page(r, &page, f);
}

/* Why its number may not be called; an erased one cannot be. */
static int
read_barred(struct request *q, const struct contact_query *query,
	    struct contact_trail *t, struct fault *f)
{
	const char *phone = t->contact.phone;
	struct dnc_numbers one = { query->workspace_id, &phone, 1 };

	if (!*phone)
		return 0;
	return campaign_excludes(q->db, query->workspace_id, query->campaign_id,
				 phone, &t->excluded, f) ||
			       dnc_scrub(q->db, &one, &t->lists, q->arena, f)
		       ? -1
		       : 0;
}

static int
read_trail(struct request *q, const struct contact_query *query,
	   struct contact_trail *t, struct fault *f)
{
	struct attempt_query attempts = { .workspace_id = query->workspace_id,
					  .campaign_id = query->campaign_id,
					  .run_id = query->run_id };

	if (contact_load(q->db, query, &t->contact, &t->variables, q->arena,
			 f) ||
	    read_barred(q, query, t, f))
		return -1;
	if (!query->run_id)
		return 0;
	return attempts_of_contact(q->db, &attempts, &t->contact, &t->attempts,
				   q->arena, f);
}

/* GET /dashboard/campaigns/:id/contacts/:id */
static int
show_one(struct request *q, struct reply *r, struct fault *f)
{
	const char *run = pairs_get(&q->query, "run");
	struct viewer viewer = viewer_of(q);
	struct contact_query query;
	struct campaign c;
	struct contact_trail trail = { .c = &c, .viewer = &viewer };
	struct page page = { .tpl = "page_contact.tpl",
			     .fill = fill_contact,
			     .data = &trail,
			     .wizard = true };

	if (open_contact(q, &c, &query, f))
		return -1;
	if (run && (text_int(run, &trail.run) || trail.run < 1))
		return fault_set(f, FAULT_ABSENT, "There is no such run.");
	if (find_run(q, trail.run, &query, f) ||
	    read_trail(q, &query, &trail, f))
		return -1;
	page.title = arena_printf(q->arena, "A contact of %s", c.set.name);
	return q->partial ? reply_part(r, "part_trail_row.tpl", fill_trail_row,
				       &trail, f)
			  : reply_page(r, &page, f);
}

/* The number of the contact in the address, as an order to exclude. */
static int
read_order(struct request *q, struct exclude_order *o,
	   struct contact_row *contact, struct fault *f)
{
	const char **phone = ARENA_NEW(q->arena, const char *);
	struct contact_query query;
	const char *unused;
	struct campaign c;

	if (open_contact(q, &c, &query, f) ||
	    contact_load(q->db, &query, contact, &unused, q->arena, f))
		return -1;
	if (!*contact->phone)
		return fault_set(f, FAULT_CONFLICT,
				 "This person was erased: there is no number "
				 "left to exclude.");
	*phone = arena_printf(q->arena, "+%s", contact->phone);
	*o = (struct exclude_order){
		.campaign_id = c.id, .phones = phone, .count = 1, .reason = ""
	};
	return 0;
}

/* Shows the contact again, with what was done. */
static int
done(struct request *q, struct reply *r, const char *text, const char *detail)
{
	char *path = arena_strdup(q->arena, q->path);

	list_invalidate(q->redis, q->actor.workspace_id);
	reply_toast(r, false, text, detail);
	if (q->json) {
		reply_json(r, 200, "message", text, NULL);
		return 0;
	}
	*strrchr(path, '/') = '\0';
	reply_redirect(r, path);
	return 0;
}

/* POST /dashboard/campaigns/:id/contacts/:id/exclude */
static int
exclude(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct exclude_answer answer;
	struct contact_row contact;
	struct exclude_order o;

	q->failed = "Failed to exclude";
	if (read_order(q, &o, &contact, f) ||
	    campaign_exclude(q->db, &who, &o, q->arena, &answer, f))
		return -1;
	return done(q, r, "Number excluded",
		    answer.in_flight ? "The call in progress is the last one."
				     : "");
}

/* POST /dashboard/campaigns/:id/contacts/:id/lift-exclusion */
static int
lift(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct lift_result *result;
	struct contact_row contact;
	struct exclude_order o;

	q->failed = "Failed to lift the exclusion";
	if (read_order(q, &o, &contact, f) ||
	    campaign_lift_exclusion(q->db, &who, &o, q->arena, &result, f))
		return -1;
	if (result->fate != LIFT_LIFTED)
		return fault_set(f, FAULT_CONFLICT,
				 "The number is not excluded.");
	return done(q, r, "Exclusion lifted",
		    contact.state == CONTACT_EXCLUDED
			    ? "The contact stays excluded in this run."
			    : "");
}
