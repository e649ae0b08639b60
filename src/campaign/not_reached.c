#include "campaign/not_reached.h"

#include <inttypes.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/secret.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "campaign/campaign_import.h"
#include "campaign/lifecycle.h"
#include "campaign/repo.h"
#include "contacts/upload_priv.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

/* A transaction writes two rows a contact, at most 5,000. */
#define CONTACTS_AT_ONCE 2400
#define TOKEN_BITS 62

struct ended_run {
	int64_t id, no, rest, ended_at;
};
static const struct field run_fields[] = {
	{ FIELD(ended_run, id) },
	{ FIELD(ended_run, no) },
	{ FIELD(ended_run, rest) },
	{ FIELD(ended_run, ended_at) },
};
static const struct record run_record = RECORD(run_fields);
static const struct rows_kind run_kind = { STMT_NOT_REACHED_RUN, &run_record,
					   sizeof(struct ended_run) };

struct run_segment {
	int64_t seg, upto;
};
static const struct field segment_fields[] = {
	{ FIELD(run_segment, seg) },
	{ FIELD(run_segment, upto) },
};
static const struct record segment_record = RECORD(segment_fields);
static const struct rows_kind segment_kind = { STMT_NOT_REACHED_SEGMENTS,
					       &segment_record,
					       sizeof(struct run_segment) };

struct making {
	const struct actor *who;
	const struct not_reached_order *order;
	struct ended_run run;
	int64_t id;		/* of the new campaign */
	bool there;		/* the same order has made it */
	struct reading reading; /* the copy is recorded as an import is */
	/* the next contacts of the run */
	int64_t seg, after, upto, added;
	struct arena *arena;
};

static int
find_run(struct db *db, struct making *m, struct fault *f)
{
	const struct not_reached_order *o = m->order;
	struct campaign c;
	int got;

	if (campaign_row(db, m->who->workspace_id, o->campaign_id, &c, m->arena,
			 f))
		return -1;
	got = rows_one(db, &run_kind,
		       ARGS(ARG_INT(o->campaign_id),
			    ARG_INT(m->who->workspace_id), ARG_INT(o->run)),
		       &m->run, f);
	if (got < 0)
		return -1;
	if (!got)
		return fault_set(f, FAULT_ABSENT, "There is no such run.");
	if (m->run.rest == REST_OPEN || !m->run.ended_at)
		return fault_set(f, FAULT_CONFLICT,
				 "The run has not ended: it may still reach "
				 "them.");
	return 0;
}

/* The same order has the same id, which nobody can choose. */
static int64_t
id_of(const struct making *m)
{
	const char *text =
		arena_printf(m->arena, "%" PRId64 ":%" PRId64 ":%s",
			     m->who->workspace_id, m->run.id, m->order->once);
	uint8_t digest[DIGEST_LEN];
	int64_t id = 0;

	secret_digest(text, strlen(text), digest);
	memcpy(&id, digest, sizeof(id));
	id &= (INT64_C(1) << CAMPAIGN_ID_BITS) - 1;
	return id ? id : 1;
}

static int
find_made(struct db *db, struct making *m, struct fault *f)
{
	struct campaign c;
	int64_t deleted;

	m->there =
		!campaign_row(db, m->who->workspace_id, m->id, &c, m->arena, f);
	if (m->there)
		return 0;
	if (f->code != FAULT_ABSENT ||
	    db_int(db, &deleted, STMT_NOT_REACHED_DELETED,
		   ARGS(ARG_INT(m->who->workspace_id), ARG_INT(m->id)), f))
		return -1;
	return deleted ? fault_set(f, FAULT_CONFLICT,
				   "The campaign that this page made was "
				   "deleted. Load the page again for another "
				   "one.")
		       : 0;
}

static int
begin(struct db *db, void *arg, struct fault *f)
{
	struct making *m = arg;
	char short_id[11];

	text_short_id((uint64_t)m->order->campaign_id, short_id);
	return reading_begin(
		db, &m->reading, m->who, 0,
		arena_printf(m->arena, "Not reached in run %" PRId64 " of %s",
			     m->run.no, short_id),
		f);
}

