/* The rows of a CSV file become the contacts of a list. */
#include "domain/import.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/crowd.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/secret.h"
#include "base/text.h"
#include "domain/import_rows.h"
#include "domain/phone.h"
#include "domain/phone_set.h"
#include "domain/stmt.h"
#include "store/db.h"
#include "store/tx.h"

#define CHUNK_ROWS 5000 /* cluster rule 15 */
#define CHUNK_BYTES (4 << 20)
#define QUIET_ROWS 50000 /* without one to store: then it is noted alone */
/* Gives way to whoever else wants the processors: people wait for pages. */
#define YIELD_ROWS 32
#define CROWD 5	      /* switches in a chunk that tell of others */
#define PIECE_ROWS 50 /* a statement then: less than 1 ms of the database */
#define COLUMNS 7
#define BLOCK 65536
#define ROWS_MAX INT64_C(5000000)
#define BYTES_MAX INT64_C(1073741824)

struct import {
	struct db *db;
	int64_t list_id;
	const struct import_hooks *h;
	struct import_counts counts;

	struct arena *arena; /* of the whole import */
	struct import_columns columns;
	bool has_header;
	struct phone_reader *reader;
	struct phone_set *seen;
	struct contact contact; /* of the row that is read */

	struct arena *chunk; /* text of the rows that wait */
	struct arg *args;
	size_t waiting, bytes;
	int64_t stored, noted; /* contacts; rows when last noted */
	struct crowd crowd;
	bool crowded; /* in the chunk before */
};

/* In one statement, or in short ones that let others run between them. */
static int
add_contacts(struct db *db, const struct import *im, struct fault *f)
{
	size_t most = im->crowded ? PIECE_ROWS : CHUNK_ROWS;

	for (size_t at = 0, n; at < im->waiting; at += n) {
		n = im->waiting - at < most ? im->waiting - at : most;
		if (db_bulk(db, NULL, STMT_LIST_ADD_CONTACT,
			    im->args + at * COLUMNS, COLUMNS, n, f))
			return -1;
		crowd_yield();
	}
	return 0;
}

static int
store_chunk(struct db *db, void *arg, struct fault *f)
{
	struct import *im = arg;
	int64_t grown;

	if (im->h->note(im->h->arg, db, &im->counts, f))
		return -1;
	if (!im->waiting)
		return 0;
	if (db_exec(db, &grown, STMT_LIST_GROW,
		    ARGS(ARG_INT(im->waiting), ARG_INT(im->list_id),
			 ARG_INT(im->stored)),
		    f))
		return -1;
	if (!grown)
		return fault_set(f, FAULT_BROKEN,
				 "The contact list has lost count.");
	return add_contacts(db, im, f);
}

static int
flush(struct import *im, struct fault *f)
{
	uint8_t mark[MARK_LEN];

	secret_random(mark, sizeof(mark));
	im->crowded = crowd_count(&im->crowd) >= CROWD;
	if (tx_run(im->db, store_chunk, im, &(struct tx_opts){ .mark = mark },
		   f))
		return -1;
	if (im->h->stored)
		im->h->stored(im->h->arg);
	im->stored += (int64_t)im->waiting;
	im->noted = im->counts.rows;
	im->waiting = im->bytes = 0;
	arena_reset(im->chunk);
	return 0;
}

static void
tell(const struct import *im, const struct csv_row *row, enum import_fate fate,
     const char *why)
{
	if (im->h->row)
		im->h->row(im->h->arg, row, fate, why);
}

static const char *
keep(struct import *im, const struct buf *b)
{
	return b->len ? arena_memdup(im->chunk, b->data, b->len) : NULL;
}

static void
add_contact(struct import *im, const struct contact *c, int64_t line)
{
	struct arg *args = im->args + im->waiting++ * COLUMNS;

	args[0] = ARG_INT(im->list_id);
	args[1] = ARG_INT(im->stored + (int64_t)im->waiting);
	args[2] = ARG_STR(arena_strdup(im->chunk, c->phone.digits));
	args[3] = ARG_STR(arena_strdup(im->chunk, c->phone.country));
	args[4] = ARG_STR(keep(im, &c->written));
	args[5] = ARG_STR(keep(im, &c->vars));
	args[6] = ARG_INT(line);
	im->bytes += c->vars.len;
}

