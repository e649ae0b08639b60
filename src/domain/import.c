/* A CSV file becomes the contact list of a draft, or nothing does. */
#include "domain/import.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/secret.h"
#include "base/text.h"
#include "domain/account.h"
#include "domain/campaign.h"
#include "domain/campaign_repo.h"
#include "domain/import_rows.h"
#include "domain/lifecycle.h"
#include "domain/phone.h"
#include "domain/phone_set.h"
#include "domain/stmt.h"
#include "store/db.h"
#include "store/tx.h"

#define CHUNK_ROWS 5000 /* cluster rule 15 */
#define CHUNK_BYTES (4 << 20)
#define COLUMNS 5
#define BLOCK 65536
#define ROWS_MAX INT64_C(5000000)
#define BYTES_MAX INT64_C(1073741824)
#define SEGMENT 1 /* 0 is the own list */
#define PRIORITY 1

struct import {
	struct db *db;
	const struct actor *who;
	int64_t campaign_id, list_id;
	import_reject_fn *reject;
	void *reject_arg;
	struct import_result result;

	struct arena *arena; /* of the whole import */
	struct import_columns columns;
	bool has_header;
	struct phone_reader *reader;
	struct phone_set *seen;
	struct buf vars, why;

	struct arena *chunk; /* text of the rows that wait */
	struct arg *args;
	size_t waiting, bytes;
	int64_t stored;
};

/* Why the gate did not open. */
static int
refuse_campaign(struct db *db, const struct import *im, struct fault *f)
{
	struct campaign c;

	if (campaign_row(db, im->who->workspace_id, im->campaign_id, &c,
			 im->arena, f))
		return -1;
	return fault_set(f, FAULT_CONFLICT,
			 "Only a draft that never ran takes another contact "
			 "list; this campaign %s.",
			 c.runs ? "has been started before" : "is not one");
}

static int
check_alone(struct db *db, const struct import *im, struct fault *f)
{
	int64_t done;

	if (db_exec(db, NULL, STMT_IMPORT_CLEAR, ARGS(ARG_INT(im->campaign_id)),
		    f))
		return -1;
	if (!db_int(db, &done, STMT_IMPORT_AT_WORK,
		    ARGS(ARG_INT(im->campaign_id)), f))
		return fault_set(f, FAULT_CONFLICT,
				 "Another import into this campaign is at "
				 "work: %s rows so far.",
				 text_thousands(im->arena, done));
	return f->code == FAULT_ABSENT ? 0 : -1;
}

/* The campaign's row is written first: Start writes it too. */
static int
pass_gate(struct db *db, const struct import *im, struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, STMT_IMPORT_GATE,
		    ARGS(ARG_INT(im->campaign_id),
			 ARG_INT(im->who->workspace_id)),
		    f))
		return -1;
	return changed ? 0 : refuse_campaign(db, im, f);
}

static int
begin(struct db *db, void *arg, struct fault *f)
{
	struct import *im = arg;
	int64_t list;

	if (pass_gate(db, im, f) || check_alone(db, im, f) ||
	    db_exec(db, NULL, STMT_LIST_CREATE,
		    ARGS(ARG_INT(im->who->workspace_id)), f))
		return -1;
	list = db_insert_id(db);
	if (db_exec(db, NULL, STMT_LIST_ADD_PART, ARGS(ARG_INT(list)), f))
		return -1;
	im->list_id = list;
	return db_exec(db, NULL, STMT_IMPORT_BEGIN,
		       ARGS(ARG_INT(im->campaign_id), ARG_INT(list)), f);
}

/* Also tells that we live: Start asks, and the sweep. */
static int
store_chunk(struct db *db, void *arg, struct fault *f)
{
	struct import *im = arg;
	struct arg campaign = ARG_INT(im->campaign_id);
	struct arg list = ARG_INT(im->list_id);
	int64_t changed, grown;

	if (db_exec(db, &changed, STMT_IMPORT_BEAT,
		    ARGS(ARG_INT(im->stored + (int64_t)im->waiting), campaign,
			 list),
		    f))
		return -1;
	if (!changed)
		return fault_set(f, FAULT_CONFLICT,
				 "The import stood still for more than a "
				 "minute and was given up.");
	if (db_exec(db, &grown, STMT_LIST_GROW,
		    ARGS(ARG_INT(im->waiting), list, ARG_INT(im->stored)), f))
		return -1;
	if (!grown)
		return fault_set(f, FAULT_BROKEN,
				 "The contact list has lost count.");
	return db_bulk(db, NULL, STMT_LIST_ADD_CONTACT, im->args, COLUMNS,
		       im->waiting, f);
}

