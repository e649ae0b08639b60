/* The plan of a query for the list of campaigns. */
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "campaign/figures.h"
#include "listing/list.h"

/* Reads the key.  Sorted by figures, it may also be a key by time: the order
 * falls back to that when too many match. */
static int
read_key(const struct campaign_query *q, struct list_plan *plan,
	 struct arena *a, struct fault *f)
{
	bool after = q->after && *q->after, before = q->before && *q->before;
	const char *text = after ? q->after : q->before;

	plan->key = (struct campaign_key){ .sort = q->sort, .edge = KEY_FIRST };
	plan->keyed = after || before;
	plan->back = before;
	if (after && before)
		return fault_set(f, FAULT_INVALID,
				 "The address has both “after” and “before”; "
				 "use only one of them.");
	if (!plan->keyed || !campaign_key_read(text, q->sort, &plan->key, a, f))
		return 0;
	return q->sort < SORT_FIGURES || campaign_key_read(text, SORT_CREATED,
							   &plan->key, a, f)
		       ? -1
		       : 0;
}

struct status_range
plan_statuses(const struct list_plan *plan)
{
	if (plan->status < 0)
		return (struct status_range){ 0, CAMPAIGN_ARCHIVED - 1 };
	return (struct status_range){ plan->status, plan->status };
}

void
plan_by_time(struct list_plan *plan)
{
	plan->sort = SORT_CREATED;
	plan->up = false;
}

void
plan_settle_key(struct list_plan *plan)
{
	if (plan->key.sort == plan->sort)
		return;
	plan->key =
		(struct campaign_key){ .sort = plan->sort, .edge = KEY_FIRST };
	plan->keyed = plan->back = false;
}

int
list_plan_make(const struct campaign_query *q, struct list_plan *plan,
	       struct arena *a, struct fault *f)
{
	const char *s = q->search ? text_trim(a, q->search) : "";

	*plan = (struct list_plan){ .workspace_id = q->workspace_id,
				    .needle = *s ? text_search(a, s) : "",
				    .status = q->status,
				    .sort = q->sort,
				    .up = q->up,
				    .limit = PAGE_MAX };
	if (q->limit > 0 && q->limit < PAGE_MAX)
		plan->limit = (size_t)q->limit;
	return read_key(q, plan, a, f);
}
