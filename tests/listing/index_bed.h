/*
 * index_bed.h - asks SQL and the index for the same page, and changes
 * the list as its users would.
 */
#ifndef TESTS_LISTING_INDEX_BED_H
#define TESTS_LISTING_INDEX_BED_H

#include "tests/listing/list_bed.h"

#define CAMPAIGNS 90

static unsigned long dice_state = 7;

static inline int
dice(int sides)
{
	dice_state = dice_state * 6364136223846793005UL + 1442695040888963407UL;
	return (int)(dice_state >> 33) % sides;
}

static inline bool
same_text(const char *x, const char *y)
{
	return x && y ? strcmp(x, y) == 0 : x == y;
}

static inline bool
is_same_page(const struct campaign_page *x, const struct campaign_page *y)
{
	bool same = x->count == y->count && x->total == y->total &&
		    x->all == y->all && x->sort == y->sort && x->up == y->up &&
		    x->by_figures == y->by_figures &&
		    same_text(x->next, y->next) && same_text(x->prev, y->prev);

	for (size_t i = 0; same && i < x->count; i++)
		same = x->rows[i].id == y->rows[i].id &&
		       x->rows[i].status == y->rows[i].status &&
		       strcmp(x->rows[i].set.name, y->rows[i].set.name) == 0;
	return same;
}

/* Both ways refuse a query, or both give the same page. */
static inline bool
agree(struct campaign_query q, struct campaign_page *out)
{
	struct campaign_page by_sql, found;
	struct fault g;
	int rc;

	q.index = NULL;
	rc = campaign_list(w.db, &q, &by_sql, w.a, &f);
	q.index = bed_index;
	if (campaign_list(w.db, &q, &found, w.a, &g) != rc)
		return false;
	if (rc)
		return f.code == FAULT_INVALID && g.code == FAULT_INVALID;
	if (out)
		*out = found;
	return is_same_page(&by_sql, &found);
}

static const char *const searches[] = { "", "", "spring", "e", "7", "STRASSE" };

static inline struct campaign_query
any_query(void)
{
	return (struct campaign_query){
		.workspace_id = w.who.workspace_id,
		.search = searches[dice(ARRAY_LEN(searches))],
		.status = dice(2) ? -1 : dice(CAMPAIGN_STATUS_MAX),
		.sort = (enum campaign_sort)dice(SORT_MAX),
		.up = dice(2),
		.limit = 1 + dice(20)
	};
}

static inline bool
agree_on_all(void)
{
	struct campaign_query q = { .workspace_id = w.who.workspace_id,
				    .search = "",
				    .status = -1,
				    .limit = 100 };
	bool good = true;

	for (int sort = 0; sort < SORT_MAX; sort++) {
		q.sort = (enum campaign_sort)sort;
		good &= agree(q, NULL);
	}
	return good;
}

static inline void
rename_to(int64_t id, const char *name)
{
	world_sql(&w,
		  "UPDATE campaign SET name = '%s', hay = '%s' WHERE id = %lld",
		  bed_quote(name), bed_quote(campaign_hay(name, id, w.a)),
		  (long long)id);
}

static inline void
erase(int64_t id)
{
	world_sql(&w,
		  "INSERT INTO audit (workspace_id, campaign_id, at, actor,"
		  " action) SELECT workspace_id, id, NOW(6), 'Ann', 'delete'"
		  " FROM campaign WHERE id = %lld",
		  (long long)id);
	world_sql(&w, "DELETE FROM campaign WHERE id = %lld", (long long)id);
}

/* What others do to the list between two pages. */
static inline void
change_something(int step)
{
	int64_t id = bed_id(1 + dice(CAMPAIGNS + step));

	switch (dice(5)) {
	case 0:
		bed_campaign(CAMPAIGNS + 1 + step, bed_names[dice(20)],
			     dice(6));
		break;
	case 1:
		rename_to(id, arena_printf(w.a, "%s %d", bed_names[dice(20)],
					   dice(9)));
		break;
	case 2:
		world_sql(&w, "UPDATE campaign SET status = %d WHERE id = %lld",
			  dice(6), (long long)id);
		break;
	case 3:
		erase(id);
		break;
	default:
		world_sql(&w,
			  "UPDATE campaign SET ver = ver + 1"
			  " WHERE id = %lld",
			  (long long)id);
	}
}

#endif
