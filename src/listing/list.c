/* The list of campaigns: who answers a query, and the keys around a page. */
#include "base/arena.h"
#include "listing/index.h"
#include "listing/list.h"

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
		search_index_told(index, plan->workspace_id,
				  out->all + out->archived);
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

	if (list_plan_make(q, &plan, a, f) ||
	    find(db, q->index, &plan, &found, a, f))
		return -1;
	p.rows = found.rows;
	p.count = found.count;
	p.total = found.total;
	p.all = found.all;
	p.archived = found.archived;
	p.sort = plan.sort;
	p.up = plan.up;
	p.by_figures = p.total <= SORT_FIGURES_MOST;
	set_ways(&plan, &found, &p, a);
	*out = p;
	return 0;
}
