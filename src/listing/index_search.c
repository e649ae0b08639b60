/*
 * Searches a view: one pass over the text of all campaigns, which counts the
 * matches and keeps those of the page, the first ones past the key.
 */
#include "listing/index_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "campaign/figures.h"

#define IN_FILE (UINT64_C(1) << 63) /* set in a ref: a row of the file */

/* A place in the order of a plan; ascending. */
struct rank {
	uint64_t high, low;
};

struct top_row {
	struct rank rank;
	uint64_t ref;
};

struct scan {
	const struct index_view *view;
	const struct list_plan *plan;
	struct status_range statuses;
	size_t needle_len;
	struct rank key;
	bool keyed;			   /* else everything is past the key */
	struct top_row heap[PAGE_MAX + 1]; /* the last one on top */
	size_t kept, room;
	int64_t total;
	bool passed;  /* there are rows on the other side of the key */
	int64_t *ids; /* all matches, instead of a page */
	size_t ids_room;
};

static bool
comes_before(struct rank a, struct rank b)
{
	return a.high != b.high ? a.high < b.high : a.low < b.low;
}

static bool
is_same_rank(struct rank a, struct rank b)
{
	return a.high == b.high && a.low == b.low;
}

/* The rank of a row, ascending in the direction in which the page is read. */
static struct rank
rank_of(const struct list_plan *plan, int status, uint64_t by_time,
	uint64_t by_name)
{
	struct rank r = { 0, by_time };

	if (plan->sort == SORT_NAME)
		r.high = by_name;
	else if (plan->sort == SORT_STATUS)
		r.high = (uint64_t)status;
	if (plan->sort == SORT_CREATED && plan->up)
		r.low = ~r.low;
	else if (plan->sort != SORT_CREATED && !plan->up)
		r.high = ~r.high;
	if (plan->back)
		r = (struct rank){ ~r.high, ~r.low };
	return r;
}

static void
sink(struct scan *s, size_t at)
{
	for (;;) {
		size_t child = 2 * at + 1;
		struct top_row p = s->heap[at];

		if (child + 1 < s->kept &&
		    comes_before(s->heap[child].rank, s->heap[child + 1].rank))
			child++;
		if (child >= s->kept ||
		    !comes_before(p.rank, s->heap[child].rank))
			return;
		s->heap[at] = s->heap[child];
		s->heap[child] = p;
		at = child;
	}
}

static void
rise(struct scan *s, size_t at)
{
	while (at > 0) {
		size_t parent = (at - 1) / 2;
		struct top_row p = s->heap[at];

		if (!comes_before(s->heap[parent].rank, p.rank))
			return;
		s->heap[at] = s->heap[parent];
		s->heap[parent] = p;
		at = parent;
	}
}

static void
keep(struct scan *s, struct top_row p)
{
	if (s->kept < s->room) {
		s->heap[s->kept++] = p;
		rise(s, s->kept - 1);
	} else if (comes_before(p.rank, s->heap[0].rank)) {
		s->heap[0] = p;
		sink(s, 0);
	}
}

static void
take(struct scan *s, int64_t id, struct rank rank, uint64_t ref)
{
	if (s->ids) {
		if ((size_t)s->total < s->ids_room)
			s->ids[s->total] = id;
		s->total++;
		return;
	}
	s->total++;
	if (s->keyed && !comes_before(s->key, rank))
		s->passed = true;
	else
		keep(s, (struct top_row){ rank, ref });
}

static bool
takes_status(const struct scan *s, int status)
{
	return status >= s->statuses.first && status <= s->statuses.last;
}

static void
take_filed(struct scan *s, size_t i)
{
	const struct index_view *v = s->view;
	const struct snapshot *f = v->snapshot;
	int status = f->status[i];

	if (!takes_status(s, status) ||
	    (v->hidden[i / 8] >> i % 8 & 1))
		return;
	take(s, f->id[i],
	     rank_of(s->plan, status, RANK_OF(i) << 32,
		     RANK_OF(f->rank[i]) << 32),
	     IN_FILE | i);
}

/* The row that a byte of the text belongs to, searched from row 'i' on. */
static size_t
row_at(const uint32_t *off, size_t i, size_t count, size_t byte)
{
	size_t high = i + 1, reach = 1;

	while (high < count && off[high] <= byte) {
		i = high;
		high += reach *= 2;
	}
	if (high > count)
		high = count;
	while (high - i > 1) {
		size_t mid = i + (high - i) / 2;

		if (off[mid] <= byte)
			i = mid;
		else
			high = mid;
	}
	return i;
}

static void
scan_text(struct scan *s)
{
	const struct snapshot *f = s->view->snapshot;
	const char *needle = s->plan->needle;
	size_t count = (size_t)f->head->count, i = 0;
	const char *at = f->hay, *end = at + f->head->hay_len;

	while (i < count &&
	       (at = memmem(at, (size_t)(end - at), needle, s->needle_len))) {
		i = row_at(f->off, i, count, (size_t)(at - f->hay));
		take_filed(s, i);
		at = f->hay + f->off[++i];
	}
}

static bool
is_full(const struct scan *s)
{
	return s->kept >= s->room;
}

static bool
has_passed(const struct scan *s)
{
	return s->passed;
}

