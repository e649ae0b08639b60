/* The figures of campaigns: of a page's rows, and to sort many by. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "domain/campaign_list.h"
#include "domain/campaign_repo.h"
#include "domain/ledger.h"
#include "domain/stmt.h"
#include "store/db.h"

static struct campaign *
find_row(struct campaign *rows, size_t count, int64_t key, bool by_run)
{
	for (size_t i = 0; i < count; i++) {
		if (by_run ? rows[i].current_run == key
			   : rows[i].id == key && !rows[i].current_run)
			return &rows[i];
	}
	return NULL;
}

/*
 * Keys of the rows that have a run, or of those that have none, in 'places'
 * places: the last key again and again; 0, which is nobody's, when there is
 * none of the kind.
 */
static void
collect_keys(const struct campaign *rows, size_t count, bool by_run,
	     struct arg *keys, size_t places)
{
	size_t n = 0;

	keys[0] = ARG_INT(0);
	for (size_t i = 0; i < count; i++) {
		if (by_run == (rows[i].current_run != 0))
			keys[n++] = ARG_INT(by_run ? rows[i].current_run
						   : rows[i].id);
	}
	for (size_t i = n ? n : 1; i < places; i++)
		keys[i] = keys[i - 1];
}

static void
add_shard(struct campaign_figures *fig, const struct rows *r)
{
	fig->processed += rows_int(r, 3);
	fig->connected += rows_int(r, 4);
	fig->ended += rows_int(r, 5);
	fig->answered += rows_int(r, 6);
	fig->done += rows_int(r, 7);
	fig->active += rows_int(r, 8);
}

/* Kinds of lines of CAMPAIGN_FIGURES. */
enum { SHARD, RUN_PART, DRAFT_PART, HELD, HOLIDAY, ALL };

/* To its place. */
static void
add_holiday(struct holidays *h, int64_t day, struct arena *a)
{
	int64_t *days =
		arena_grow(a, (int64_t *)h->days, h->count, sizeof(*days));
	size_t i = h->count++;

	for (; i && days[i - 1] > day; i--)
		days[i] = days[i - 1];
	days[i] = day;
	h->days = days;
}

/* One line of CAMPAIGN_FIGURES. */
static void
add_line(struct campaign *rows, size_t count, const struct rows *r,
	 struct campaign_page *out)
{
	int64_t kind = rows_int(r, 0);
	struct campaign *c;

	if (out && kind == ALL)
		out->all = rows_int(r, 2);
	for (size_t i = 0; kind == HELD && i < count; i++) {
		rows[i].held = rows_int(r, 2);
		rows[i].unmanned = rows_int(r, 3);
	}
	if (kind > DRAFT_PART)
		return;
	c = find_row(rows, count, rows_int(r, 1), kind != DRAFT_PART);
	if (c && kind == SHARD)
		add_shard(&c->fig, r);
	else if (c)
		c->fig.total += rows_int(r, 2);
}

int
figures_add(struct db *db, struct campaign *rows, size_t count,
	    int64_t workspace_id, struct campaign_page *out, struct arena *a,
	    struct fault *f)
{
	size_t places = count <= 1 && !workspace_id ? 1
			: count <= PAGE_USUAL	    ? PAGE_USUAL
						    : PAGE_MAX;
	int stmt = places == 1		  ? STMT_CAMPAIGN_FIGURES
		   : places == PAGE_USUAL ? STMT_CAMPAIGN_FIGURES_25
					  : STMT_CAMPAIGN_FIGURES_100;
	struct arg args[3 * PAGE_MAX + 3];
	struct holidays holidays = NO_HOLIDAYS;
	struct rows r;
	int got;

