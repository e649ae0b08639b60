/* Withdraws calls that were never placed: their contacts wait again as
 * before. */
#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "ledger/send.h"
#include "store/tx.h"

#define LISTED 50

struct taken {
	struct call_id id;
	struct call_key key;
	enum due_class class;
	int64_t number_id, number_day, due_at;
};

struct withdraw_job {
	const struct ledger_node *me;
	const struct call_id *ids;
	size_t n;
	struct withdrawal *w;
	struct arena *arena;
	struct taken *taken;
	size_t count;
};

static int
lock_some(struct db *db, struct withdraw_job *j, const struct call_id *ids,
	  size_t n, struct fault *f)
{
	struct arg args[LISTED + 2], *at = args_ids(args, ids, n, LISTED);
	struct rows r;
	int got;

	*at++ = ARG_INT(j->w->from);
	*at++ = ARG_INT(j->w->from == LIVE_QUEUED ? 0 : j->me->boot);
	if (db_query(db, &r, STMT_WITHDRAW_LOCK_50, args, (size_t)(at - args),
		     f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		struct taken *t = &j->taken[j->count];

		rows_copy(&r, 0, t->id.b, UUID_LEN);
		if (call_id_read(t->id.b, &t->key))
			continue;
		t->class = (enum due_class)rows_int(&r, 1);
		t->number_id = rows_int(&r, 2);
		t->number_day = rows_int(&r, 3);
		t->due_at = rows_int(&r, 4) + j->w->delay_us;
		j->count++;
	}
	return got;
}

static int
lock_rows(struct db *db, struct withdraw_job *j, struct fault *f)
{
	j->count = 0;
	for (size_t from = 0; from < j->n; from += LISTED) {
		size_t n = j->n - from < LISTED ? j->n - from : LISTED;

		if (lock_some(db, j, j->ids + from, n, f))
			return -1;
	}
	return 0;
}

static int
delete_rows(struct db *db, struct withdraw_job *j, struct fault *f)
{
	struct arg *args = ARENA_ARRAY(j->arena, j->count + 1, struct arg);
	int64_t changed;

	for (size_t i = 0; i < j->count; i++)
		args[i] = ARG_BIN(j->taken[i].id.b, UUID_LEN);
	if (db_bulk(db, &changed, STMT_LIVE_DELETE, args, 1, j->count, f))
		return -1;
	return ledger_all(changed, j->count, "calls withdrawn", f);
}

enum { BACK_COLUMNS = 6, DUE_COLUMNS = 5, UNUSE_COLUMNS = 2 };

static int
put_back(struct db *db, struct withdraw_job *j, struct fault *f)
{
	struct arg *back =
		ARENA_ARRAY(j->arena, j->count * BACK_COLUMNS + 1, struct arg);
	struct arg *due =
		ARENA_ARRAY(j->arena, j->count * DUE_COLUMNS + 1, struct arg);
	struct arg *b = back, *d = due;
	int64_t changed;

	for (size_t i = 0; i < j->count; i++) {
		const struct taken *t = &j->taken[i];

		*b++ = ARG_INT(state_of_class(t->class));
		*b++ = ARG_INT(t->class);
		*b++ = ARG_TIME(t->due_at);
		*b++ = ARG_INT(t->key.run);
		*b++ = ARG_INT(t->key.seg);
		*b++ = ARG_INT(t->key.ordinal);
		*d++ = ARG_INT(t->key.run);
		*d++ = ARG_INT(t->class);
		*d++ = ARG_TIME(t->due_at);
		*d++ = ARG_INT(t->key.seg);
		*d++ = ARG_INT(t->key.ordinal);
	}
	if (db_bulk(db, &changed, STMT_CONTACT_BACK, back, BACK_COLUMNS,
		    j->count, f) ||
	    ledger_all(changed, j->count, "contacts put back", f))
		return -1;
	return db_bulk(db, NULL, STMT_DUE_INSERT, due, DUE_COLUMNS, j->count,
		       f);
}

static int
by_number(const void *a, const void *b)
{
	const struct taken *x = a, *y = b;

	return x->number_id < y->number_id ? -1 : x->number_id > y->number_id;
}

static int
count_all(struct db *db, struct withdraw_job *j, struct fault *f)
{
	struct run_counters *c =
		ARENA_ARRAY(j->arena, j->count + 1, struct run_counters);
	struct arg *args =
		ARENA_ARRAY(j->arena, j->count * UNUSE_COLUMNS + 1, struct arg);
	size_t runs = 0;

	qsort(j->taken, j->count, sizeof(*j->taken), by_number);
	for (size_t i = 0; i < j->count; i++) {
		const struct taken *t = &j->taken[i];
		struct run_counters *of = run_counters_of(c, &runs, t->key.run);

		of->of[COUNT_ACTIVE]--;
		of->of[run_counter_of_state(state_of_class(t->class))]++;
		args[i * UNUSE_COLUMNS] = ARG_INT(t->number_id);
		args[i * UNUSE_COLUMNS + 1] = ARG_INT(t->number_day);
	}
	j->w->withdrawn = j->count;
	j->w->run_count = runs;
	for (size_t i = 0; i < runs; i++)
		j->w->runs[i] = c[i].run_id;
	if (db_bulk(db, NULL, STMT_NUMBER_UNUSE, args, UNUSE_COLUMNS, j->count,
		    f))
		return -1;
	return run_counters_add(db, c, runs, shard_of(j->me, SHARD_PLANNER), f);
}

static int
withdraw_tx(struct db *db, void *arg, struct fault *f)
{
	struct withdraw_job *j = arg;

	if (lock_rows(db, j, f))
		return -1;
	return delete_rows(db, j, f) || put_back(db, j, f) ||
			       count_all(db, j, f)
		       ? -1
		       : 0;
}

int
ledger_withdraw(struct db *db, const struct ledger_node *me,
		const struct call_id *ids, size_t n, struct withdrawal *w,
		struct arena *a, struct fault *f)
{
	struct call_id *sorted = ARENA_ARRAY(a, n + 1, struct call_id);
	struct withdraw_job j = {
		.me = me, .ids = sorted, .n = n, .w = w, .arena = a
	};

	if (n == 0)
		return 0;
	memcpy(sorted, ids, n * sizeof(*ids));
	qsort(sorted, n, sizeof(*sorted), call_id_compare);
	j.taken = ARENA_ARRAY(a, n + 1, struct taken);
	return tx_run(db, withdraw_tx, &j, NULL, f);
}
