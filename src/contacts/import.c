/* Turns the rows of a CSV file into the contacts of a list. */
#include "contacts/import.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/cpu_pressure.h"
#include "base/fault.h"
#include "contacts/import_feed.h"
#include "contacts/import_rows.h"
#include "contacts/import_store.h"
#include "phone/phone.h"
#include "phone/phone_set.h"

#define CHUNK_BYTES (4 << 20)
#define QUIET_ROWS 50000 /* without a contact: progress is noted anyway */
/*
 * While a chunk is stored, the database itself causes context switches; so one
 * chunk in PROBE, and every chunk under CPU pressure, is read while nothing is
 * stored, to measure the pressure of other work.
 */
#define CROWD 4 /* context switches in a chunk that mean CPU pressure */
#define CALM 10 /* chunks without pressure until it counts as over */
#define PROBE 8

struct import {
	int64_t list_id;
	const struct import_hooks *h;
	struct import_feed feed;
	struct phone_reader *reader;
	struct phone_set *seen;
	struct contact contact; /* of the current row */

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
	im->h->take(im->h->arg, &im->feed.counts);
	look_around(im);
	full->crowded = im->calm < CALM;
	storer_give(im->storer, full);
	im->given += (int64_t)full->count;
	im->noted = im->feed.counts.rows;
	im->filling = full == im->chunks ? full + 1 : im->chunks;
	chunk_clear(im->filling, im->given);
	return im->alone ? storer_wait(im->storer, f) : 0;
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

	if (import_row_read(&im->feed.columns, row, im->reader, c))
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
	struct import_counts *n = &im->feed.counts;

	n->good += is_good;
	n->unknown += fate == IMPORT_UNKNOWN;
	n->rejected += fate == IMPORT_REJECTED;
	n->duplicate += fate == IMPORT_DUPLICATE;
	if (is_good)
		add_contact(im, &im->contact, row->line);
	import_feed_tell(&im->feed, row, fate,
			 im->contact.why.len ? im->contact.why.data : NULL);
}

static int
take_row(void *arg, const struct csv_row *row, struct fault *f)
{
	struct import *im = arg;

	take_contact(im, row);
	if (im->filling->count == CHUNK_ROWS ||
	    im->filling->bytes >= CHUNK_BYTES ||
	    im->feed.counts.rows - im->noted >= QUIET_ROWS)
		return flush(im, f);
	return 0;
}

static int
tick(void *arg, struct fault *f)
{
	struct import *im = arg;

	return im->h->due(im->h->arg) ? flush(im, f) : 0;
}

static int
run(struct import *im, struct fault *f)
{
	if (import_feed(&im->feed, f) || flush(im, f) ||
	    storer_wait(im->storer, f))
		return -1;
	return import_feed_check(&im->feed, f);
}

static void
begin(struct import *im)
{
	im->feed = (struct import_feed){ .h = im->h,
					 .take = take_row,
					 .tick = tick,
					 .arg = im,
					 .arena = arena_new() };
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
	arena_free(im->feed.arena);
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
				 "The workspace’s default country, %s, is not "
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
		h->take(h->arg, &im.feed.counts);
	} else { /* the failure to store came before any later fault */
		*f = stored;
		rc = -1;
	}
	end(&im);
	return rc;
}
