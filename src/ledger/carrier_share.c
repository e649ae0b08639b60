/* Each node's share of a carrier, as rows. */
#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "ledger/node.h"
#include "ledger/share.h"
#include "store/tx.h"

static const struct field share_row_fields[] = {
	{ FIELD(share_row, carrier_id) }, { FIELD(share_row, slot) },
	{ FIELD(share_row, boot) },	  { FIELD(share_row, want) },
	{ FIELD(share_row, cps) },	  { FIELD(share_row, channels) },
};
static const struct record share_row_record = RECORD(share_row_fields);
static const struct rows_kind share_rows = { STMT_SHARE_LIST, &share_row_record,
					     sizeof(struct share_row) };

int
share_list(struct db *db, struct arena *a, struct share_row **out,
	   size_t *count, struct fault *f)
{
	*out = rows_all(db, &share_rows, NO_ARGS, count, a, f);
	return *out ? 0 : -1;
}

/* Two integers of one row; zeros when there is none. */
static int
two(struct db *db, int stmt, const struct arg *args, size_t count,
    int64_t out[2], struct fault *f)
{
	struct rows r;
	int got;

	out[0] = out[1] = 0;
	if (db_query(db, &r, stmt, args, count, f))
		return -1;
	got = rows_next(&r, f);
	if (got > 0) {
		out[0] = rows_int(&r, 0);
		out[1] = rows_int(&r, 1);
	}
	rows_close(&r);
	return got < 0 ? -1 : 0;
}

struct moving {
	const struct share_move *in;
	struct share_row out;
};

/* Renews this node's row in the same transaction: otherwise a node that was
 * declared dead without knowing it would overwrite its successor's share. */
static int
write_as_living(struct db *db, const struct share_row *mine, struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, STMT_NODE_RENEW,
		    ARGS(ARG_INT(mine->slot), ARG_INT(mine->boot)), f))
		return -1;
	return ledger_all(changed, 1, "this node is dead", f);
}

/* Writing the carrier's row locks it, so nodes change their shares in turn. */
static int
move_tx(struct db *db, void *arg, struct fault *f)
{
	struct moving *mv = arg;
	const struct share_move *in = mv->in;
	struct share_row *out = &mv->out;
	struct arg carrier = ARG_INT(in->row.carrier_id);
	int64_t limit[2], others[2];
	size_t nodes = in->row.want > 0 ? in->nodes : 0;

	*out = in->row;
	if (write_as_living(db, out, f) ||
	    db_exec(db, NULL, STMT_SHARE_LOCK, &carrier, 1, f) ||
	    two(db, STMT_SHARE_LIMIT, &carrier, 1, limit, f) ||
	    two(db, STMT_SHARE_OTHERS,
		ARGS(carrier, carrier, ARG_INT(out->boot)), others, f))
		return -1;
	out->cps = share_next(limit[0], out->cps, others[0],
			      share_part(limit[0], nodes, in->rank), 0);
	out->channels =
		share_next(limit[1], out->channels, others[1],
			   share_part(limit[1], nodes, in->rank), in->in_use);
	return db_exec(db, NULL, STMT_SHARE_WRITE,
		       ARGS(carrier, ARG_INT(out->slot), ARG_INT(out->boot),
			    ARG_INT(out->want), ARG_INT(out->cps),
			    ARG_INT(out->channels)),
		       f);
}

int
share_move(struct db *db, struct share_move *m, struct fault *f)
{
	struct moving mv = { .in = m };

	if (tx_run(db, move_tx, &mv, NULL, f))
		return -1;
	m->row = mv.out;
	return 0;
}

int
share_tell_trouble(struct db *db, const struct ledger_node *me,
		   int64_t carrier_id, const char *text, struct fault *f)
{
	return db_exec(db, NULL, STMT_SHARE_TROUBLE,
		       ARGS(ARG_STR(text), ARG_INT(carrier_id),
			    ARG_INT(me->slot), ARG_INT(me->boot)),
		       f);
}

int
share_sweep(struct db *db, struct fault *f)
{
	return db_exec(db, NULL, STMT_SHARE_SWEEP, NO_ARGS, f);
}
