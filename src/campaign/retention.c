#include "campaign/retention.h"

#include <inttypes.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

#define CONTACTS 2000 /* at a time */
#define CALLED 200    /* contacts whose attempts are changed at a time */

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(retention, keep_days), .min = 0, .max = 3650, .def = "0",
	  .unit = "days", .label = "Keep contacts and attempts",
	  .help = "Counted from the end of a run. 0 keeps them for ever." },
};
/* clang-format on */
const struct record retention_record = RECORD(fields);

int
retention_load(struct db *db, int64_t workspace_id, struct retention *out,
	       struct fault *f)
{
	return db_int(db, &out->keep_days, STMT_KEEP_DAYS,
		      ARGS(ARG_INT(workspace_id)), f);
}

struct retention_edit {
	const struct actor *who;
	int64_t was, set;
	struct arena *arena;
};

static const char *
json_of(int64_t days, struct arena *a)
{
	return arena_printf(a, "{\"keep_days\":%" PRId64 "}", days);
}

static int
change_tx(struct db *db, void *arg, struct fault *f)
{
	const struct retention_edit *c = arg;
	int64_t changed;

	if (db_exec(db, &changed, STMT_KEEP_DAYS_SET,
		    ARGS(ARG_INT(c->set), ARG_INT(c->who->workspace_id),
			 ARG_INT(c->was)),
		    f))
		return -1;
	if (!changed)
		return fault_set(f, FAULT_CONFLICT,
				 "Somebody else has just changed this. Look at "
				 "it and save again.");
	return audit_add(db, c->who, 0, "change retention",
			 json_of(c->was, c->arena), json_of(c->set, c->arena),
			 f);
}

int
retention_change(struct db *db, const struct actor *who,
		 const struct retention *was, const struct retention *set,
		 struct arena *a, struct fault *f)
{
	struct retention_edit c = { who, was->keep_days, set->keep_days, a };

	if (actor_check(who, ROLE_ADMIN, f) ||
	    record_check(&retention_record, set, f))
		return -1;
	if (c.set && c.set < KEEP_DAYS_LEAST)
		return fault_field(f, "keep_days",
				   "Keep contacts and attempts for at least "
				   "%d days, or enter 0 to keep them for ever.",
				   KEEP_DAYS_LEAST);
	return c.was == c.set ? 0 : tx_run_marked(db, change_tx, &c, f);
}

/* A pass through the workspaces. */
struct retention_pass {
	struct db *db;
	pause_fn *pause;
	void *arg;
	struct arena *arena; /* of one workspace */
	int64_t workspace_id;
	int64_t lists, runs; /* that were forgotten */
	bool stopped;
};

/* True when the pass shall go on. */
static bool
goes_on(struct retention_pass *p)
{
	p->stopped = p->stopped || !p->pause(p->arg);
	return !p->stopped;
}

/* Runs a statement for rows from 1 to 'last' of a part, in pieces. */
static int
in_pieces(struct retention_pass *p, int stmt, const int64_t key[static 2], int64_t last,
	  struct fault *f)
{
	int64_t step = stmt == STMT_KEEP_CONTACTS ? CONTACTS : CALLED;

	for (int64_t from = 1; from <= last; from += step) {
		if (!goes_on(p))
			return 0;
		if (db_exec(p->db, NULL, stmt,
			    ARGS(ARG_INT(key[0]), ARG_INT(key[1]),
				 ARG_INT(from), ARG_INT(from + step - 1)),
			    f))
			return -1;
	}
	return 0;
}

/* A part of a list, or a segment of a run; its last contact. */
struct retention_part {
	int64_t no, last;
};

/* Does that for each part of a list, or each segment of a run. */
static int
in_parts(struct retention_pass *p, int parts, int stmt, int64_t id,
	 struct fault *f)
{
	static const struct field part_fields[] = {
		{ FIELD(retention_part, no) },
		{ FIELD(retention_part, last) },
	};
	static const struct record part_record = RECORD(part_fields);
	const struct rows_kind kind = { parts, &part_record,
					sizeof(struct retention_part) };
	size_t n;
	struct retention_part *list =
		rows_all(p->db, &kind, ARGS(ARG_INT(id)), &n, p->arena, f);

