/* The figures of campaigns: for the rows of a page, and to sort matches by. */
#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "campaign/repo.h"
#include "campaign/figures.h"
#include "listing/list.h"
#include "store/db.h"

static int
value_of(const struct campaign *c, enum campaign_sort sort)
{
	switch (sort) {
	case SORT_PROGRESS:
		return campaign_progress(c);
	case SORT_ANSWER:
		return campaign_answer_rate(c);
	default:
		return campaign_completion_rate(c);
	}
}

static int
set_values(struct db *db, enum campaign_sort sort, const struct matches *m,
	   struct fault *f)
{
	struct match *list = m->list;
	size_t count = m->count;
	struct campaign some[PAGE_MAX];

	for (size_t at = 0; at < count; at += PAGE_MAX) {
		size_t n = count - at < PAGE_MAX ? count - at : PAGE_MAX;

		memset(some, 0, sizeof(some));
		for (size_t i = 0; i < n; i++) {
			some[i].id = list[at + i].id;
			some[i].current_run = list[at + i].run;
		}
		if (figures_add(db, some, n, NULL, NULL, f))
			return -1;
		for (size_t i = 0; i < n; i++)
			list[at + i].value = value_of(&some[i], sort);
	}
	return 0;
}

/* Campaigns without a rate come last in both directions. */
static int
compare(const struct match *x, const struct match *y, bool up)
{
	if (x->value != y->value && (x->value < 0 || y->value < 0))
		return x->value < 0 ? 1 : -1;
	if (x->value != y->value)
		return (x->value < y->value) == up ? -1 : 1;
	if (x->at != y->at)
		return x->at > y->at ? -1 : 1;
	return x->id == y->id ? 0 : x->id > y->id ? -1 : 1;
}

static int
compare_up(const void *x, const void *y)
{
	return compare(x, y, true);
}

static int
compare_down(const void *x, const void *y)
{
	return compare(x, y, false);
}

static int
sort_matches(struct db *db, const struct list_plan *plan,
	     const struct matches *m, struct fault *f)
{
	if (set_values(db, plan->sort, m, f))
		return -1;
	qsort(m->list, m->count, sizeof(*m->list),
	      plan->up ? compare_up : compare_down);
	return 0;
}

/* How many matches come before the key, and how many before or at it. */
static void
place_of(const struct list_plan *plan, const struct matches *m, size_t *below,
	 size_t *through)
{
	const struct match *list = m->list;
	size_t count = m->count;
	const struct campaign_key *k = &plan->key;
	struct match key = { k->id, k->at, 0, (int)k->value };
	size_t low = 0, high = count;

	if (k->edge != KEY_ROW) {
		*below = *through = k->edge == KEY_FIRST ? 0 : count;
		return;
	}
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (compare(&list[mid], &key, plan->up) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	*below = low;
	*through =
		low + (low < count && compare(&list[low], &key, plan->up) == 0);
}

/*
 * A page of a sorted list: the index of its first row, how many rows it has,
 * and whether there are more on each side.
 */
struct cut {
	size_t from, count;
	bool before, after;
};

static struct cut
cut_page(const struct list_plan *plan, const struct matches *m)
{
	size_t below, through, from, to, count = m->count;

	place_of(plan, m, &below, &through);
	from = through;
	to = count - from > plan->limit ? from + plan->limit : count;
	if (plan->back) {
		to = below;
		from = to > plan->limit ? to - plan->limit : 0;
	}
	return (struct cut){ from, to - from, from > 0, to < count };
}

int
find_by_figures(struct db *db, const struct list_plan *plan,
		const struct matches *all, struct found *out, struct arena *a,
		struct fault *f)
{
	struct campaign_total total = { .workspace_id = plan->workspace_id };
	int64_t ids[PAGE_MAX];
	struct campaign_ids which = { plan->workspace_id, ids, 0 };
	struct cut cut;

	if (sort_matches(db, plan, all, f))
		return -1;
	cut = cut_page(plan, all);
	*out = (struct found){ .rows = ARENA_ARRAY(a, cut.count + 1,
						   struct campaign),
			       .total = (int64_t)all->count,
			       .before = cut.before,
			       .after = cut.after };
	while (which.count < cut.count) {
		ids[which.count] = all->list[cut.from + which.count].id;
		which.count++;
	}
	for (int i = 0; cut.count > 0 && i < 2; i++) {
		const struct match *m =
			&all->list[cut.from + (i ? cut.count - 1 : 0)];

		out->ends[i] = (struct campaign_key){ .sort = plan->sort,
						      .at = m->at,
						      .id = m->id,
						      .value = m->value };
	}
	if (campaigns_by_id(db, &which, out->rows, &out->count, a, f) ||
	    figures_add(db, out->rows, out->count,
			plan->count_all ? &total : NULL, a, f))
		return -1;
	out->all = total.campaigns;
	out->archived = total.archived;
	return 0;
}
