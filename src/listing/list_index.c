/* A page of the list from the index; only its own rows are read. */
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "campaign/figures.h"
#include "listing/index.h"
#include "listing/index_view.h"
#include "listing/list.h"
#include "store/db.h"

static int
find_page(struct db *db, const struct index_view *v,
	  const struct list_plan *plan, struct found *out, struct arena *a,
	  struct fault *f)
{
	struct campaign_ids which = { .workspace_id = plan->workspace_id };
	struct hits hits;

	index_view_find(v, plan, &hits, a);
	which.ids = hits.ids;
	which.count = hits.count;
	*out = (struct found){ .rows = ARENA_ARRAY(a, hits.count + 1,
						   struct campaign),
			       .total = hits.total,
			       .all = index_view_listed(v),
			       .archived = v->by_status[CAMPAIGN_ARCHIVED],
			       .before = hits.before,
			       .after = hits.after };
	memcpy(out->ends, hits.ends, sizeof(out->ends));
	if (campaigns_by_id(db, &which, out->rows, &out->count, a, f))
		return -1;
	return figures_add(db, out->rows, out->count, NULL, a, f);
}

/* Reads the runs of the matches; deleted campaigns are left out. */
static int
read_runs(struct db *db, int64_t workspace_id, const int64_t *ids, size_t count,
	  struct matches *out, struct fault *f)
{
	out->count = 0;
	for (size_t at = 0; at < count; at += PAGE_MAX) {
		struct arg args[PAGE_MAX + 1] = { ARG_INT(workspace_id) };
		struct rows r;
		int got;

		for (size_t i = 0; i < PAGE_MAX; i++)
			args[i + 1] = ARG_INT(at + i < count ? ids[at + i] : 0);
		if (db_query(db, &r, STMT_CAMPAIGN_RUNS_100, args, PAGE_MAX + 1,
			     f))
			return -1;
		while ((got = rows_next(&r, f)) > 0)
			out->list[out->count++] =
				(struct match){ rows_int(&r, 0),
						rows_int(&r, 1),
						rows_int(&r, 2), 0 };
		if (got < 0)
			return -1;
	}
	return 0;
}

static int
find_in(const struct index_view *v, struct db *db, struct list_plan *plan,
	struct found *out, struct arena *a, struct fault *f)
{
	struct matches all;
	int64_t *ids, count;

	if (plan->sort >= SORT_FIGURES) {
		ids = ARENA_ARRAY(a, SORT_FIGURES_MOST, int64_t);
		count = index_view_matches(v, plan, ids, SORT_FIGURES_MOST);
		if (count <= SORT_FIGURES_MOST) {
			plan_settle_key(plan);
			all.list = ARENA_ARRAY(a, count + 1, struct match);
			if (read_runs(db, plan->workspace_id, ids,
				      (size_t)count, &all, f) ||
			    find_by_figures(db, plan, &all, out, a, f))
				return -1;
			out->all = index_view_listed(v);
			out->archived = v->by_status[CAMPAIGN_ARCHIVED];
			return 0;
		}
		plan_by_time(plan);
	}
	plan_settle_key(plan);
	return find_page(db, v, plan, out, a, f);
}

int
find_by_index(struct search_index *index, struct db *db, struct list_plan *plan,
	      struct found *out, struct arena *a, struct fault *f)
{
	struct index_view *v;
	int rc;

	if (search_index_look(index, db, plan->workspace_id, &v, f))
		return -1;
	if (!v)
		return 1;
	rc = find_in(v, db, plan, out, a, f);
	index_view_drop(v);
	return rc;
}
