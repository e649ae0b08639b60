/* Orphan calls: queued for too long, or of dead nodes. */
#include <assert.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "ledger/node.h"
#include "store/tx.h"

#define LISTED 50

int
calls_orphaned(struct db *db, const struct ledger_node *me, struct arena *a,
	       struct orphan_call **out, size_t *count, struct fault *f)
{
	struct orphan_call *all = NULL;
	size_t n = 0;
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_CALLS_ORPHANED, ARGS(ARG_INT(me->boot)), f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		all = arena_grow(a, all, n, sizeof(*all));
		rows_copy(&r, 0, all[n].id.b, UUID_LEN);
		all[n].state = (enum live_state)rows_int(&r, 1);
		all[n].boot = rows_int(&r, 2);
		all[n].carrier_id = rows_int(&r, 3);
		all[n].adopted = rows_int(&r, 4);
		all[n].age_us = rows_int(&r, 5);
		all[n].talk_us = rows_int(&r, 6);
		all[n].dead = rows_int(&r, 7);
		n++;
	}
	*out = all;
	*count = n;
	return got;
}

int
calls_void(struct db *db, int64_t run_id, int64_t most, struct arena *a,
	   struct call_id **out, size_t *count, struct fault *f)
{
	struct call_id *all = ARENA_ARRAY(a, (size_t)most + 1, struct call_id);
	struct call_id from, to;
	size_t n = 0;
	struct rows r;
	int got;

	run_range(run_id, &from, &to);
	if (db_query(db, &r, STMT_CALLS_VOID,
		     ARGS(ARG_BIN(from.b, UUID_LEN), ARG_BIN(to.b, UUID_LEN),
			  ARG_INT(most)),
		     f))
		return -1;
	while ((got = rows_next(&r, f)) > 0)
		rows_copy(&r, 0, all[n++].b, UUID_LEN);
	*out = all;
	*count = n;
	return got;
}

/* Calls are taken over in batches: one by one would be slow, and a single
 * statement would lock the whole table. */
struct adoption {
	const struct ledger_node *me;
	const struct orphan_call *calls;
	size_t n;
	bool *adopted;
	struct arena *arena;
};

static int
find_mine(struct db *db, struct adoption *ad, size_t from, size_t n,
	  struct fault *f)
{
	struct call_id ids[LISTED];
	struct arg args[LISTED + 1];
	struct rows r;

	/* The calls come from the table, so they are sorted by id. */
	for (size_t i = 0; i < n; i++)
		ids[i] = ad->calls[from + i].id;
	*args_ids(args, ids, n, LISTED) = ARG_INT(ad->me->boot);
	if (db_query(db, &r, STMT_CALLS_MINE_50, args, LISTED + 1, f))
		return -1;
	return ledger_found(&r, ids, n, ad->adopted + from, f);
}

enum { ADOPT_COLUMNS = 3 };

static int
adopt_tx(struct db *db, void *arg, struct fault *f)
{
	struct adoption *ad = arg;
	struct arg *args =
		ARENA_ARRAY(ad->arena, ad->n * ADOPT_COLUMNS + 1, struct arg);
	struct arg *at = args;
	int64_t changed;

	memset(ad->adopted, 0, ad->n * sizeof(*ad->adopted));
	for (size_t i = 0; i < ad->n; i++) {
		*at++ = ARG_INT(ad->me->boot);
		*at++ = ARG_BIN(ad->calls[i].id.b, UUID_LEN);
		*at++ = ARG_INT(ad->calls[i].boot);
	}
	if (db_bulk(db, &changed, STMT_CALL_ADOPT, args, ADOPT_COLUMNS, ad->n,
		    f))
		return -1;
	if (changed == (int64_t)ad->n) {
		memset(ad->adopted, 1, ad->n * sizeof(*ad->adopted));
		return 0;
	}
	for (size_t from = 0; from < ad->n; from += LISTED)
		if (find_mine(db, ad, from,
			      ad->n - from < LISTED ? ad->n - from : LISTED, f))
			return -1;
	return 0;
}

int
calls_adopt(struct db *db, const struct ledger_node *me,
	    const struct orphan_call *calls, size_t n, bool *adopted,
	    struct arena *a, struct fault *f)
{
	memset(adopted, 0, n * sizeof(*adopted));
	for (size_t from = 0; from < n; from += ADOPT_AT_ONCE) {
		size_t some =
			n - from < ADOPT_AT_ONCE ? n - from : ADOPT_AT_ONCE;
		struct adoption ad = { me, calls + from, some, adopted + from,
				       a };

		if (tx_run(db, adopt_tx, &ad, NULL, f) == 0)
			continue;
		memset(ad.adopted, 0, some * sizeof(*ad.adopted));
		return -1;
	}
	return 0;
}

enum { GIVE_COLUMNS = 2 };

struct gift {
	const struct arg *args;
	size_t n;
};

static int
give_tx(struct db *db, void *arg, struct fault *f)
{
	const struct gift *g = arg;

	return db_bulk(db, NULL, STMT_CALL_GIVE, g->args, GIVE_COLUMNS, g->n,
		       f);
}

int
calls_give(struct db *db, const struct ledger_node *me,
	   const struct call_id *ids, size_t n, struct arena *a,
	   struct fault *f)
{
	struct arg *args = ARENA_ARRAY(a, n * GIVE_COLUMNS + 1, struct arg);
	struct gift g = { args, n };

	assert(n <= ADOPT_AT_ONCE);
	for (size_t i = 0; i < n; i++) {
		args[i * GIVE_COLUMNS] = ARG_BIN(ids[i].b, UUID_LEN);
		args[i * GIVE_COLUMNS + 1] = ARG_INT(me->boot);
	}
	return n ? tx_run(db, give_tx, &g, NULL, f) : 0;
}

int
calls_known(struct db *db, const struct call_id *ids, size_t n, bool *known,
	    struct fault *f)
{
	for (size_t from = 0; from < n; from += LISTED) {
		size_t some = n - from < LISTED ? n - from : LISTED;
		struct arg args[LISTED];
		struct rows r;

		args_ids(args, ids + from, some, LISTED);
		if (db_query(db, &r, STMT_LIVE_PRESENT_50, args, LISTED, f) ||
		    ledger_found(&r, ids + from, some, known + from, f))
			return -1;
	}
	return 0;
}

static const struct field call_sum_fields[] = {
	{ FIELD(call_sum, carrier_id) },
	{ FIELD(call_sum, calls) },
	{ FIELD(call_sum, queued) },
};
static const struct record call_sum_record = RECORD(call_sum_fields);
static const struct rows_kind call_sums = { STMT_CALLS_SUMMARY,
					    &call_sum_record,
					    sizeof(struct call_sum) };

int
calls_summary(struct db *db, struct arena *a, struct call_sum **out,
	      size_t *count, struct fault *f)
{
	*out = rows_all(db, &call_sums, NO_ARGS, count, a, f);
	return *out ? 0 : -1;
}
