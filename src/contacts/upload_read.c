/* Reads a file into a new list; the reader's token is the fence. */
#include <stdio.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "contacts/upload_priv.h"
#include "store/db.h"
#include "workspace/account.h"

#define REJECTS_PIECE ((size_t)1 << 20)
#define REJECTS_AT_ONCE 4		/* pieces of 1 MB and more */
#define QUIET_BYTES (INT64_C(16) << 20) /* read without a heartbeat */

static int
read_country(struct db *db, struct upload_job *job, struct fault *f)
{
	struct arena *a = arena_new();
	struct rows r;
	int got = db_query(db, &r, STMT_WORKSPACE_COUNTRY,
			   ARGS(ARG_INT(job->workspace_id)), f);

	if (!got)
		got = rows_next(&r, f);
	if (got > 0) {
		snprintf(job->country, sizeof(job->country), "%s",
			 rows_str(&r, 0, a));
		rows_close(&r);
	}
	arena_free(a);
	return got < 0 ? -1 : 0;
}

int
upload_create_list(struct db *db, struct upload_job *job, struct fault *f)
{
	if (read_country(db, job, f) ||
	    db_exec(db, NULL, STMT_LIST_CREATE,
		    ARGS(ARG_INT(job->workspace_id)), f))
		return -1;
	job->list_id = db_insert_id(db);
	return db_exec(db, NULL, STMT_LIST_ADD_PART,
		       ARGS(ARG_INT(job->list_id)), f);
}

void
reading_open(struct reading *r, struct db *db, const struct import_hooks *given)
{
	*r = (struct reading){
		.db = db,
		.given = given,
		.rows = { .preview = BUF_INIT,
			  .header = BUF_INIT,
			  .rejects = BUF_INIT },
		.rejects = BUF_INIT,
		.arena = arena_new(),
	};
}

int
reading_begin(struct db *db, struct reading *r, const struct actor *who,
	      int64_t campaign_id, const char *name, struct fault *f)
{
	struct upload_job *job = &r->job;

	if (upload_create_list(db, job, f) ||
	    db_exec(db, NULL, STMT_IMPORT_BEGIN,
		    ARGS(ARG_INT(who->workspace_id),
			 campaign_id ? ARG_INT(campaign_id) : ARG_NULL,
			 ARG_INT(job->list_id), ARG_STR(name),
			 ARG_INT(job->token), ARG_STR(who->name),
			 who->user_id ? ARG_INT(who->user_id) : ARG_NULL),
		    f))
		return -1;
	job->id = db_insert_id(db);
	return 0;
}

static int
lost(struct db *db, struct reading *r, struct fault *f)
{
	int64_t state = -1;

	if (db_int(db, &state, STMT_UPLOAD_STATE, ARGS(ARG_INT(r->job.id)),
		   f) &&
	    f->code != FAULT_ABSENT)
		return -1;
	r->lost = true;
	return fault_set(f, FAULT_CONFLICT,
			 state == UPLOAD_CANCELLED ? "The import was cancelled."
						   : UPLOAD_STOOD_STILL);
}

int
reading_note(struct db *db, struct reading *r, struct fault *f)
{
	const struct upload_job *job = &r->job;
	int64_t changed;

	if (db_exec(db, &changed, STMT_UPLOAD_PROGRESS,
		    ARGS(UPLOAD_COUNTS(&r->counts), ARG_STR(r->preview),
			 ARG_INT(job->id), ARG_INT(job->token),
			 ARG_INT(job->list_id)),
		    f))
		return -1;
	if (!changed)
		return lost(db, r, f);
	if (!r->rejects.len)
		return 0;
	return db_exec(db, NULL, STMT_UPLOAD_ADD_REJECTS,
		       ARGS(ARG_INT(job->id), ARG_INT(r->pieces + 1),
			    ARG_BIN(r->rejects.data, r->rejects.len)),
		       f);
}

/* The import hook 'note': the list grows in the same transaction. */
static int
write_chunk_progress(void *arg, struct db *db, struct fault *f)
{
	return reading_note(db, arg, f);
}

/* The import hook 'take': the last note is stored, and what has come since goes
 * into the next one. */
static void
take(void *arg, const struct import_counts *c)
{
	struct reading *r = arg;
	struct buf stored = r->rejects;

	r->pieces += stored.len > 0;
	buf_clear(&stored);
	r->rejects = r->rows.rejects;
	r->rows.rejects = stored;
	arena_reset(r->arena);
	r->preview = r->whole ? NULL : upload_preview(&r->rows, r->arena);
	r->whole = upload_is_shown(&r->rows);
	r->counts = *c;
	r->taken_at = r->read;
}

