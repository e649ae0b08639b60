#include "ledger/seat.h"

#include <string.h>

#include "app/stmt.h"
#include "base/fault.h"
#include "store/tx.h"

#define LISTED 50

struct seating {
	const struct ledger_node *me;
	const struct call_id *ids;
	size_t n;
	bool *seated;
};

/* Adds to *taken. */
static int
take_some(struct db *db, const struct seating *s, size_t from, size_t n,
	  size_t *taken, struct fault *f)
{
	struct arg args[LISTED + 1];
	int64_t changed;

	*args_ids(args, s->ids + from, n, LISTED) = ARG_INT(s->me->boot);
	if (db_exec(db, &changed, STMT_SEAT_TAKE_50, args, LISTED + 1, f))
		return -1;
	*taken += (size_t)changed;
	return 0;
}

/* Also finds calls that got their seat in a transaction whose answer was
 * lost. */
static int
find_some(struct db *db, const struct seating *s, size_t from, size_t n,
	  struct fault *f)
{
	struct arg args[LISTED + 1];
	struct rows r;

	*args_ids(args, s->ids + from, n, LISTED) = ARG_INT(s->me->boot);
	if (db_query(db, &r, STMT_SEAT_TAKEN_50, args, LISTED + 1, f))
		return -1;
	return ledger_found(&r, s->ids + from, n, s->seated + from, f);
}

/* The planner counts those that wait (ledger/pacing.h). */
static int
note_waiting(struct db *db, const struct seating *s, size_t from, size_t n,
	     struct fault *f)
{
	struct arg args[LISTED + 1];

	*args_ids(args, s->ids + from, n, LISTED) = ARG_INT(s->me->boot);
	return db_exec(db, NULL, STMT_SEAT_WAIT_50, args, LISTED + 1, f);
}

static size_t
some(size_t left)
{
	return left < LISTED ? left : LISTED;
}

static int
seat_tx(struct db *db, void *arg, struct fault *f)
{
	const struct seating *s = arg;
	struct call_id first, last;
	int64_t free, run = call_id_run(s->ids[0].b);
	size_t take, taken = 0;

	run_range(run, &first, &last);
	if (db_exec(db, NULL, STMT_SEAT_LOCK, ARGS(ARG_INT(run)), f) ||
	    db_int(db, &free, STMT_SEATS_FREE,
		   ARGS(ARG_INT(run), ARG_INT(s->n), ARG_BIN(first.b, UUID_LEN),
			ARG_BIN(last.b, UUID_LEN), ARG_INT(run)),
		   f))
		return -1;
	take = free < (int64_t)s->n ? (size_t)(free > 0 ? free : 0) : s->n;
	for (size_t i = 0; i < take; i += LISTED)
		if (take_some(db, s, i, some(take - i), &taken, f))
			return -1;
	memset(s->seated, taken == s->n, s->n * sizeof(*s->seated));
	if (taken == s->n)
		return 0;
	for (size_t i = 0; i < s->n; i += LISTED)
		if (find_some(db, s, i, some(s->n - i), f) ||
		    note_waiting(db, s, i, some(s->n - i), f))
			return -1;
	return 0;
}

int
ledger_seat(struct db *db, const struct ledger_node *me,
	    const struct call_id *ids, size_t n, bool *seated, struct fault *f)
{
	struct seating s = { .me = me, .ids = ids, .n = n, .seated = seated };

	return tx_run(db, seat_tx, &s, NULL, f);
}
