#include "ledger/node.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/secret.h"
#include "campaign/campaign.h"

#define SLOTS 10000

static int
free_slot(struct db *db, int64_t *slot, struct fault *f)
{
	struct rows r;
	int64_t next = 0;
	int got;

	if (db_query(db, &r, STMT_NODE_SLOTS, NO_ARGS, f))
		return -1;
	while ((got = rows_next(&r, f)) > 0)
		if (rows_int(&r, 0) == next)
			next++;
	if (got == 0)
		*slot = next;
	return got;
}

int
node_join(struct db *db, const char *name, struct ledger_node *me,
	  struct fault *f)
{
	struct ledger_node node;

	do {
		if (free_slot(db, &node.slot, f))
			return -1;
		if (node.slot >= SLOTS)
			return fault_set(f, FAULT_BUSY,
					 "There are too many dialler nodes.");
		node.boot = (int64_t)secret_random_bits(63);
		if (db_exec(db, NULL, STMT_NODE_JOIN,
			    ARGS(ARG_INT(node.slot), ARG_INT(node.boot),
				 ARG_STR(name)),
			    f) == 0) {
			*me = node;
			return 0;
		}
		/* Another node took this slot first. */
	} while (f->code == FAULT_CONFLICT);
	return -1;
}

int
node_renew(struct db *db, const struct ledger_node *me, bool *alive,
	   struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, STMT_NODE_RENEW,
		    ARGS(ARG_INT(me->slot), ARG_INT(me->boot)), f))
		return -1;
	*alive = changed > 0;
	return 0;
}

int
node_leave(struct db *db, const struct ledger_node *me, struct fault *f)
{
	struct arg both[] = { ARG_INT(me->slot), ARG_INT(me->boot) };

	if (db_exec(db, NULL, STMT_RUNS_GIVE, ARGS(ARG_INT(me->boot)), f) ||
	    db_exec(db, NULL, STMT_SHARE_LEAVE, both, 2, f))
		return -1;
	return db_exec(db, NULL, STMT_NODE_LEAVE, both, 2, f);
}

static const struct field node_row_fields[] = {
	{ FIELD(node_row, slot) },
	{ FIELD(node_row, boot) },
	{ FIELD(node_row, name) },
	{ FIELD(node_row, expired) },
};
static const struct record node_row_record = RECORD(node_row_fields);
static const struct rows_kind node_rows = { STMT_NODE_LIST, &node_row_record,
					    sizeof(struct node_row) };

int
node_list(struct db *db, struct arena *a, struct node_row **out, size_t *count,
	  struct fault *f)
{
	*out = rows_all(db, &node_rows, NO_ARGS, count, a, f);
	return *out ? 0 : -1;
}

int
node_fence(struct db *db, int64_t boot, bool *fenced, struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, STMT_NODE_FENCE, ARGS(ARG_INT(boot)), f))
		return -1;
	*fenced = changed > 0;
	return 0;
}

int
node_fence_self(struct db *db, int64_t boot, const char *name, struct fault *f)
{
	return db_exec(db, NULL, STMT_NODE_FENCE_SELF,
		       ARGS(ARG_INT(boot), ARG_STR(name)), f);
}

static const struct field open_run_fields[] = {
	{ FIELD(open_run, id) },
	{ FIELD(open_run, workspace_id) },
	{ FIELD(open_run, campaign_id) },
	{ FIELD(open_run, rest), .words = run_rest_words },
	{ FIELD(open_run, lease_boot) },
	{ FIELD(open_run, slot) },
	{ FIELD(open_run, status), .words = campaign_status_words },
	{ FIELD(open_run, epoch) },
	{ FIELD(open_run, ver) },
	{ FIELD(open_run, on_hold) },
};
static const struct record open_run_record = RECORD(open_run_fields);
static const struct rows_kind open_runs = { STMT_RUNS_OPEN, &open_run_record,
					    sizeof(struct open_run) };

int
runs_open(struct db *db, struct arena *a, struct open_run **out, size_t *count,
	  struct fault *f)
{
	*out = rows_all(db, &open_runs, NO_ARGS, count, a, f);
	return *out ? 0 : -1;
}

int
run_take(struct db *db, const struct ledger_node *me, int64_t run_id,
	 int64_t from, bool *taken, struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, STMT_RUN_TAKE,
		    ARGS(ARG_INT(me->boot), ARG_INT(run_id), ARG_INT(from)), f))
		return -1;
	*taken = changed > 0;
	return 0;
}

int
audit_recent(struct db *db, struct arena *a, int64_t **out, size_t *count,
	     struct fault *f)
{
	int64_t *all = NULL;
	size_t n = 0;
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_AUDIT_RECENT, NO_ARGS, f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		all = arena_grow(a, all, n, sizeof(*all));
		all[n++] = rows_int(&r, 0);
	}
	*out = all;
	*count = n;
	return got;
}

int
mark_sweep(struct db *db, struct fault *f)
{
	return db_exec(db, NULL, STMT_MARK_SWEEP, NO_ARGS, f);
}