static int
run_marked(struct import *im, tx_fn *fn, struct fault *f)
{
	uint8_t mark[MARK_LEN];

	secret_random(mark, sizeof(mark));
	return tx_run(im->db, fn, im, &(struct tx_opts){ .mark = mark }, f);
}

static int
flush(struct import *im, struct fault *f)
{
	if (!im->waiting)
		return 0;
	if (run_marked(im, store_chunk, f))
		return -1;
	im->stored += (int64_t)im->waiting;
	im->waiting = im->bytes = 0;
	arena_reset(im->chunk);
	return 0;
}

static int
add_contact(struct import *im, const char *phone, int64_t line, struct fault *f)
{
	struct arg *args = im->args + im->waiting * COLUMNS;
	const char *vars = NULL;

	if (im->vars.len)
		vars = arena_memdup(im->chunk, im->vars.data, im->vars.len);
	args[0] = ARG_INT(im->list_id);
	args[1] = ARG_INT(im->stored + (int64_t)im->waiting + 1);
	args[2] = ARG_STR(arena_strdup(im->chunk, phone));
	args[3] = ARG_STR(vars);
	args[4] = ARG_INT(line);
	im->bytes += im->vars.len;
	if (++im->waiting == CHUNK_ROWS || im->bytes >= CHUNK_BYTES)
		return flush(im, f);
	return 0;
}

static int
take_header(struct import *im, const struct csv_row *row, struct fault *f)
{
	im->has_header = true;
	if (im->reject)
		im->reject(row, NULL, im->reject_arg);
	return import_columns_read(&im->columns, row, im->arena, f);
}

static int
take_row(const struct csv_row *row, void *arg, struct fault *f)
{
	struct import *im = arg;
	char phone[PHONE_TEXT];

	if (!im->has_header)
		return take_header(im, row, f);
	if (++im->result.rows > ROWS_MAX)
		return fault_field(f, "file",
				   "Line %" PRId64 ": a file has at most "
				   "5,000,000 rows. Split it.",
				   row->line);
	if (import_row_read(&im->columns, row, im->reader, phone, &im->vars,
			    &im->why)) {
		im->result.rejected++;
		if (im->reject)
			im->reject(row, im->why.data, im->reject_arg);
		return 0;
	}
	if (!phone_set_add(im->seen, phone)) {
		im->result.duplicate++;
		return 0;
	}
	im->result.good++;
	return add_contact(im, phone, row->line, f);
}

static int
feed(struct import *im, struct csv_reader *csv, import_read_fn *read,
     void *read_arg, struct fault *f)
{
	char *block = arena_alloc(im->arena, BLOCK);
	int64_t got, total = 0;

	while ((got = read(read_arg, block, BLOCK, f)) > 0) {
		total += got;
		if (total > BYTES_MAX)
			return fault_field(f, "file",
					   "A file has at most 1 GB. Split "
					   "it.");
		if (csv_feed(csv, block, (size_t)got, f))
			return -1;
	}
	if (got < 0 || csv_end(csv, f))
		return -1;
	return flush(im, f);
}

static int
check_result(const struct import *im, struct fault *f)
{
	if (!im->has_header)
		return fault_field(f, "file", "The file is empty.");
	if (!im->result.rows)
		return fault_field(f, "file",
				   "The file has a header, but no row.");
	if (!im->result.good)
		return fault_field(
			f, "file",
			"No row has a valid phone number: all "
			"%s were rejected.",
			text_thousands(im->arena, im->result.rejected));
	return 0;
}

