/* Who called this number?  The calls to a number, by all campaigns. */
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "contacts/numbers.h"
#include "web/pages/fill_calls.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"

static handler_fn show;

/* clang-format off */
const struct route call_routes[] = {
	/* method path       least role   handler arg prefetch, flags */
	{ GET,    CALLS_PATH, ROLE_VIEWER, show,   0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* What is asked for; nothing without a number. */
static int
read_query(struct request *q, struct calls_page *p, struct fault *f)
{
	const char *typed = pairs_get(&q->query, "phone_number");
	const char *before = pairs_get(&q->query, "before");
	char *digits = arena_alloc(q->arena, 16);

	p->asked.workspace_id = q->actor.workspace_id;
	p->typed = typed ? typed : "";
	if (before &&
	    (text_int(before, &p->asked.before) || p->asked.before < 1))
		return fault_set(f, FAULT_ABSENT, "There is no such page.");
	if (!typed)
		return 0;
	if (number_read(q->db, p->asked.workspace_id, typed, "phone_number",
			digits, f))
		return -1;
	p->asked.phone = digits;
	return 0;
}

static int
find(struct request *q, struct calls_page *p, struct fault *f)
{
	const struct dnc_numbers one = { p->asked.workspace_id, &p->asked.phone,
					 1 };

	if (!p->asked.phone)
		return 0;
	return number_calls(q->db, &p->asked, &p->calls, q->arena, f) ||
			       dnc_scrub(q->db, &one, &p->lists, q->arena, f)
		       ? -1
		       : 0;
}

/* GET /dashboard/calls */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct calls_page data = { .viewer = &viewer };
	struct page page = { .title = "Calls to a number",
			     .tpl = "page_calls.tpl",
			     .fill = fill_calls,
			     .data = &data,
			     .wizard = true };

	if (read_query(q, &data, f)) {
		if (q->json || f->code != FAULT_INVALID)
			return -1;
		data.wrong = arena_strdup(q->arena, f->text);
		page.title = "Error: Calls to a number";
		r->status = request_status(q, f);
	} else if (find(q, &data, f)) {
		return -1;
	}
	return reply_page(r, &page, f);
}
