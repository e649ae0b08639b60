#include "ledger/verify.h"

#include <inttypes.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "campaign/outcome.h"
#include "ledger/verify_count.h"
#include "store/db.h"
#include "store/tx.h"

#define A_PIECE 10000
#define MOST_ARGS 8

/* clang-format off */
const struct verify_check verify_checks[] = {
	{ 1, "active", "Every call counted as active is live, and its contact is active.", VERIFY_BALANCE, BALANCE_ACTIVE },
	{ 2, "states", "Each state’s counter is the number of contacts in it.", VERIFY_BALANCE, BALANCE_STATES },
	{ 2, "stored_states", "No contact is stored in a state that exists only on screens.", VERIFY_PIECE, STMT_VERIFY_STATE_ODD },
	{ 3, "behind", "Each contact behind a cursor is recorded once: nobody is forgotten.", VERIFY_PIECE, STMT_VERIFY_BEHIND },
	{ 3, "ahead", "No contact ahead of a cursor is recorded.", VERIFY_RUN, STMT_VERIFY_AHEAD },
	{ 3, "beyond", "No cursor is beyond the end of its list.", VERIFY_RUN, STMT_VERIFY_BEYOND },
	{ 4, "due_missing", "Every waiting contact is due, at its time and in its class.", VERIFY_PIECE, STMT_VERIFY_DUE_MISSING },
	{ 4, "due_extra", "Only waiting contacts are due.", VERIFY_BALANCE, BALANCE_DUE },
	{ 5, "outcomes", "Each outcome’s counter is the number of attempts with it.", VERIFY_BALANCE, BALANCE_OUTCOMES },
	{ 5, "sums", "Ended, answered, processed and connected agree with the rows.", VERIFY_BALANCE, BALANCE_SUMS },
	{ 5, "parts", "The sums by node, carrier, number, pass and disposition are those of the attempts.", VERIFY_BALANCE, BALANCE_PARTS },
	{ 5, "periods", "A campaign’s calls of a day are those of its quarters of an hour.", VERIFY_ALL, STMT_VERIFY_PERIODS },
	{ 5, "limit", "Nobody was tried more often than the campaign allowed.", VERIFY_BALANCE, BALANCE_LIMIT },
	{ 5, "attempts", "Every attempt has a contact and an outcome, and counts as its outcome does.", VERIFY_PIECE, STMT_VERIFY_ATTEMPT_ODD },
	{ 5, "tries", "Each contact’s tries are its counted attempts, numbered without gaps.", VERIFY_PIECE, STMT_VERIFY_TRIES },
	{ 6, "live_finished", "No call is live and finished.", VERIFY_RUN, STMT_VERIFY_BOTH },
	{ 6, "live_contact", "Every live call has its contact, active, under the number in its id.", VERIFY_RUN, STMT_VERIFY_LIVE_ODD },
	{ 6, "live_twice", "No contact has two live calls.", VERIFY_RUN, STMT_VERIFY_LIVE_TWICE },
	{ 7, "ended_live", "A run that has ended has no live call.", VERIFY_RUN, STMT_VERIFY_ENDED_LIVE },
	{ 7, "done_waiting", "A completed run has no waiting contacts.", VERIFY_RUN, STMT_VERIFY_DONE_WAITING },
	{ 7, "status", "A campaign is running or paused if and only if its run is open.", VERIFY_RUN, STMT_VERIFY_STATUS },
	{ 7, "no_run", "Every running or paused campaign has a run.", VERIFY_ALL, STMT_VERIFY_NO_RUN },
	{ 8, "list_end", "The last contact of a list has the list’s last number.", VERIFY_ALL, STMT_VERIFY_LIST_LAST },
	{ 8, "list_holes", "The contacts of a list are numbered without gaps.", VERIFY_LIST, STMT_VERIFY_LIST_HOLES },
	{ 8, "list_refs", "A list’s references are the segments that use it; none is being erased.", VERIFY_ALL, STMT_VERIFY_LIST_REFS },
	{ 8, "segments", "Every segment has its campaign and its part of a list.", VERIFY_ALL, STMT_VERIFY_SEGMENT_ODD },
	{ 9, "shares", "The nodes' shares of a carrier are within its limits.", VERIFY_ALL, STMT_VERIFY_SHARES },
	{ 9, "old_calls", "No live call is older than a call can be.", VERIFY_ALL, STMT_VERIFY_OLD_CALLS },
	{ 9, "live_orphans", "Every live call has its run and campaign.", VERIFY_ALL, STMT_VERIFY_LIVE_ORPHANS },
	{ 9, "run_orphans", "Everything that belongs to a run has its run.", VERIFY_ALL, STMT_VERIFY_RUN_ORPHANS },
};
/* clang-format on */
const size_t verify_check_count = ARRAY_LEN(verify_checks);

/* The placeholders of a statement take the numbers of its scope in turn,
 * repeated as often as needed. */
