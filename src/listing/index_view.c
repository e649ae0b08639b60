#include "listing/index_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static void
hide(struct index_view *v, uint32_t place)
{
	if (place == NOT_IN_FILE || (v->hidden[place / 8] >> place % 8 & 1))
		return;
	v->hidden[place / 8] |= (uint8_t)(1 << place % 8);
	v->by_status[v->snapshot->status[place]]--;
	v->all--;
}

struct index_view *
index_view_new(struct snapshot *snapshot)
{
	struct arena *a = arena_new();
	struct index_view *v = ARENA_NEW(a, struct index_view);
	size_t n = (size_t)snapshot->head->count;

	v->refs = 1;
	v->arena = a;
	v->snapshot = snapshot;
	v->hidden = arena_alloc(a, n / 8 + 1);
	v->all = (int64_t)n;
	memcpy(v->by_status, snapshot->by_status, sizeof(v->by_status));
	return v;
}

struct index_view *
index_view_hold(struct index_view *v)
{
	atomic_fetch_add(&v->refs, 1);
	return v;
}

void
index_view_drop(struct index_view *v)
{
	struct snapshot *snapshot;

	if (!v || atomic_fetch_sub(&v->refs, 1) > 1)
		return;
	snapshot = v->snapshot;
	arena_free(v->arena);
	snapshot_drop(snapshot);
}

int64_t
index_view_listed(const struct index_view *v)
{
	return v->all - v->by_status[CAMPAIGN_ARCHIVED];
}

static int
compare_ids(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return a < b ? -1 : a > b;
}

static int
compare_row_ids(const void *x, const void *y)
{
	return compare_ids(&((const struct fresh_row *)x)->id,
			   &((const struct fresh_row *)y)->id);
}

static int
newest_first(const void *x, const void *y)
{
	const struct fresh_row *a = x, *b = y;

	if (a->at != b->at)
		return a->at > b->at ? -1 : 1;
	return -compare_ids(&a->id, &b->id);
}

static int
compare_keys(const uint8_t *x, size_t x_len, const uint8_t *y, size_t y_len)
{
	int c = memcmp(x, y, x_len < y_len ? x_len : y_len);

	if (c)
		return c;
	return x_len == y_len ? 0 : x_len < y_len ? -1 : 1;
}

static int
by_name(const void *x, const void *y)
{
	const struct fresh_row *a = *(struct fresh_row *const *)x;
	const struct fresh_row *b = *(struct fresh_row *const *)y;

	return compare_keys(a->name, a->name_len, b->name, b->name_len);
}

static bool
is_gone(const struct index_view *v, int64_t id)
{
	return v->gone_count > 0 && bsearch(&id, v->gone, v->gone_count,
					    sizeof(*v->gone), compare_ids);
}

static const struct fresh_row *
row_of(const struct delta *n, int64_t id)
{
	struct fresh_row key = { .id = id };

	if (n->count == 0)
		return NULL;
	return bsearch(&key, n->rows, n->count, sizeof(key), compare_row_ids);
}

/* True when the file has the same row. */
static bool
is_filed(const struct snapshot *s, const struct fresh_row *r)
{
	uint8_t name[NAME_KEY_MAX];
	uint32_t i = r->place, from;
	size_t len;

	if (i == NOT_IN_FILE || s->at[i] != r->at || s->status[i] != r->status)
		return false;
	from = s->off[i];
	if (s->off[i + 1] - from != r->hay_len + 1 ||
	    memcmp(s->hay + from, r->hay, r->hay_len) != 0)
		return false;
	len = snapshot_name(s, s->rank[i], name);
	return compare_keys(name, len, r->name, r->name_len) == 0;
}

static bool
is_same(const struct fresh_row *x, const struct fresh_row *y)
{
	return x->at == y->at && x->status == y->status &&
	       x->hay_len == y->hay_len &&
	       memcmp(x->hay, y->hay, x->hay_len) == 0 &&
	       compare_keys(x->name, x->name_len, y->name, y->name_len) == 0;
}