static enum import_fate
fate_of(struct import *im, const struct csv_row *row)
{
	struct contact *c = &im->contact;

	if (import_row_read(&im->columns, row, im->reader, c))
		return IMPORT_REJECTED;
	if (!phone_set_add(im->seen, c->phone.digits))
		return IMPORT_DUPLICATE;
	return c->phone.is_unknown ? IMPORT_UNKNOWN : IMPORT_GOOD;
}

static void
take_contact(struct import *im, const struct csv_row *row)
{
	enum import_fate fate = fate_of(im, row);
	bool is_good = fate == IMPORT_GOOD || fate == IMPORT_UNKNOWN;

	im->counts.good += is_good;
	im->counts.unknown += fate == IMPORT_UNKNOWN;
	im->counts.rejected += fate == IMPORT_REJECTED;
	im->counts.duplicate += fate == IMPORT_DUPLICATE;
	if (is_good)
		add_contact(im, &im->contact, row->line);
	tell(im, row, fate, im->contact.why.len ? im->contact.why.data : NULL);
}

static int
take_row(const struct csv_row *row, void *arg, struct fault *f)
{
	struct import *im = arg;

	if (!im->has_header) {
		im->has_header = true;
		tell(im, row, IMPORT_HEADER, NULL);
		return import_columns_read(&im->columns, row, im->arena, f);
	}
	if (++im->counts.rows > ROWS_MAX)
		return fault_field(f, "file",
				   "Line %" PRId64 ": a file has at most "
				   "5,000,000 rows. Split it.",
				   row->line);
	take_contact(im, row);
	if (im->counts.rows % YIELD_ROWS == 0)
		crowd_yield();
	if (im->waiting == CHUNK_ROWS || im->bytes >= CHUNK_BYTES ||
	    im->counts.rows - im->noted >= QUIET_ROWS)
		return flush(im, f);
	return 0;
}

static int
feed(struct import *im, struct csv_reader *csv, struct fault *f)
{
	char *block = arena_alloc(im->arena, BLOCK);
	int64_t got;

	while ((got = im->h->read(im->h->arg, block, BLOCK, f)) > 0) {
		im->counts.bytes += got;
		if (im->counts.bytes > BYTES_MAX)
			return fault_field(f, "file",
					   "A file has at most 1 GB. Split "
					   "it.");
		if (csv_feed(csv, block, (size_t)got, f))
			return -1;
	}
	if (got < 0 || csv_end(csv, f))
		return -1;
	return 0;
}

static int
check_result(const struct import *im, struct fault *f)
{
	if (!im->has_header)
		return fault_field(f, "file", "The file is empty.");
	if (!im->counts.rows)
		return fault_field(f, "file",
				   "The file has a header, but no row.");
	if (!im->counts.good)
		return fault_field(
			f, "file",
			"No row has a valid phone number: all "
			"%s were rejected.",
			text_thousands(im->arena, im->counts.rejected));
	return 0;
}

static int
run(struct import *im, struct fault *f)
{
	struct csv_reader *csv = csv_open(take_row, im);
	int rc = feed(im, csv, f);

	csv_close(csv);
	if (rc || flush(im, f))
		return -1;
	return check_result(im, f);
}

int
import_fill(struct db *db, int64_t list_id, const char *country,
	    const struct import_hooks *h, struct import_counts *out,
	    struct fault *f)
{
	struct import im = {
		.db = db, .list_id = list_id, .h = h, .contact = CONTACT_INIT
	};
	int rc = -1;

	im.reader = phone_open(country);
	if (!im.reader)
		return fault_set(f, FAULT_CONFLICT,
				 "The workspace's default country, %s, is not "
				 "known.",
				 country);
	im.arena = arena_new();
	im.chunk = arena_new();
	im.seen = phone_set_open();
	im.args = xcalloc(CHUNK_ROWS * COLUMNS, sizeof(*im.args));
	rc = run(&im, f);
	*out = im.counts;
	contact_free(&im.contact);
	free(im.args);
	phone_set_close(im.seen);
	phone_close(im.reader);
	arena_free(im.chunk);
	arena_free(im.arena);
	return rc;
}
