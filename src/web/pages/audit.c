/* The audit log: administrators read it, a page at a time or as a CSV file. */
#include "workspace/audit_log.h"

#include "base/arena.h"
#include "base/fault.h"
#include "web/pages/audit_export.h"
#include "web/pages/audit_query.h"
#include "web/pages/fill_audit.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"
#include "workspace/people.h"

#define ENTRIES 50 /* on a page */

static handler_fn show, export;

/* clang-format off */
const struct route audit_routes[] = {
	/* method path               least role  handler arg prefetch, flags */
	{ GET,    AUDIT_PATH,        ROLE_ADMIN, show,   0,  NULL, 0 },
	{ GET,    AUDIT_EXPORT_PATH, ROLE_ADMIN, export, 0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* All the people of the workspace. */
static int
read_people(struct request *q, struct audit_page_data *data, struct fault *f)
{
	struct people page = { .more = true };
	struct person *all = NULL;
	const char *after = "";
	size_t n = 0;

	while (page.more) {
		if (people_list(q->db, q->session->account.workspace_id, after,
				&page, q->arena, f))
			return -1;
		for (size_t i = 0; i < page.count; i++) {
			all = arena_grow(q->arena, all, n, sizeof(*all));
			all[n++] = page.list[i];
			after = page.list[i].email;
		}
	}
	data->people = all;
	data->people_count = n;
	return 0;
}

/* What can be chosen in the filter. */
static int
read_choices(struct request *q, struct audit_page_data *data, struct fault *f)
{
	int64_t workspace = q->session->account.workspace_id;

	if (read_people(q, data, f) ||
	    audit_actors(q->db, workspace, &data->actors, q->arena, f) ||
	    audit_actions(q->db, workspace, &data->actions, q->arena, f))
		return -1;
	return 0;
}

static int
read_query(struct request *q, const struct viewer *viewer,
	   struct audit_form *form, struct audit_query *query, struct fault *f)
{
	if (audit_form_read(q, form, f) ||
	    audit_form_query(form, viewer, query, f))
		return -1;
	query->workspace_id = q->session->account.workspace_id;
	return 0;
}

/* GET .../audit */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct audit_form form;
	struct audit_query query;
	struct audit_page entries = { .count = 0 };
	struct audit_page_data data = { .viewer = &viewer,
					.form = &form,
					.page = &entries };
	struct page page = { .title = "Audit Log",
			     .tpl = "page_audit.tpl",
			     .fill = fill_audit,
			     .data = &data,
			     .wizard = true };

	if (read_query(q, &viewer, &form, &query, f)) {
		if (q->json || f->code != FAULT_INVALID)
			return -1;
		data.field = arena_strdup(q->arena, f->field);
		data.wrong = arena_strdup(q->arena, f->text);
		page.title = "Error: Audit Log";
		r->status = request_status(q, f);
	} else {
		query.limit = ENTRIES;
		if (audit_read(q->db, &query, &entries, q->arena, f))
			return -1;
	}
	if (read_choices(q, &data, f))
		return -1;
	return reply_page(r, &page, f);
}

/* GET .../audit.csv */
static int
export(struct request *q, struct reply *r, struct fault *f)
{
	struct audit_export *e = ARENA_NEW(q->arena, struct audit_export);
	struct audit_form form;

	e->db = q->db;
	e->viewer = viewer_of(q);
	if (read_query(q, &e->viewer, &form, &e->query, f))
		return -1;
	reply_stream(r, audit_export_write, e);
	reply_csv(r, "audit.csv");
	return 0;
}