/* An id whose place in the file is to be found. */
struct wanted_row {
	int64_t id;
	uint32_t *place;
};

#define SIEVE_BITS 16
#define SIEVE(id) \
	((uint64_t)(id)*UINT64_C(0x9e3779b97f4a7c15) >> (64 - SIEVE_BITS))

/* The file is not in the order of ids: one pass finds all that are wanted. */
static void
find_places(const struct snapshot *s, struct wanted_row *list, size_t count)
{
	uint8_t sieve[(1 << SIEVE_BITS) / 8] = { 0 };

	if (count == 0)
		return;
	qsort(list, count, sizeof(*list), compare_ids);
	for (size_t i = 0; i < count; i++) {
		*list[i].place = NOT_IN_FILE;
		sieve[SIEVE(list[i].id) / 8] |=
			(uint8_t)(1 << SIEVE(list[i].id) % 8);
	}
	for (size_t i = 0; i < s->head->count; i++) {
		uint64_t bit = SIEVE(s->id[i]);
		const struct wanted_row *w;

		if (!(sieve[bit / 8] >> bit % 8 & 1))
			continue;
		w = bsearch(&s->id[i], list, count, sizeof(*list), compare_ids);
		if (w)
			*w->place = (uint32_t)i;
	}
}

/*
 * Finds the places of the delta's rows in the file: from the row that the view
 * already has, else by their own time, else by one pass over the file.  True
 * when they have something that the view lacks.
 */
static bool
place_rows(const struct index_view *v, struct delta *n, struct arena *a)
{
	struct wanted_row *lost =
		ARENA_ARRAY(a, n->count + 1, struct wanted_row);
	size_t count = 0;
	bool fresh = false;

	for (size_t i = 0; i < n->count; i++) {
		struct fresh_row *r = &n->rows[i];
		const struct fresh_row *old =
			v->count ? bsearch(r, v->fresh, v->count, sizeof(*r),
					   newest_first)
				 : NULL;
		bool exact;
		size_t at;

		if (old) {
			r->place = old->place;
			fresh |= !is_same(r, old);
			continue;
		}
		if (is_gone(v, r->id))
			continue;
		at = snapshot_by_time(v->snapshot, r->at, r->id, &exact);
		r->place = (uint32_t)at;
		if (!exact)
			lost[count++] = (struct wanted_row){ r->id, &r->place };
		fresh |= !exact || !is_filed(v->snapshot, r);
	}
	find_places(v->snapshot, lost, count);
	return fresh;
}

/* Copies the rows of the view and of the delta that are still valid. */
static void
gather_rows(struct index_view *to, const struct index_view *v,
	    const struct delta *n)
{
	to->fresh = ARENA_ARRAY(to->arena, v->count + n->count + 1,
				struct fresh_row);
	for (size_t i = 0; i < v->count + n->count; i++) {
		const struct fresh_row *r =
			i < v->count ? &v->fresh[i] : &n->rows[i - v->count];
		struct fresh_row *c = &to->fresh[to->count];

		if ((i < v->count && row_of(n, r->id)) || is_gone(to, r->id) ||
		    is_filed(to->snapshot, r))
			continue;
		*c = *r;
		c->hay = arena_memdup(to->arena, r->hay, r->hay_len);
		c->name = (const uint8_t *)arena_memdup(to->arena, r->name,
							r->name_len);
		to->count++;
	}
	qsort(to->fresh, to->count, sizeof(*to->fresh), newest_first);
}

/* Collects all deleted ids, each once, with their places. */
static void
gather_gone(struct index_view *to, const struct index_view *v,
	    const struct delta *n)
{
	size_t room = v->gone_count + n->gone_count + 1, count = 0;
	struct wanted_row *list =
		ARENA_ARRAY(to->arena, room, struct wanted_row);

	to->gone = ARENA_ARRAY(to->arena, room, struct gone);
	for (size_t i = 0; i < n->gone_count; i++) {
		struct gone *g = &to->gone[count];

		if (is_gone(v, n->gone[i]) ||
		    (i > 0 && n->gone[i] == n->gone[i - 1]))
			continue;
		g->id = n->gone[i];
		list[count++] = (struct wanted_row){ g->id, &g->place };
	}
	find_places(to->snapshot, list, count);
	if (v->gone_count)
		memcpy(to->gone + count, v->gone,
		       v->gone_count * sizeof(*v->gone));
	to->gone_count = count + v->gone_count;
	qsort(to->gone, to->gone_count, sizeof(*to->gone), compare_ids);
}