static int
run_check(struct db *db, const struct verify_check *k, struct verify_result *c,
	  const int64_t *numbers, size_t n, struct fault *f)
{
	struct arg args[MOST_ARGS];
	size_t takes = strlen(stmt_table[k->what].takes);
	struct rows r;
	int got;

	for (size_t i = 0; i < takes; i++)
		args[i] = ARG_INT(numbers[i % n]);
	if (db_query(db, &r, k->what, args, takes, f))
		return -1;
	while ((got = rows_next(&r, f)) > 0)
		verify_note(c->out, c->arena, k->no, k->name, c->run_id,
			    rows_str(&r, 0, c->arena));
	return got;
}

static int
run_scope(struct db *db, enum verify_scope scope, struct verify_result *c,
	  const int64_t *numbers, size_t n, struct fault *f)
{
	for (size_t i = 0; i < verify_check_count; i++) {
		const struct verify_check *k = &verify_checks[i];

		if (k->scope == scope && run_check(db, k, c, numbers, n, f))
			return -1;
	}
	return 0;
}

/* One segment of a run, or one part of a list, from 1 to 'last'. */
struct id_range {
	int64_t id, part, last;
};

static int
run_pieces(struct db *db, enum verify_scope scope, struct verify_result *c,
	   const struct id_range *s, struct fault *f)
{
	for (int64_t from = 1; from <= s->last; from += A_PIECE) {
		int64_t to = from + A_PIECE - 1;
		int64_t numbers[] = { s->id, s->part, from,
				      to < s->last ? to : s->last };

		if (scope == VERIFY_PIECE &&
		    count_piece(db, &c->tally, numbers, f))
			return -1;
		if (run_scope(db, scope, c, numbers, ARRAY_LEN(numbers), f))
			return -1;
	}
	return 0;
}

static int
count_run(struct db *db, void *arg, struct fault *f)
{
	struct verify_result *c = arg;
	struct id_range s = { .id = c->run_id };
	struct rows r;
	int got;

	*c->out = c->before;
	if (count_begin(db, &c->tally, c->run_id, f) ||
	    run_scope(db, VERIFY_RUN, c, &c->run_id, 1, f) ||
	    db_query(db, &r, STMT_VERIFY_CURSORS, ARGS(ARG_INT(c->run_id)), f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		s.part = rows_int(&r, 0);
		s.last = rows_int(&r, 1);
		if (run_pieces(db, VERIFY_PIECE, c, &s, f))
			return -1;
	}
	if (got < 0)
		return -1;
	for (size_t i = 0; i < verify_check_count; i++) {
		if (verify_checks[i].scope == VERIFY_BALANCE)
			count_compare(c, &verify_checks[i]);
	}
	return 0;
}

static int
count_lists(struct db *db, struct verify_result *c, struct fault *f)
{
	struct id_range s = { .id = 0 };

	for (;;) {
		struct rows r;
		bool more = false;
		int got;

		if (db_query(db, &r, STMT_VERIFY_PARTS,
			     ARGS(ARG_INT(s.id), ARG_INT(s.part)), f))
			return -1;
		while ((got = rows_next(&r, f)) > 0) {
			more = true;
			s.id = rows_int(&r, 0);
			s.part = rows_int(&r, 1);
			s.last = rows_int(&r, 2);
			if (run_pieces(db, VERIFY_LIST, c, &s, f))
				return -1;
		}
		if (got < 0 || !more)
			return got;
	}
}

static int
count_installation(struct db *db, void *arg, struct fault *f)
{
	struct verify_result *c = arg;
	int64_t longest =
		c->opts->longest_s ? c->opts->longest_s : VERIFY_LONGEST_S;

	*c->out = c->before;
	if (run_scope(db, VERIFY_ALL, c, &longest, 1, f))
		return -1;
	return c->opts->deep ? count_lists(db, c, f) : 0;
}

static int
in_snapshot(struct db *db, tx_fn *fn, struct verify_result *c, struct fault *f)
{
	const struct tx_opts snapshot = { .snapshot = true };

	c->before = *c->out;
	return tx_run(db, fn, c, &snapshot, f);
}

/* A page of ids at a time: there may be many runs. */
static int
count_runs(struct db *db, struct verify_result *c, struct fault *f)
{
	int64_t ids[1000], last = 0;
	size_t n;

	do {
		struct rows r;
		int got;

		if (db_query(db, &r, STMT_VERIFY_RUNS, ARGS(ARG_INT(last)), f))
			return -1;
		for (n = 0; (got = rows_next(&r, f)) > 0; n++)
			ids[n] = rows_int(&r, 0);
		if (got < 0)
			return -1;
		for (size_t i = 0; i < n; i++) {
			c->run_id = last = ids[i];
			if (in_snapshot(db, count_run, c, f))
				return -1;
			c->out->runs++;
		}
	} while (n > 0);
	c->run_id = 0;
	return 0;
}

int
verify_check(struct db *db, const struct verify_opts *opts, struct arena *a,
	     struct verify_report *out, struct fault *f)
{
	struct verify_result c = {
		.opts = opts, .run_id = opts->run_id, .arena = a, .out = out
	};

	*out = (struct verify_report){ 0 };
	if (opts->run_id) {
		if (in_snapshot(db, count_run, &c, f))
			return -1;
		out->runs = 1;
	} else if (count_runs(db, &c, f) ||
		   in_snapshot(db, count_installation, &c, f)) {
		return -1;
	}
	return opts->sim_log ? verify_check_log(db, opts->sim_log, a, out, f)
			     : 0;
}
