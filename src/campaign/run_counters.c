#include "campaign/run_counters.h"

#include <stdbool.h>
#include <string.h>

#include "app/stmt.h"
#include "store/db.h"

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