	if (!list)
		return -1;
	for (size_t i = 0; i < n && !p->stopped; i++) {
		const int64_t key[] = { id, list[i].no };

		if (in_pieces(p, stmt, key, list[i].last, f))
			return -1;
	}
	return 0;
}

/* The next id that a statement finds; *id is 0 when there is none. */
static int
next(struct retention_pass *p, int stmt, const struct arg *args, size_t count,
     int64_t *id, struct fault *f)
{
	if (!db_int(p->db, id, stmt, args, count, f))
		return 0;
	*id = 0;
	return f->code == FAULT_ABSENT ? 0 : -1;
}

static int
mark_list(struct retention_pass *p, int64_t id, int state, struct fault *f)
{
	return db_exec(p->db, NULL, STMT_KEEP_LIST_MARK,
		       ARGS(ARG_INT(state), ARG_INT(id),
			    ARG_INT(p->workspace_id)),
		       f);
}

/* Lists that were begun, and those that are due. */
static int
forget_lists(struct retention_pass *p, int found_by, struct fault *f)
{
	struct arg workspace = ARG_INT(p->workspace_id);
	int64_t id = 0;

	for (;;) {
		if (next(p, found_by, ARGS(workspace, ARG_INT(id)), &id, f))
			return -1;
		if (!id || !goes_on(p))
			return 0;
		if (mark_list(p, id, 1, f) ||
		    in_parts(p, STMT_KEEP_PARTS, STMT_KEEP_CONTACTS, id, f))
			return -1;
		if (p->stopped)
			return 0;
		if (mark_list(p, id, 2, f))
			return -1;
		p->lists++;
	}
}

static int
forget_runs(struct retention_pass *p, struct fault *f)
{
	struct arg workspace = ARG_INT(p->workspace_id);
	int64_t id;

	for (;;) {
		if (next(p, STMT_KEEP_RUN, &workspace, 1, &id, f))
			return -1;
		if (!id || !goes_on(p))
			return 0;
		/* Whoever reports a call reads first whether it has a number. */
		if (in_parts(p, STMT_KEEP_CURSORS, STMT_KEEP_ATTEMPTS, id, f) ||
		    in_parts(p, STMT_KEEP_CURSORS, STMT_KEEP_REPORTS, id, f))
			return -1;
		if (p->stopped)
			return 0;
		if (db_exec(p->db, NULL, STMT_KEEP_RUN_DONE,
			    ARGS(ARG_INT(id), workspace), f))
			return -1;
		p->runs++;
	}
}

/* The dialler says what it has done, for nobody. */
static int
note(struct retention_pass *p, struct fault *f)
{
	struct actor dialler = { .workspace_id = p->workspace_id,
				 .name = "",
				 .via = "" };

	if (!p->lists && !p->runs)
		return 0;
	return audit_add(p->db, &dialler, 0, "forget contacts", NULL,
			 arena_printf(p->arena,
				      "{\"contact_lists\":%" PRId64
				      ",\"runs\":%" PRId64 "}",
				      p->lists, p->runs),
			 f);
}

static int
forget(struct retention_pass *p, struct fault *f)
{
	p->lists = p->runs = 0;
	if (forget_lists(p, STMT_KEEP_LIST_BEGUN, f) ||
	    forget_lists(p, STMT_KEEP_LIST, f) ||
	    (!p->stopped && forget_runs(p, f)))
		return -1;
	return note(p, f);
}

int
retention_sweep(struct db *db, pause_fn *pause, void *arg, struct fault *f)
{
	struct retention_pass p = { .db = db, .pause = pause, .arg = arg };
	struct arena *a = arena_new();
	int64_t *ids = NULL;
	size_t count = 0;
	int rc = rows_ids(db, STMT_KEEP_WORKSPACES, 0, &ids, &count, a, f);

	p.arena = arena_new();
	for (size_t i = 0; !rc && i < count && !p.stopped; i++) {
		p.workspace_id = ids[i];
		rc = forget(&p, f);
		arena_reset(p.arena);
	}
	arena_free(p.arena);
	arena_free(a);
	return rc;
}
