#include "ledger/number_pool.h"

#include <stdlib.h>

#include "base/arena.h"

#define NOBODY SIZE_MAX

static int
by_use(const void *a, const void *b)
{
	const struct pool_number *x = *(const struct pool_number *const *)a;
	const struct pool_number *y = *(const struct pool_number *const *)b;

	if (x->last_used != y->last_used)
		return x->last_used < y->last_used ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

void
number_pool_order(struct number_pool *p, struct arena *a)
{
	struct pool_number **order =
		ARENA_ARRAY(a, p->count + 1, struct pool_number *);

	for (size_t i = 0; i < p->count; i++)
		order[i] = &p->numbers[i];
	qsort(order, p->count, sizeof(*order), by_use);
	p->first = p->last = NOBODY;
	for (size_t i = p->count; i-- > 0;) {
		order[i]->next = p->first;
		p->first = (size_t)(order[i] - p->numbers);
		if (p->last == NOBODY)
			p->last = p->first;
	}
}

static bool
may_call(const struct number_pool *p, const struct pool_number *n)
{
	return n->used < n->cap && p->carriers[n->carrier].room > 0;
}

/* Moves the number after 'before' (NOBODY: the first one) to the end, and
 * counts it as picked. */
static struct pool_number *
take(struct number_pool *p, size_t before)
{
	size_t i = before == NOBODY ? p->first : p->numbers[before].next;
	struct pool_number *n = &p->numbers[i];

	if (i != p->last) {
		if (before == NOBODY)
			p->first = n->next;
		else
			p->numbers[before].next = n->next;
		p->numbers[p->last].next = i;
		n->next = NOBODY;
		p->last = i;
	}
	n->used++;
	n->picked++;
	p->carriers[n->carrier].room--;
	return n;
}

struct pool_number *
number_pool_pick(struct number_pool *p, int64_t avoid)
{
	size_t before = NOBODY, fallback = NOBODY;
	bool found = false;

	for (size_t i = p->first; i != NOBODY; i = p->numbers[i].next) {
		if (may_call(p, &p->numbers[i])) {
			if (p->numbers[i].id != avoid)
				return take(p, before);
			fallback = before;
			found = true;
		}
		before = i;
	}
	return found ? take(p, fallback) : NULL;
}

void
number_pool_return(struct number_pool *p, struct pool_number *n)
{
	n->used--;
	n->picked--;
	p->carriers[n->carrier].room++;
}

void
number_pool_settle(struct number_pool *p)
{
	for (size_t i = 0; i < p->count; i++)
		p->numbers[i].picked = 0;
}

void
number_pool_undo(struct number_pool *p)
{
	for (size_t i = 0; i < p->count; i++) {
		struct pool_number *n = &p->numbers[i];

		n->used -= n->picked;
		p->carriers[n->carrier].room += n->picked;
		n->picked = 0;
	}
}

int64_t
number_pool_room(const struct number_pool *p)
{
	int64_t room = 0, left = 0;

	for (size_t i = 0; i < p->carrier_count; i++)
		if (p->carriers[i].room > 0)
			room += p->carriers[i].room;
	for (size_t i = 0; i < p->count && left < room; i++)
		if (may_call(p, &p->numbers[i]))
			left += p->numbers[i].cap - p->numbers[i].used;
	return left < room ? left : room;
}

bool
number_pool_is_spent(const struct number_pool *p)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->numbers[i].used < p->numbers[i].cap)
			return false;
	return true;
}