	if (count == 0 && !workspace_id)
		return 0;
	collect_keys(rows, count, true, args, places);
	memcpy(args + places, args, places * sizeof(args[0]));
	collect_keys(rows, count, false, args + 2 * places, places);
	args[3 * places] = ARG_INT(count ? rows[0].workspace_id : 0);
	args[3 * places + 1] = args[3 * places];
	args[3 * places + 2] = ARG_INT(workspace_id);
	if (db_query(db, &r, stmt, args, 3 * places + (places > 1 ? 3 : 2), f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		if (rows_int(&r, 0) == HOLIDAY)
			add_holiday(&holidays, rows_int(&r, 2), a);
		else
			add_line(rows, count, &r, out);
	}
	for (size_t i = 0; i < count; i++)
		rows[i].holidays = holidays;
	return got;
}

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
set_values(struct db *db, enum campaign_sort sort, struct match *list,
	   size_t count, struct fault *f)
{
	struct campaign some[PAGE_MAX];

	for (size_t at = 0; at < count; at += PAGE_MAX) {
		size_t n = count - at < PAGE_MAX ? count - at : PAGE_MAX;

		memset(some, 0, sizeof(some));
		for (size_t i = 0; i < n; i++) {
			some[i].id = list[at + i].id;
			some[i].current_run = list[at + i].run;
		}
		if (figures_add(db, some, n, 0, NULL, NULL, f))
			return -1;
		for (size_t i = 0; i < n; i++)
			list[at + i].value = value_of(&some[i], sort);
	}
	return 0;
}

/* No rate stands last whatever the direction. */
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
sort_matches(struct db *db, const struct list_plan *plan, struct match *list,
	     size_t count, struct fault *f)
{
	if (set_values(db, plan->sort, list, count, f))
		return -1;
	qsort(list, count, sizeof(*list), plan->up ? compare_up : compare_down);
	return 0;
}

/* How many stand before the key, and how many when it counts as one. */
static void
place_of(const struct list_plan *plan, const struct match *list, size_t count,
	 size_t *below, size_t *through)
{
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
 * The page of a sorted list: the place of its first row and how many there
 * are; there are more of them on that side.
 */
struct cut {
	size_t from, count;
	bool before, after;
};

static struct cut
cut_page(const struct list_plan *plan, const struct match *list, size_t count)
{
	size_t below, through, from, to;

	place_of(plan, list, count, &below, &through);
	from = through;
	to = count - from > plan->limit ? from + plan->limit : count;
	if (plan->back) {
		to = below;
		from = to > plan->limit ? to - plan->limit : 0;
	}
	return (struct cut){ from, to - from, from > 0, to < count };
}

/* The row of this id to its place. */
static void
put_in_order(struct campaign *rows, size_t count, const int64_t *ids,
	     size_t places, size_t *found)
{
	size_t n = 0;

	for (size_t i = 0; i < places; i++) {
		for (size_t k = n; k < count; k++) {
			struct campaign c = rows[k];

			if (c.id != ids[i])
				continue;
			rows[k] = rows[n];
			rows[n++] = c;
			break;
		}
	}
	*found = n;
}

int
rows_by_id(struct db *db, int64_t workspace_id, const int64_t *ids,
	   size_t count, struct campaign *out, size_t *found, struct arena *a,
	   struct fault *f)
{
	size_t places = count <= PAGE_USUAL ? PAGE_USUAL : PAGE_MAX, n = 0;
	struct arg args[PAGE_MAX + 1] = { ARG_INT(workspace_id) };
	struct rows r;
	int got = 0;

	for (size_t i = 0; i < places; i++)
		args[i + 1] = ARG_INT(i < count ? ids[i] : 0);
	*found = 0;
	if (count == 0)
		return 0;
	if (db_query(db, &r,
		     places == PAGE_USUAL ? STMT_CAMPAIGN_ROWS_25
					  : STMT_CAMPAIGN_ROWS_100,
		     args, places + 1, f))
		return -1;
	while (n < count && (got = campaign_fetch(&r, &out[n], a, f)) > 0)
		n++;
	rows_close(&r);
	if (got < 0)
		return -1;
	put_in_order(out, n, ids, count, found);
	return 0;
}

int
find_by_figures(struct db *db, const struct list_plan *plan, struct match *list,
		size_t count, int64_t workspace_id, struct found *out,
		struct campaign_page *p, struct arena *a, struct fault *f)
{
	int64_t ids[PAGE_MAX];
	struct cut cut;

	if (sort_matches(db, plan, list, count, f))
		return -1;
	cut = cut_page(plan, list, count);
	*out = (struct found){ .rows = ARENA_ARRAY(a, cut.count + 1,
						   struct campaign),
			       .before = cut.before,
			       .after = cut.after };
	for (size_t i = 0; i < cut.count; i++)
		ids[i] = list[cut.from + i].id;
	for (int i = 0; cut.count > 0 && i < 2; i++) {
		const struct match *m =
			&list[cut.from + (i ? cut.count - 1 : 0)];

		out->ends[i] = (struct campaign_key){ .sort = plan->sort,
						      .at = m->at,
						      .id = m->id,
						      .value = m->value };
	}
	p->total = (int64_t)count;
	if (rows_by_id(db, plan->workspace_id, ids, cut.count, out->rows,
		       &out->count, a, f))
		return -1;
	return figures_add(db, out->rows, out->count, workspace_id,
			   workspace_id ? p : NULL, a, f);
}

int
campaign_waiting(struct db *db, const struct campaign *c, int64_t *out,
		 struct fault *f)
{
	int64_t settled;

	if (db_int(db, &settled, STMT_CAMPAIGN_SETTLED,
		   ARGS(ARG_INT(c->current_run)), f))
		return -1;
	*out = c->fig.total > settled ? c->fig.total - settled : 0;
	return 0;
}
