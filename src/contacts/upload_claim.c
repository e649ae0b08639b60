/* Uploads on a node: claims those that wait, ends abandoned ones. */
#include <stdio.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/secret.h"
#include "contacts/upload_priv.h"
#include "store/db.h"
#include "store/tx.h"

#define TRIES_MOST 3
#define TOKEN_BITS 62

/* Returns 1 when there is an upload to read, else as upload_claim(). */
static int
find(struct db *db, const char *node, struct upload_job *job, int64_t *tries,
     struct fault *f)
{
	struct arena *a = arena_new();
	struct rows r;
	int got = db_query(db, &r, STMT_UPLOAD_FIND, ARGS(ARG_STR(node)), f);

	if (!got)
		got = rows_next(&r, f);
	if (got > 0) {
		job->id = rows_int(&r, 0);
		job->workspace_id = rows_int(&r, 1);
		*tries = rows_int(&r, 2);
		snprintf(job->file, sizeof(job->file), "%s",
			 rows_str(&r, 3, a));
		rows_close(&r);
	}
	arena_free(a);
	return got;
}

/* Condemns the list of an earlier try.  The new list is created before the
 * upload's row names it. */
static int
claim(struct db *db, void *arg, struct fault *f)
{
	struct upload_job *job = arg;
	int64_t half, changed;

	if (db_int(db, &half, STMT_UPLOAD_HALF_LIST, ARGS(ARG_INT(job->id)), f))
		return -1;
	if (upload_create_list(db, job, f) ||
	    db_exec(db, &changed, STMT_UPLOAD_CLAIM,
		    ARGS(ARG_INT(job->token), ARG_INT(job->list_id),
			 ARG_INT(job->id)),
		    f))
		return -1;
	if (!changed)
		return fault_set(f, FAULT_CONFLICT,
				 "Another reader was faster.");
	return db_exec(db, NULL, STMT_SWEEP_CONDEMN, ARGS(ARG_INT(half)), f);
}

int
upload_claim(struct db *db, const char *node, struct upload_job *job,
	     struct fault *f)
{
	int64_t tries;
	int got;

	while ((got = find(db, node, job, &tries, f)) > 0) {
		job->token = (int64_t)secret_random_bits(TOKEN_BITS);
		if (tries >= TRIES_MOST) {
			if (db_exec(db, NULL, STMT_UPLOAD_GIVE_UP,
				    ARGS(ARG_STR("The server failed three "
						 "times while reading this "
						 "file. Upload it again."),
					 ARG_INT(job->id), ARG_INT(tries)),
				    f))
				return -1;
		} else if (!tx_run_marked(db, claim, job, f)) {
			return 1;
		} else if (f->code != FAULT_CONFLICT &&
			   f->code != FAULT_ABSENT) {
			return -1;
		}
	}
	return got;
}

int
upload_release(struct db *db, const struct upload_job *job, bool counts,
	       struct fault *f)
{
	return db_exec(db, NULL, STMT_UPLOAD_RELEASE,
		       ARGS(ARG_INT(counts ? 0 : 1), ARG_INT(job->id),
			    ARG_INT(job->token), ARG_INT(job->list_id)),
		       f);
}

int
upload_release_node(struct db *db, const char *node, struct fault *f)
{
	return db_exec(db, NULL, STMT_UPLOAD_RELEASE_NODE, ARGS(ARG_STR(node)),
		       f);
}

int
upload_state_of_file(struct db *db, const char *file, unsigned *state,
		     struct fault *f)
{
	int64_t got;

	if (db_int(db, &got, STMT_UPLOAD_STATE_OF_FILE, ARGS(ARG_STR(file)), f))
		return -1;
	*state = (unsigned)got;
	return 0;
}

static int
erase_old(struct db *db, bool *left, struct fault *f)
{
	int64_t id;

	*left = false;
	if (db_int(db, &id, STMT_UPLOAD_OLD, NO_ARGS, f))
		return f->code == FAULT_ABSENT ? 0 : -1;
	if (upload_drop_rejects(db, id, left, f))
		return -1;
	if (*left)
		return 0;
	*left = true;
	return db_exec(db, NULL, STMT_UPLOAD_DROP, ARGS(ARG_INT(id)), f);
}

int
upload_sweep(struct db *db, bool *left, struct fault *f)
{
	if (db_exec(db, NULL, STMT_UPLOAD_SWEEP_COMMAND,
		    ARGS(ARG_STR(UPLOAD_STOOD_STILL)), f) ||
	    db_exec(db, NULL, STMT_UPLOAD_SWEEP_LOST,
		    ARGS(ARG_STR("The server that holds this file has been "
				 "unavailable for a day. Upload it again.")),
		    f))
		return -1;
	return erase_old(db, left, f);
}