/* Hides the rows of the file that are not valid any more. */
static void
hide_old(struct index_view *v)
{
	for (size_t i = 0; i < v->gone_count; i++)
		hide(v, v->gone[i].place);
	for (size_t i = 0; i < v->count; i++) {
		hide(v, v->fresh[i].place);
		v->by_status[v->fresh[i].status]++;
		v->all++;
	}
}

static void
order_by_time(struct index_view *v)
{
	for (size_t i = 0; i < v->count; i++) {
		struct fresh_row *r = &v->fresh[i];
		bool exact;
		size_t at = snapshot_by_time(v->snapshot, r->at, r->id, &exact);

		r->by_time = exact ? RANK_OF(at) << 32
				   : RANK_BEFORE(at) << 32 | RANK_OF(i);
	}
}

static void
order_by_name(struct index_view *v)
{
	struct fresh_row **all =
		ARENA_ARRAY(v->arena, v->count + 1, struct fresh_row *);
	size_t names = 0;

	for (size_t i = 0; i < v->count; i++)
		all[i] = &v->fresh[i];
	qsort(all, v->count, sizeof(*all), by_name);
	for (size_t i = 0; i < v->count; i++) {
		struct fresh_row *r = all[i];
		bool exact;
		size_t at;

		if (names > 0 && by_name(&r, &all[names - 1]) == 0) {
			r->by_name = all[names - 1]->by_name;
			continue;
		}
		at = snapshot_by_name(v->snapshot, r->name, r->name_len,
				      &exact);
		r->by_name = exact ? RANK_OF(at) << 32
				   : RANK_BEFORE(at) << 32 | RANK_OF(names);
		all[names++] = r;
	}
	v->named = all;
	v->names = names;
}

struct index_view *
index_view_apply(struct index_view *v, struct delta *n)
{
	struct index_view *to;
	struct arena *a = arena_new();
	bool fresh;

	if (n->gone_count)
		qsort(n->gone, n->gone_count, sizeof(*n->gone), compare_ids);
	if (n->count)
		qsort(n->rows, n->count, sizeof(*n->rows), compare_row_ids);
	fresh = place_rows(v, n, a);
	arena_free(a);
	for (size_t i = 0; i < n->gone_count; i++)
		fresh |= !is_gone(v, n->gone[i]);
	if (!fresh)
		return index_view_hold(v);
	to = index_view_new(snapshot_hold(v->snapshot));
	gather_gone(to, v, n);
	gather_rows(to, v, n);
	hide_old(to);
	order_by_time(to);
	order_by_name(to);
	return to;
}

uint64_t
index_view_time(const struct index_view *v, int64_t at, int64_t id)
{
	struct fresh_row key = { .id = id, .at = at };
	bool exact;
	size_t place = snapshot_by_time(v->snapshot, at, id, &exact);
	size_t low = 0, high = v->count;

	if (exact)
		return RANK_OF(place) << 32;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = newest_first(&v->fresh[mid], &key);

		if (c == 0)
			return v->fresh[mid].by_time;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return RANK_BEFORE(place) << 32 | RANK_BEFORE(low);
}

uint64_t
index_view_name(const struct index_view *v, const uint8_t *name, size_t len)
{
	bool exact;
	size_t place = snapshot_by_name(v->snapshot, name, len, &exact);
	size_t low = 0, high = v->names;

	if (exact)
		return RANK_OF(place) << 32;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct fresh_row *r = v->named[mid];
		int c = compare_keys(r->name, r->name_len, name, len);

		if (c == 0)
			return r->by_name;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return RANK_BEFORE(place) << 32 | RANK_BEFORE(low);
}
