/*
 * number_pool.h - which number is used for the next call (doc/product.md 6.5).
 * Pure.
 *
 * Picks the least recently used number that is below its cap of the day and
 * whose carrier has room.  A retry prefers a number other than the last one.
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
	/* The day of 'used', in days since 1970 in the workspace's zone, and
	 * the instant at which it is over. */
	int64_t day, day_ends;
};

/* Puts the numbers into the order of their last use; call it once the pool is
 * filled in. */
void number_pool_order(struct number_pool *p, struct arena *a);

/* NULL: no number may call now. */
struct pool_number *number_pool_pick(struct number_pool *p, int64_t avoid);

/* Undoes a pick that led to no call. */
void number_pool_return(struct number_pool *p, struct pool_number *n);

/* Settle makes all picks so far final; undo takes back those made since. */
void number_pool_settle(struct number_pool *p);
void number_pool_undo(struct number_pool *p);

/* True when every number has reached its cap. */
bool number_pool_is_spent(const struct number_pool *p);

/* The most calls that could be picked now. */
int64_t number_pool_room(const struct number_pool *p);

#endif