/* Takes rows of the file from a place on, until there are enough. */
static void
walk(struct scan *s, size_t at, bool older, bool (*enough)(const struct scan *))
{
	size_t count = (size_t)s->view->snapshot->head->count;

	for (size_t i = at; older && i < count && !enough(s); i++)
		take_filed(s, i);
	for (size_t i = at; !older && i > 0 && !enough(s); i--)
		take_filed(s, i - 1);
}

/*
 * In the order of time, which is the file's, and without a search, nothing need
 * be counted: reads from the key in the direction of the page until the page is
 * full, and the other way until one row is found.
 */
static void
walk_file(struct scan *s)
{
	const struct list_plan *plan = s->plan;
	const struct snapshot *f = s->view->snapshot;
	bool older = plan->up == plan->back, exact;
	size_t at = older ? 0 : (size_t)f->head->count;

	if (s->keyed && plan->key.edge == KEY_ROW)
		at = snapshot_by_time(f, plan->key.at, plan->key.id, &exact);
	walk(s, at, older, is_full);
	walk(s, at, !older, has_passed);
}

static void
scan_file(struct scan *s)
{
	if (s->needle_len) {
		scan_text(s);
		return;
	}
	if (s->plan->sort == SORT_CREATED && !s->ids) {
		walk_file(s);
		return;
	}
	for (size_t i = 0; i < s->view->snapshot->head->count; i++)
		take_filed(s, i);
}

static void
scan_fresh(struct scan *s)
{
	for (size_t i = 0; i < s->view->count; i++) {
		const struct fresh_row *r = &s->view->fresh[i];

		if (!takes_status(s, r->status) ||
		    !memmem(r->hay, r->hay_len, s->plan->needle, s->needle_len))
			continue;
		take(s, r->id,
		     rank_of(s->plan, r->status, r->by_time, r->by_name), i);
	}
}

static int64_t
id_of(const struct index_view *v, uint64_t ref)
{
	return ref & IN_FILE ? v->snapshot->id[ref & ~IN_FILE]
			     : v->fresh[ref].id;
}

static struct campaign_key
end_of(const struct scan *s, uint64_t ref, struct arena *a)
{
	const struct index_view *v = s->view;
	struct campaign_key k = { .sort = s->plan->sort };
	uint8_t *name;

	if (!(ref & IN_FILE)) {
		const struct fresh_row *r = &v->fresh[ref];

		k.at = r->at;
		k.id = r->id;
		k.value = r->status;
		k.name_len = r->name_len;
		k.name = (const uint8_t *)arena_memdup(a, r->name, r->name_len);
		return k;
	}
	ref &= ~IN_FILE;
	k.at = v->snapshot->at[ref];
	k.id = v->snapshot->id[ref];
	k.value = v->snapshot->status[ref];
	if (k.sort == SORT_NAME) {
		k.name = name = arena_alloc(a, NAME_KEY_MAX);
		k.name_len = snapshot_name(v->snapshot, v->snapshot->rank[ref],
					   name);
	}
	return k;
}

static int
in_order(const void *x, const void *y)
{
	const struct top_row *a = x, *b = y;

	if (is_same_rank(a->rank, b->rank))
		return 0;
	return comes_before(a->rank, b->rank) ? -1 : 1;
}

static void
set_key(struct scan *s)
{
	const struct campaign_key *k = &s->plan->key;

	s->keyed = true;
	if (k->edge == KEY_ROW)
		s->key = rank_of(
			s->plan, (int)k->value,
			index_view_time(s->view, k->at, k->id),
			k->sort == SORT_NAME
				? index_view_name(s->view, k->name, k->name_len)
				: 0);
	else if (k->edge == (s->plan->back ? KEY_FIRST : KEY_LAST))
		s->key = (struct rank){ UINT64_MAX, UINT64_MAX };
	else
		s->keyed = false;
}

void
index_view_find(const struct index_view *v, const struct list_plan *plan,
		struct hits *out, struct arena *a)
{
	struct scan *s = ARENA_NEW(a, struct scan);
	bool more;

	s->view = v;
	s->plan = plan;
	s->statuses = plan_statuses(plan);
	s->needle_len = strlen(plan->needle);
	s->room = plan->limit + 1;
	set_key(s);
	scan_file(s);
	scan_fresh(s);
	qsort(s->heap, s->kept, sizeof(s->heap[0]), in_order);
	if (!s->needle_len)
		s->total =
			plan->status < 0 ? index_view_listed(v)
					 : v->by_status[plan->status];
	more = s->kept > plan->limit;
	*out = (struct hits){ .total = s->total,
			      .count = more ? plan->limit : s->kept,
			      .before = plan->back ? more : s->passed,
			      .after = plan->back ? s->passed : more };
	for (size_t i = 0; i < out->count; i++) {
		size_t from = plan->back ? out->count - 1 - i : i;

		out->ids[i] = id_of(v, s->heap[from].ref);
		if (i == 0)
			out->ends[0] = end_of(s, s->heap[from].ref, a);
		if (i + 1 == out->count)
			out->ends[1] = end_of(s, s->heap[from].ref, a);
	}
}

int64_t
index_view_matches(const struct index_view *v, const struct list_plan *plan,
		   int64_t *ids, size_t most)
{
	struct scan s = { .view = v,
			  .plan = plan,
			  .statuses = plan_statuses(plan),
			  .needle_len = strlen(plan->needle),
			  .ids = ids,
			  .ids_room = most };

	scan_file(&s);
	scan_fresh(&s);
	return s.total;
}
