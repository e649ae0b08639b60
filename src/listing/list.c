/* The list of campaigns: the plan of a query, and the keys around a page. */
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "campaign/figures.h"
#include "listing/index.h"
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

static int
make_plan(const struct campaign_query *q, struct list_plan *plan,
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

static int
find(struct db *db, struct search_index *index, struct list_plan *plan,
     struct found *out, struct arena *a, struct fault *f)
{
	int rc = 1;

	if (index)
		rc = find_by_index(index, db, plan, out, a, f);
	if (rc <= 0)
		return rc;
	if (find_by_sql(db, plan, out, a, f))
		return -1;
	if (index)
		search_index_told(index, plan->workspace_id, out->all);
	return 0;
}

/* An empty page leads back to one that has rows. */
static void
set_ways(const struct list_plan *plan, const struct found *in,
	 struct campaign_page *p, struct arena *a)
{
	struct campaign_key edge = { .sort = plan->sort,
				     .edge = plan->back ? KEY_FIRST
							: KEY_LAST };

	if (in->count == 0 && plan->keyed && p->total > 0)
		*(plan->back ? &p->next : &p->prev) =
			campaign_key_text(&edge, a);
	if (in->count == 0)
		return;
	if (in->before)
		p->prev = campaign_key_text(&in->ends[0], a);
	if (in->after)
		p->next = campaign_key_text(&in->ends[1], a);
}

int
campaign_list(struct db *db, const struct campaign_query *q,
	      struct campaign_page *out, struct arena *a, struct fault *f)
{
	struct campaign_page p = { 0 };
	struct list_plan plan;
	struct found found;

	if (make_plan(q, &plan, a, f) ||
	    find(db, q->index, &plan, &found, a, f))
		return -1;
	p.rows = found.rows;
	p.count = found.count;
	p.total = found.total;
	p.all = found.all;
	p.sort = plan.sort;
	p.up = plan.up;
	p.by_figures = p.total <= SORT_FIGURES_MOST;
	set_ways(&plan, &found, &p, a);
	*out = p;
	return 0;
}
