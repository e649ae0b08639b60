/* Turns the rows of a CSV file into the contacts of a list. */
#include "contacts/import.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cpu_pressure.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/text.h"
#include "contacts/import_rows.h"
#include "contacts/import_store.h"
#include "phone/phone.h"
#include "phone/phone_set.h"

#define CHUNK_BYTES (4 << 20)
#define QUIET_ROWS 50000 /* without a contact: progress is noted anyway */
/*
 * The import yields the processors to other work: people wait for pages.  While
 * a chunk is stored, the database itself causes context switches; so one chunk
 * in PROBE, and every chunk under CPU pressure, is read while nothing is
 * stored, to measure the pressure of other work.
 */
#define YIELD_ROWS 32
#define CROWD 4 /* context switches in a chunk that mean CPU pressure */
#define CALM 10 /* chunks without pressure until it counts as over */
#define PROBE 8
#define BLOCK 65536
#define ROWS_MAX INT64_C(5000000)
#define BYTES_MAX INT64_C(1073741824)

struct import {
	int64_t list_id;
	const struct import_hooks *h;
	struct import_counts counts;

	struct arena *arena; /* of the whole import */
	struct import_columns columns;
	bool has_header;
	struct phone_reader *reader;
	struct phone_set *seen;
	struct contact contact; /* of the current row */
	struct rejects_own own;

	struct storer *storer;
	struct import_chunk chunks[2], *filling; /* the other one is stored */
	int64_t given, noted; /* contacts; rows at the last note */
	struct cpu_pressure pressure;
	bool alone;	 /* nothing is stored while this chunk is read */
	int calm, since; /* chunks without pressure; since a probe */
};

static void
look_around(struct import *im)
{
	int64_t others = cpu_pressure_count(&im->pressure);

	if (im->alone)
		im->calm = others < CROWD ? im->calm + 1 : 0;
	im->since = im->alone ? 0 : im->since + 1;
	im->alone = im->calm < CALM || im->since == PROBE - 1;
}

/*
 * Gives the filled chunk to the storer, once that has stored the one before,
 * and goes on with an empty chunk, while or after the filled one is stored.
 */
static int
flush(struct import *im, struct fault *f)
{
	struct import_chunk *full = im->filling;

	if (storer_wait(im->storer, f))
		return -1;
	im->h->take(im->h->arg, &im->counts);
	look_around(im);
	full->crowded = im->calm < CALM;
	storer_give(im->storer, full);
	im->given += (int64_t)full->count;
	im->noted = im->counts.rows;
	im->filling = full == im->chunks ? full + 1 : im->chunks;
	chunk_clear(im->filling, im->given);
	return im->alone ? storer_wait(im->storer, f) : 0;
}

static void
tell(struct import *im, const struct csv_row *row, enum import_fate fate,
     const char *why)
{
	if (im->h->row)
		im->h->row(im->h->arg,
			   rejects_strip(&im->columns.ours, row, &im->own),
			   fate, why);
}

static const char *
text_of(const struct buf *b)
{
	return b->len ? b->data : NULL;
}

static void
add_contact(struct import *im, const struct contact *c, int64_t line)
{
	struct chunk_row row = { .phone = c->phone.digits,
				 .country = c->phone.country,
				 .written = text_of(&c->written),
				 .vars = text_of(&c->vars),
				 .line = line };

	chunk_add(im->filling, im->list_id, &row);
	im->filling->bytes += c->vars.len;
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
		int rc = import_columns_read(&im->columns, row, im->arena, f);

		im->has_header = true;
		tell(im, row, IMPORT_HEADER, NULL);
		return rc;
	}
	if (++im->counts.rows > ROWS_MAX)
		return fault_field(f, "file",
				   "Line %" PRId64
				   ": a file may have at most 5,000,000 rows. "
				   "Split it into smaller files.",
				   row->line);
	take_contact(im, row);
	if (im->counts.rows % YIELD_ROWS == 0)
		cpu_yield();
	if (im->filling->count == CHUNK_ROWS ||
	    im->filling->bytes >= CHUNK_BYTES ||
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
					   "A file may have at most 1 GB. "
					   "Split it into smaller files.");
		if (csv_feed(csv, block, (size_t)got, f) ||
		    (im->h->due(im->h->arg) && flush(im, f)))
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
				   "The file has a header, but no rows.");
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
	struct csv_reader *csv = csv_open(import_wanted, take_row, im);
	int rc = feed(im, csv, f);

	csv_close(csv);
	if (rc || flush(im, f) || storer_wait(im->storer, f))
		return -1;
	return check_result(im, f);
}

static void
begin(struct import *im)
{
	im->arena = arena_new();
	im->chunks[0] = chunk_new();
	im->chunks[1] = chunk_new();
	im->filling = im->chunks;
	im->seen = phone_set_open();
	cpu_pressure_count(&im->pressure); /* starts counting */
}

static void
end(struct import *im)
{
	storer_close(im->storer);
	contact_free(&im->contact);
	chunk_free(&im->chunks[0]);
	chunk_free(&im->chunks[1]);
	phone_set_close(im->seen);
	phone_close(im->reader);
	arena_free(im->arena);
}

int
import_fill(struct db *db, int64_t list_id, const char *country,
	    const struct import_hooks *h, struct fault *f)
{
	struct import im = { .list_id = list_id,
			     .h = h,
			     .contact = CONTACT_INIT,
			     .alone = true,
			     .calm = CALM };
	struct fault stored;
	int rc = -1;

	im.reader = phone_open(country);
	if (!im.reader)
		return fault_set(f, FAULT_CONFLICT,
				 "The workspace's default country, %s, is not "
				 "known.",
				 country);
	im.storer = storer_open(db, list_id, h);
	if (!im.storer) {
		phone_close(im.reader);
		return fault_set(f, FAULT_BUSY,
				 "The server cannot start another thread.");
	}
	begin(&im);
	rc = run(&im, f);
	if (!storer_wait(im.storer, &stored)) {
		h->take(h->arg, &im.counts);
	} else { /* the failure to store came before any later fault */
		*f = stored;
		rc = -1;
	}
	end(&im);
	return rc;
}
