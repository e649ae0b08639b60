#include "ledger/ledger.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"

#define COLUMNS (2 + COUNT_MAX)
#define RUNS_AT_ONCE 8

enum run_counter
run_counter_of_state(enum contact_state state)
{
	if (state == CONTACT_ACTIVE)
		return COUNT_ACTIVE;
	if (state == CONTACT_HELD)
		return COUNT_HELD;
	return (enum run_counter)state; /* the rest is in the same order */
}

enum run_counter
run_counter_of_outcome(enum outcome o)
{
	return (enum run_counter)(COUNT_OUTCOME_1 + o - 1);
}

enum contact_state state_of_class(enum due_class class)
{
	static const enum contact_state states[] = {
		[DUE_CALLBACK] = CONTACT_CALLBACK,
		[DUE_HELD] = CONTACT_HELD,
		[DUE_RETRY] = CONTACT_RETRY,
	};

	return states[class];
}

enum due_class
class_of_state(enum contact_state state)
{
	if (state == CONTACT_CALLBACK)
		return DUE_CALLBACK;
	return state == CONTACT_RETRY ? DUE_RETRY : DUE_HELD;
}

int64_t
shard_of(const struct ledger_node *me, enum shard who)
{
	return who == SHARD_WEB ? 0 : 2 * me->slot + who;
}

static bool
is_zero(const struct run_counters *c)
{
	for (int i = 0; i < COUNT_MAX; i++)
		if (c->of[i])
			return false;
	return true;
}

int
run_counters_add(struct db *db, const struct run_counters *c, size_t runs,
		 int64_t shard, struct fault *f)
{
	struct arg args[RUNS_AT_ONCE * COLUMNS];
	size_t n = 0;

	for (size_t r = 0; r < runs; r++) {
		struct arg *at = &args[n * COLUMNS];

		if (!is_zero(&c[r])) {
			*at++ = ARG_INT(c[r].run_id);
			*at++ = ARG_INT(shard);
			for (int i = 0; i < COUNT_MAX; i++)
				*at++ = ARG_INT(c[r].of[i]);
			n++;
		}
		if (n < RUNS_AT_ONCE && r + 1 < runs)
			continue;
		if (db_bulk(db, NULL, STMT_COUNT_ADD, args, COLUMNS, n, f))
			return -1;
		n = 0;
	}
	return 0;
}

struct run_counters *
run_counters_of(struct run_counters *array, size_t *runs, int64_t run_id)
{
	size_t i = *runs;

	while (i > 0 && array[i - 1].run_id > run_id)
		i--;
	if (i > 0 && array[i - 1].run_id == run_id)
		return &array[i - 1];
	memmove(&array[i + 1], &array[i], (*runs - i) * sizeof(*array));
	memset(&array[i], 0, sizeof(*array));
	array[i].run_id = run_id;
	++*runs;
	return &array[i];
}

void
run_range(int64_t run_id, struct call_id *from, struct call_id *to)
{
	memset(from->b, 0, UUID_LEN);
	memset(to->b, 0xff, UUID_LEN);
	/* Ids begin with the run, in network order. */
	for (int i = 0; i < 4; i++)
		from->b[i] = to->b[i] = (uint8_t)(run_id >> (24 - 8 * i));
}

struct arg *
args_ids(struct arg *at, const struct call_id *ids, size_t n, size_t size)
{
	for (size_t i = 0; i < size; i++)
		*at++ = ARG_BIN(ids[i < n ? i : n - 1].b, UUID_LEN);
	return at;
}

int
call_id_compare(const void *a, const void *b)
{
	return memcmp(a, b, UUID_LEN);
}

int64_t
call_id_find(const struct call_id *ids, size_t n, const uint8_t *id)
{
	const struct call_id *at =
		n ? bsearch(id, ids, n, sizeof(*ids), call_id_compare) : NULL;

	return at ? at - ids : -1;
}

int
ledger_found(struct rows *rows, const struct call_id *ids, size_t n,
	     bool *found, struct fault *f)
{
	int got;

	while ((got = rows_next(rows, f)) > 0) {
		struct call_id id;
		int64_t i;

		rows_copy(rows, 0, id.b, UUID_LEN);
		i = call_id_find(ids, n, id.b);
		if (i >= 0)
			found[i] = true;
	}
	return got;
}

int
ledger_all(int64_t changed, size_t meant, const char *what, struct fault *f)
{
	if (changed == (int64_t)meant)
		return 0;
	fault_set(f, FAULT_CONFLICT, "The ledger has changed in the meantime.");
	return fault_cause(f, "%s: %" PRId64 " of %zu", what, changed, meant);
}