/*
 * The import hook 'due': rejected rows, however large, must not pile up in
 * memory, and a reader that finds nothing to store for a while still needs its
 * heartbeat.
 */
static bool
is_due(void *arg)
{
	const struct reading *r = arg;

	return r->rows.rejects.len >= REJECTS_PIECE ||
	       r->read - r->taken_at >= QUIET_BYTES;
}

static int64_t
read_more(void *arg, char *out, size_t size, struct fault *f)
{
	struct reading *r = arg;
	int64_t got = r->given->read(r->given->arg, out, size, f);

	if (got > 0)
		r->read += got;
	return got;
}

static void
see_row(void *arg, const struct csv_row *row, enum import_fate fate,
	const char *why)
{
	struct reading *r = arg;

	upload_row(&r->rows, row, fate, why);
	if (r->given->row)
		r->given->row(r->given->arg, row, fate, why);
}

int
reading_fill(struct reading *r, struct fault *f)
{
	struct import_hooks hooks = { .read = read_more,
				      .row = see_row,
				      .take = take,
				      .note = write_chunk_progress,
				      .due = is_due,
				      .arg = r };

	return import_fill(r->db, r->job.list_id, r->job.country, &hooks, f);
}

/* Writes the job's row under its token; fails when another reader has it. */
static int
finish(struct db *db, struct reading *r, int stmt, const struct arg *args,
       size_t count, struct fault *f)
{
	int64_t changed;

	if (reading_note(db, r, f) ||
	    db_exec(db, &changed, stmt, args, count, f))
		return -1;
	return changed ? 0 : lost(db, r, f);
}

int
reading_done(struct db *db, struct reading *r, struct fault *f)
{
	const struct upload_job *job = &r->job;

	return finish(db, r, STMT_UPLOAD_DONE,
		      ARGS(ARG_INT(job->id), ARG_INT(job->token),
			   ARG_INT(job->list_id)),
		      f);
}

int
reading_fail(struct db *db, struct reading *r, const char *problem,
	     struct fault *f)
{
	const struct upload_job *job = &r->job;

	if (finish(db, r, STMT_UPLOAD_FAIL,
		   ARGS(ARG_STR(problem), ARG_INT(job->id), ARG_INT(job->token),
			ARG_INT(job->list_id)),
		   f))
		return -1;
	return db_exec(db, NULL, STMT_SWEEP_CONDEMN,
		       ARGS(ARG_INT(job->list_id)), f);
}

void
reading_close(struct reading *r)
{
	upload_rows_free(&r->rows);
	buf_free(&r->rejects);
	arena_free(r->arena);
}

int
upload_drop_rejects(struct db *db, int64_t id, bool *left, struct fault *f)
{
	int64_t dropped;

	if (db_exec(db, &dropped, STMT_UPLOAD_DROP_REJECTS,
		    ARGS(ARG_INT(id), ARG_INT(REJECTS_AT_ONCE)), f))
		return -1;
	*left = dropped == REJECTS_AT_ONCE;
	return 0;
}

static int
done(struct db *db, void *arg, struct fault *f)
{
	return reading_done(db, arg, f);
}

struct failure {
	struct reading *reading;
	const char *problem;
};

static int
fail(struct db *db, void *arg, struct fault *f)
{
	struct failure *x = arg;

	return reading_fail(db, x->reading, x->problem, f);
}

static int
run(struct reading *r, unsigned *became, struct fault *f)
{
	struct failure failure = { .reading = r };
	struct fault why = { 0 };
	bool left = true;

	while (left)
		if (upload_drop_rejects(r->db, r->job.id, &left, f))
			return -1;
	if (!reading_fill(r, f)) {
		*became = UPLOAD_DONE;
		return tx_run_marked(r->db, done, r, f);
	}
	if (r->lost || (f->code != FAULT_INVALID && f->code != FAULT_CONFLICT))
		return -1;
	why = *f;
	failure.problem = why.text;
	*became = UPLOAD_FAILED;
	return tx_run_marked(r->db, fail, &failure, f);
}

int
upload_read(struct db *db, const struct upload_job *job,
	    int64_t (*read)(void *arg, char *out, size_t size, struct fault *f),
	    void *arg, unsigned *became, struct fault *f)
{
	struct import_hooks given = { .read = read, .arg = arg };
	struct reading r;
	int rc;

	reading_open(&r, db, &given);
	r.job = *job;
	rc = run(&r, became, f);
	if (rc && r.lost) {
		*became = UPLOAD_CANCELLED;
		rc = 0;
	}
	reading_close(&r);
	return rc;
}
