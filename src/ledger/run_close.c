#include "ledger/run_close.h"

#include <stdint.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/json.h"
#include "campaign/alarm.h"
#include "campaign/campaign.h"
#include "campaign/event.h"
#include "ledger/ledger.h"
#include "ledger/run_snapshot.h"
#include "store/tx.h"
#include "workspace/account.h"

struct closing {
	const struct ledger_node *me;
	const struct run_look *look;
	enum campaign_status status;
	enum campaign_status also; /* status it may close besides running */
	enum run_rest rest;
	const char *reason;
	const char *action; /* in the audit log */
};

/* Says to the audit log what the status was and became, and why. */
static int
write_note(struct db *db, const struct closing *c, struct arena *a,
	   struct fault *f)
{
	const struct run_look *l = c->look;
	struct buf became = BUF_INIT;
	struct actor dialler;
	int rc;

	if (audit_dialler(db, l->workspace_id, l->campaign_id, &dialler, a, f))
		return -1;
	buf_printf(&became, "{\"status\":\"%s\"",
		   campaign_status_words[c->status]);
	if (*c->reason) {
		buf_str(&became, ",\"reason\":");
		json_str(&became, c->reason);
	}
	buf_char(&became, '}');
	rc = audit_add(db, &dialler, l->campaign_id, c->action,
		       arena_printf(a, "{\"status\":\"%s\"}",
				    campaign_status_words[l->status]),
		       became.data, f);
	buf_free(&became);
	return rc;
}

/* The number of an event is the last that is taken (campaign/event.h). */
static int
note(struct db *db, const struct closing *c, struct fault *f)
{
	struct arena *a = arena_new();
	int rc = write_note(db, c, a, f);

	if (!rc)
		rc = event_status(db, c->look->workspace_id,
				  c->look->campaign_id, f);
	arena_free(a);
	return rc;
}

static int
exec_one(struct db *db, int stmt, const struct arg *args, size_t count,
	 const char *what, struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, stmt, args, count, f))
		return -1;
	return ledger_all(changed, 1, what, f);
}

static int
close_both(struct db *db, const struct closing *c, struct fault *f)
{
	const struct run_look *l = c->look;

	if (exec_one(db, STMT_CAMPAIGN_END,
		     ARGS(ARG_INT(c->status), ARG_INT(l->campaign_id),
			  ARG_INT(l->run_id), ARG_INT(c->also),
			  ARG_INT(l->epoch)),
		     "the campaign’s status has changed", f) ||
	    exec_one(db, STMT_RUN_CLOSE,
		     ARGS(ARG_INT(c->rest), ARG_STR(c->reason),
			  ARG_INT(l->run_id), ARG_INT(c->me->boot)),
		     "the run is closed, or no longer mine", f))
		return -1;
	return db_exec(db, NULL, STMT_LIST_SHUT, ARGS(ARG_INT(l->own_list)), f);
}

/* Locks all shards of a run's counters and adds them up. */
static int
sum_shards(struct db *db, int64_t run_id, struct run_counters *out, struct fault *f)
{
	struct rows r;
	int got;

	*out = (struct run_counters){ .run_id = run_id };
	if (db_query(db, &r, STMT_COUNT_SUM, ARGS(ARG_INT(run_id)), f))
		return -1;
	got = rows_next(&r, f);
	for (int i = 0; got > 0 && i < COUNT_MAX; i++)
		out->of[i] = rows_int(&r, (unsigned)i);
	rows_close(&r);
	return got < 0 ? -1 : 0;
}

static int
stamp_end(struct db *db, int64_t run_id, struct fault *f)
{
	return exec_one(db, STMT_RUN_END, ARGS(ARG_INT(run_id)),
			"the run is open, or has ended already", f);
}

/* Replaces the counters of all shards by one row, and deletes the run's seats:
 * no call can be answered any more. */