static int
copy_some(struct db *db, void *arg, struct fault *f)
{
	struct making *m = arg;
	struct reading *r = &m->reading;
	struct arg list = ARG_INT(r->job.list_id),
		   had = ARG_INT(r->counts.good);
	int64_t grown;

	if (reading_note(db, r, f) ||
	    db_exec(db, &m->added, STMT_NOT_REACHED_COPY,
		    ARGS(list, had, ARG_INT(m->run.id),
			 ARG_INT(m->who->workspace_id), ARG_INT(m->seg),
			 ARG_INT(m->after), ARG_INT(m->upto)),
		    f))
		return -1;
	if (!m->added)
		return 0;
	if (db_exec(db, NULL, STMT_NOT_REACHED_EXTERNAL, ARGS(list, had), f) ||
	    db_exec(db, &grown, STMT_LIST_GROW,
		    ARGS(ARG_INT(m->added), list, had), f))
		return -1;
	return grown ? 0
		     : fault_set(f, FAULT_BROKEN,
				 "The contact list’s count of contacts is "
				 "wrong.");
}

static int
copy_segment(struct db *db, struct making *m, const struct run_segment *s,
	     struct fault *f)
{
	struct import_counts *c = &m->reading.counts;

	m->seg = s->seg;
	for (m->after = 0; m->after < s->upto; m->after = m->upto) {
		m->upto = m->after + CONTACTS_AT_ONCE;
		if (m->upto > s->upto)
			m->upto = s->upto;
		if (tx_run_marked(db, copy_some, m, f))
			return -1;
		c->good += m->added;
		c->rows = c->good;
	}
	return 0;
}

static int
copy_all(struct db *db, struct making *m, struct fault *f)
{
	size_t count;
	const struct run_segment *segments = rows_all(
		db, &segment_kind,
		ARGS(ARG_INT(m->run.id), ARG_INT(m->who->workspace_id)), &count,
		m->arena, f);

	if (!segments)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (copy_segment(db, m, &segments[i], f))
			return -1;
	}
	if (!m->reading.counts.good)
		return fault_set(
			f, FAULT_CONFLICT,
			"There is nobody to call: everybody spoke to the "
			"bot, or must not be called.");
	return 0;
}

/* The draft takes the copy.  Two equal orders follow each other by the row of
 * the campaign that they copy. */
static int
finish(struct db *db, void *arg, struct fault *f)
{
	struct making *m = arg;
	struct reading *r = &m->reading;
	int64_t from = m->order->campaign_id;
	char short_id[11];

	if (campaign_touch(db, m->who->workspace_id, from, f) ||
	    find_made(db, m, f))
		return -1;
	if (m->there)
		return reading_fail(db, r, "Another press was faster.", f);
	text_short_id((uint64_t)from, short_id);
	if (campaign_copy(db, m->who, from, m->id, m->arena, f) ||
	    reading_done(db, r, f) ||
	    campaign_adopt_upload(db, m->who, r->job.id, m->id, f))
		return -1;
	return audit_add(db, m->who, m->id, "clone", NULL,
			 arena_printf(m->arena,
				      "{\"from\":\"%s\",\"run\":%" PRId64
				      ",\"contacts\":%" PRId64 "}",
				      short_id, m->run.no, r->counts.good),
			 f);
}

static int
give_up(struct db *db, void *arg, struct fault *f)
{
	struct making *m = arg;

	return reading_fail(db, &m->reading, "Nothing was made of it.", f);
}

static int
make(struct db *db, struct making *m, struct fault *f)
{
	struct fault ignored;

	if (tx_run_marked(db, begin, m, f))
		return -1;
	if (!copy_all(db, m, f) && !tx_run_marked(db, finish, m, f))
		return 0;
	/* If this fails too, the sweep finds the list: its beat is old. */
	tx_run_marked(db, give_up, m, &ignored);
	return -1;
}

int
campaign_of_not_reached(struct db *db, const struct actor *who,
			const struct not_reached_order *o, int64_t *id,
			struct arena *a, struct fault *f)
{
	struct making m = { .who = who, .order = o, .arena = a };
	int rc;

	if (actor_check(who, campaign_transitions[ACTION_CLONE].role, f) ||
	    find_run(db, &m, f))
		return -1;
	m.id = id_of(&m);
	if (find_made(db, &m, f))
		return -1;
	reading_open(&m.reading, db, NULL);
	m.reading.job.workspace_id = who->workspace_id;
	m.reading.job.token = (int64_t)secret_random_bits(TOKEN_BITS);
	rc = m.there ? 0 : make(db, &m, f);
	reading_close(&m.reading);
	if (rc)
		return -1;
	*id = m.id;
	return 0;
}
