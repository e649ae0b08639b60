/*
 * number_pool.h - which number calls next (doc/product.md 6.5).  Pure.
 *
 * The least recently used number that has head-room today and whose carrier
 * has room; a retry prefers another number than the last one.
 */
#ifndef LEDGER_NUMBER_POOL_H
#define LEDGER_NUMBER_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct pool_number {
	int64_t id;
	const char *phone;
	int64_t cap, used; /* of the day */
	int64_t last_used; /* only the order counts */
	size_t carrier;	   /* index in number_pool.carriers */
	int64_t picked;	   /* by number_pool_pick() */
	size_t next;	   /* in the order of use */
};

struct pool_carrier {
	int64_t id;
	int64_t room; /* calls it may still be given */
};

struct number_pool {
	struct pool_number *numbers; /* sorted by id */
	size_t count;
	struct pool_carrier *carriers;
	size_t carrier_count;
	size_t first, last; /* least and most recently used */
	/* Whose day it is about: since 1970 in the workspace's zone; and the
	 * instant at which it is over. */
	int64_t day, day_ends;
};

/* Brings the numbers into the order of their use; call it once filled in. */
void number_pool_order(struct number_pool *p, struct arena *a);

/* NULL: no number may call now. */
struct pool_number *number_pool_pick(struct number_pool *p, int64_t avoid);

/* Undoes a pick that led to no call. */
void number_pool_return(struct number_pool *p, struct pool_number *n);

/* Picks count from here on; or all of them since then are undone. */
void number_pool_settle(struct number_pool *p);
void number_pool_undo(struct number_pool *p);

/* True when every number has reached its cap. */
bool number_pool_is_spent(const struct number_pool *p);

/* Calls that could be picked now, at most. */
int64_t number_pool_room(const struct number_pool *p);

#endif