/* Puts the list in the place of what was uploaded before. */
static int
swap(struct db *db, void *arg, struct fault *f)
{
	struct import *im = arg;
	struct arg campaign = ARG_INT(im->campaign_id);
	struct list_use fresh = { .list_id = im->list_id, .segments = 1 };
	struct list_use *old;
	struct campaign c;
	size_t count;
	int64_t changed;

	if (pass_gate(db, im, f) ||
	    campaign_row(db, im->who->workspace_id, im->campaign_id, &c,
			 im->arena, f) ||
	    segment_lists(db, c.id, c.own_list, &old, &count, im->arena, f) ||
	    lists_unref(db, old, count, f) || lists_ref(db, &fresh, 1, f) ||
	    db_exec(db, NULL, STMT_SEGMENT_DELETE,
		    ARGS(campaign, ARG_INT(c.own_list)), f) ||
	    db_exec(db, NULL, STMT_SEGMENT_ADD,
		    ARGS(campaign, ARG_INT(SEGMENT), ARG_INT(im->list_id),
			 ARG_INT(im->stored), ARG_INT(PRIORITY)),
		    f) ||
	    db_exec(db, &changed, STMT_IMPORT_END,
		    ARGS(campaign, ARG_INT(im->list_id)), f))
		return -1;
	if (!changed)
		return fault_set(f, FAULT_CONFLICT,
				 "The import stood still for more than a "
				 "minute and was given up.");
	return audit_add(db, im->who, c.id, "import", NULL,
			 arena_printf(im->arena,
				      "{\"contacts\":%" PRId64
				      ",\"rejected\":%" PRId64
				      ",\"duplicate\":%" PRId64 "}",
				      im->result.good, im->result.rejected,
				      im->result.duplicate),
			 f);
}

static int
condemn(struct db *db, void *arg, struct fault *f)
{
	struct import *im = arg;

	if (db_exec(db, NULL, STMT_SWEEP_CONDEMN, ARGS(ARG_INT(im->list_id)),
		    f))
		return -1;
	return db_exec(db, NULL, STMT_SWEEP_IMPORT, ARGS(ARG_INT(im->list_id)),
		       f);
}

static int
run(struct import *im, import_read_fn *read, void *read_arg, struct fault *f)
{
	struct csv_reader *csv = csv_open(take_row, im);
	struct fault ignored;
	int rc = feed(im, csv, read, read_arg, f);

	csv_close(csv);
	if (!rc && !check_result(im, f) && !run_marked(im, swap, f))
		return 0;
	/* If this fails too, the sweep finds the list by its dead beat. */
	tx_run(im->db, condemn, im, NULL, &ignored);
	return -1;
}

static int
open_reader(struct import *im, struct fault *f)
{
	const char *country = "GB";
	struct rows r;
	int got;

	if (db_query(im->db, &r, STMT_WORKSPACE_COUNTRY,
		     ARGS(ARG_INT(im->who->workspace_id)), f))
		return -1;
	got = rows_next(&r, f);
	if (got > 0)
		country = rows_str(&r, 0, im->arena);
	rows_close(&r);
	if (got < 0)
		return -1;
	im->reader = phone_open(country);
	if (!im->reader)
		return fault_set(f, FAULT_CONFLICT,
				 "The workspace's default country, %s, is not "
				 "known.",
				 country);
	return 0;
}

int
import_csv(struct db *db, const struct actor *who, int64_t campaign_id,
	   import_read_fn *read, void *read_arg, import_reject_fn *reject,
	   void *reject_arg, struct import_result *out, struct fault *f)
{
	struct import im = { .db = db,
			     .who = who,
			     .campaign_id = campaign_id,
			     .reject = reject,
			     .reject_arg = reject_arg,
			     .vars = BUF_INIT,
			     .why = BUF_INIT };
	int rc = -1;

	if (actor_check(who, campaign_transitions[ACTION_EDIT].role, f))
		return -1;
	im.arena = arena_new();
	im.chunk = arena_new();
	im.seen = phone_set_open();
	im.args = xcalloc(CHUNK_ROWS * COLUMNS, sizeof(*im.args));
	if (!open_reader(&im, f) && !run_marked(&im, begin, f))
		rc = run(&im, read, read_arg, f);
	if (!rc) {
		*out = im.result;
		out->list_id = im.list_id;
	}
	buf_free(&im.vars);
	buf_free(&im.why);
	free(im.args);
	phone_set_close(im.seen);
	phone_close(im.reader);
	arena_free(im.chunk);
	arena_free(im.arena);
	return rc;
}