static int
fold(struct db *db, const struct run_counters *sum, struct fault *f)
{
	struct arg run = ARG_INT(sum->run_id);

	if (db_exec(db, NULL, STMT_COUNT_DELETE, &run, 1, f) ||
	    db_exec(db, NULL, STMT_SEAT_DELETE, &run, 1, f))
		return -1;
	return run_counters_add(db, sum, 1, shard_of(NULL, SHARD_WEB), f);
}

static int
complete_tx(struct db *db, void *arg, struct fault *f)
{
	const struct closing *c = arg;
	struct run_counters sum;
	int64_t ahead, open;

	if (close_both(db, c, f) ||
	    db_int(db, &ahead, STMT_RUN_LEFT, ARGS(ARG_INT(c->look->run_id)),
		   f) ||
	    sum_shards(db, c->look->run_id, &sum, f))
		return -1;
	open = sum.of[COUNT_ACTIVE] + sum.of[COUNT_HELD] + sum.of[COUNT_RETRY] +
	       sum.of[COUNT_CALLBACK];
	if (ledger_all(ahead + open, 0, "contacts are left", f) ||
	    stamp_end(db, sum.run_id, f) || fold(db, &sum, f))
		return -1;
	return note(db, c, f);
}

int
ledger_complete(struct db *db, const struct ledger_node *me,
		const struct run_look *l, struct fault *f)
{
	struct closing c = { .me = me,
			     .look = l,
			     .status = CAMPAIGN_COMPLETED,
			     .also = CAMPAIGN_PAUSED,
			     .rest = REST_DONE,
			     .reason = "",
			     .action = "complete" };

	return tx_run(db, complete_tx, &c, NULL, f);
}

static int
raise_alarm(struct db *db, const struct closing *c, struct fault *f)
{
	const struct run_look *l = c->look;
	int64_t left = look_ahead(l) + l->held + l->retry + l->callback;

	if (c->status == CAMPAIGN_FAILED)
		return alarm_raise(db, ALARM_FAILED, l->run_id, left,
				   c->reason, f);
	return left > 0 ? alarm_raise(db, ALARM_LEFT, l->run_id, left, "", f)
			: 0;
}

static int
close_tx(struct db *db, void *arg, struct fault *f)
{
	const struct closing *c = arg;

	return close_both(db, c, f) || raise_alarm(db, c, f) || note(db, c, f)
		       ? -1
		       : 0;
}

int
ledger_close_window(struct db *db, const struct ledger_node *me,
		    const struct run_look *l, struct fault *f)
{
	struct closing c = { .me = me,
			     .look = l,
			     .status = CAMPAIGN_COMPLETED,
			     .also = CAMPAIGN_PAUSED,
			     .rest = REST_WINDOW_CLOSED,
			     .reason = "window_closed",
			     .action = "close" };

	return tx_run(db, close_tx, &c, NULL, f);
}

int
ledger_fail(struct db *db, const struct ledger_node *me,
	    const struct run_look *l, const char *reason, struct fault *f)
{
	struct closing c = { .me = me,
			     .look = l,
			     .status = CAMPAIGN_FAILED,
			     .also = CAMPAIGN_RUNNING,
			     .rest = REST_FAILED,
			     .reason = reason,
			     .action = "fail" };

	return tx_run(db, close_tx, &c, NULL, f);
}

static int
end_tx(struct db *db, void *arg, struct fault *f)
{
	const struct closing *c = arg;
	struct run_counters sum;

	if (stamp_end(db, c->look->run_id, f) ||
	    sum_shards(db, c->look->run_id, &sum, f) ||
	    ledger_all(sum.of[COUNT_ACTIVE], 0, "calls are up", f))
		return -1;
	return fold(db, &sum, f);
}

int
ledger_end(struct db *db, const struct run_look *l, struct fault *f)
{
	struct closing c = { .look = l };

	return tx_run(db, end_tx, &c, NULL, f);
}
