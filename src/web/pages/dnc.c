/* The do-not-call lists of a workspace: all may read them and look up a number,
 * supervisors add to the own list, administrators change everything. */
#include "workspace/dnc.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "web/pages/dnc_request.h"
#include "web/pages/fill_dnc.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"

static handler_fn show, look_again, add, make;

/* clang-format off */
const struct route dnc_routes[] = {
	/* method path            least role       handler arg prefetch, flags */
	{ GET,    DNC_PATH,       ROLE_VIEWER,     show,   0,  NULL, 0 },
	{ POST,   DNC_PATH,       ROLE_SUPERVISOR, add,    0,  NULL, 0 },
	{ GET,    DNC_PATH "/new", ROLE_VIEWER,    look_again, 0, NULL, 0 },
	{ POST,   DNC_PATH "/new", ROLE_ADMIN,     make,   0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* Finds the number that is looked up on all lists. */
static int
look_up(struct request *q, struct dnc_lists_page *p, struct fault *f)
{
	int64_t workspace_id = session_actor(q->session).workspace_id;
	struct dnc_found found;
	struct dnc_reader reader;
	char phone[PHONE_TEXT];
	struct fault why;
	int bad;

	if (dnc_reader_open(q->db, workspace_id, &reader, q->arena, f))
		return -1;
	bad = dnc_read_phone(&reader, p->asked, strlen(p->asked), phone, &why);
	dnc_reader_close(&reader);
	if (bad) {
		p->why = arena_strdup(q->arena, why.text);
		return 0;
	}
	p->phone = arena_strdup(q->arena, phone);
	if (dnc_lookup(q->db, workspace_id, phone, &found, q->arena, f))
		return -1;
	p->found = found.entries;
	p->found_count = found.count;
	return 0;
}

static int
reply_lists(struct request *q, struct reply *r, struct dnc_lists_page *p,
	    struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct page page = { .title = "Do not call",
			     .tpl = "page_dnc.tpl",
			     .fill = fill_dnc_lists,
			     .data = p,
			     .wizard = true };
	struct dnc_list *lists;

	p->viewer = &viewer;
	if (dnc_lists(q->db, session_actor(q->session).workspace_id, &lists,
		      &p->count, q->arena, f))
		return -1;
	p->lists = lists;
	if (r->status >= 400 || p->why)
		page.title = "Error: Do not call";
	return reply_page(r, &page, f);
}

/* GET .../do-not-call?number= */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_lists_page p = { .forms = dnc_forms_of(q),
				    .asked = pairs_get(&q->query, "number") };

	if (p.asked && look_up(q, &p, f))
		return -1;
	return reply_lists(q, r, &p, f);
}

/* GET .../new: the address in the browser after a form was refused */
static int
look_again(struct request *q, struct reply *r, struct fault *f)
{
	(void)q;
	(void)f;
	reply_redirect(r, DNC_PATH);
	return 0;
}

static int
refuse(struct request *q, struct reply *r, struct dnc_lists_page *p,
       struct fault *f)
{
	return dnc_forms_refuse(q, r, &p->forms, f) ? -1
						    : reply_lists(q, r, p, f);
}

/* POST .../do-not-call: adds a number to the own list */
static int
add(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_lists_page p = { .forms = dnc_forms_of(q) };
	struct dnc_entry e;

	q->failed = "Failed to add";
	if (dnc_forms_add(q, &p.forms, DNC_OWN_LIST, &e, f))
		return refuse(q, r, &p, f);
	return dnc_changed(q, r, DNC_PATH, dnc_became_words[e.became],
			   arena_printf(q->arena, "+%s", e.phone));
}

/* POST .../new: adds a list */
static int
make(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct dnc_lists_page p = { .forms = dnc_forms_of(q) };
	struct dnc_list set = { .id = 0 };
	int64_t id;

	q->failed = "Failed to add";
	if (dnc_forms_list(q, NULL, &set, f) ||
	    dnc_list_add(q->db, &who, &set, &id, q->arena, f))
		return refuse(q, r, &p, f);
	set.id = id;
	return dnc_changed(q, r,
			   arena_printf(q->arena, DNC_PATH "/%s",
					dnc_list_place(&set, q->arena)),
			   "List added", set.name);
}
