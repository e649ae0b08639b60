/* The contacts of a campaign in its current or last run, a page at a time. */
#include "web/pages/campaign_contacts.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "campaign/dispositions.h"
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

static handler_fn show;

/* clang-format off */
const struct route contacts_routes[] = {
	/* method path                              least role   handler   arg prefetch, flags */
	{ GET,    HOME_PATH "/:id/contacts",        ROLE_VIEWER, show,     0,  NULL, 0 },
	{ 0 }
};

static const struct field form_fields[] = {
	{ FIELD(contact_form, state), .words = contact_state_filter, .def = "any", .label = "State" },
	{ FIELD(contact_form, outcome), .words = outcome_words, .def = "", .label = "Last Outcome" },
	{ FIELD(contact_form, disposition), .max = 40, .def = "", .label = "Disposition" },
	{ FIELD(contact_form, callback), .words = contact_callback_filter, .def = "any", .label = "Callback" },
	{ .name = "phone_number", .offset = offsetof(struct contact_form, phone), .type = FIELD_STR, .max = 100, .def = "", .label = "Phone Number" },
	{ FIELD(contact_form, external_id), .max = 190, .def = "", .label = "External ID" },
	{ FIELD(contact_form, run), .min = 0, .max = UINT32_MAX, .def = "0", .label = "Run" },
	{ FIELD(contact_form, after), .max = 30, .def = "", .label = "Page" },
};
/* clang-format on */
static const struct record form_record = RECORD(form_fields);

int
contacts_find_run(struct request *q, int64_t no, struct contact_query *query,
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

int
contacts_open(struct request *q, struct campaign *c,
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

/* Reads the fields that are right, also where one is wrong: that one is told
 * and all others are kept. */
static int
read_fields(struct request *q, struct contact_form *form, struct fault *f)
{
	struct fault later;
	int rc = 0;

	record_defaults(&form_record, form, q->arena);
	for (size_t i = 0; i < ARRAY_LEN(form_fields); i++) {
		const char *value = pairs_get(&q->query, form_fields[i].name);

		if (value && field_set(&form_fields[i], form, value, q->arena,
				       rc ? &later : f))
			rc = -1;
	}
	return rc;
}

int
contacts_read_form(struct request *q, struct contact_form *form,
		   struct contact_query *query, struct fault *f)
{
	char *digits = arena_alloc(q->arena, 16);

	if (read_fields(q, form, f))
		return -1;
	query->state = (int)form->state - 1;
	query->outcome = (int)form->outcome;
	query->callback = form->callback;
	if (*form->external_id)
		query->external_id = form->external_id;
	if (*form->after && contact_id_parse(form->after, &query->after_seg,
					     &query->after_ordinal, q->arena))
		return fault_field(f, "after", "There is no such page.");
	if (*form->disposition) {
		query->disposition = form->disposition;
		if (disposition_check(form->disposition, f))
			return -1;
	}
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

	if (contacts_open(q, &c, &query, f))
		return -1;
	page.title = arena_printf(q->arena, "Contacts of %s", c.set.name);
	if (contacts_read_form(q, &form, &query, f)) {
		if (q->json || f->code != FAULT_INVALID)
			return -1;
		data.field = arena_strdup(q->arena, f->field);
		data.wrong = arena_strdup(q->arena, f->text);
		page.title = arena_printf(q->arena, "Error: %s", page.title);
		r->status = request_status(q, f);
	} else if (contacts_find_run(q, form.run, &query, f) ||
		   contacts_page(q->db, &query, &found, q->arena, f)) {
		return -1;
	}
	return reply_page(r, &page, f);
}
