#include "ledger/ledger.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"

int64_t
shard_of(const struct ledger_node *me, enum shard who)
{
	return who == SHARD_WEB ? 0 : 2 * me->slot + who;
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
