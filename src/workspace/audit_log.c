#include "workspace/audit_log.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "store/db.h"

#define CHUNK 200 /* entries that are looked at in one statement */
#define NO_END INT64_C(253402300799999999) /* 9999-12-31 */

static const struct field fields[] = {
	{ FIELD(audit_entry, id) },	  { FIELD(audit_entry, at) },
	{ FIELD(audit_entry, campaign_id) }, { FIELD(audit_entry, user_id) },
	{ FIELD(audit_entry, actor) },	  { FIELD(audit_entry, behalf) },
	{ FIELD(audit_entry, action) },	  { FIELD(audit_entry, was) },
	{ FIELD(audit_entry, became) },	  { FIELD(audit_entry, campaign) },
};
static const struct record record = RECORD(fields);

/* The range that is read: by which statement, and what that asks for. */
struct audit_way {
	int stmt;
	struct arg arg; /* kind 0: of the whole workspace */
	bool rest;	/* more is asked for than the range tells */
};

/* Entries in the order of reading. */
struct audit_chunk {
	struct audit_entry *entries;
	size_t count, room;
};

static struct audit_way
way_of(const struct audit_query *q)
{
	const struct {
		bool asked;
		struct audit_way way;
	} ways[] = {
		{ q->campaign_id,
		  { STMT_AUDIT_OF_CAMPAIGN, ARG_INT(q->campaign_id), false } },
		{ q->user_id,
		  { STMT_AUDIT_OF_USER, ARG_INT(q->user_id), false } },
		{ q->actor, { STMT_AUDIT_OF_ACTOR, ARG_STR(q->actor), false } },
		{ q->action,
		  { STMT_AUDIT_OF_ACTION, ARG_STR(q->action), false } },
	};
	struct audit_way way = { STMT_AUDIT_ALL, ARG_NULL, false };
	size_t asked = 0;

	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		if (!ways[i].asked)
			continue;
		if (!asked++)
			way = ways[i].way;
	}
	way.rest = asked > 1;
	return way;
}

static bool
is_wanted(const struct audit_query *q, const struct audit_entry *e)
{
	return (!q->user_id || e->user_id == q->user_id) &&
	       (!q->actor || !strcmp(e->actor, q->actor)) &&
	       (!q->action || !strcmp(e->action, q->action));
}

/* Reads the entries past a place into 'c'. */
static int
read_chunk(struct db *db, const struct audit_query *q, struct audit_chunk *c,
	   struct audit_place past, struct arena *a, struct fault *f)
{
	struct audit_way way = way_of(q);
	struct arg args[8];
	size_t n = 0;
	struct rows r;
	int got;

	args[n++] = ARG_INT(q->workspace_id);
	if (way.arg.kind)
		args[n++] = way.arg;
	args[n++] = ARG_TIME(past.at);
	args[n++] = ARG_TIME(past.at);
	args[n++] = ARG_INT(past.id);
	args[n++] = ARG_TIME(q->from);
	args[n++] = ARG_INT(c->room);
	if (db_query(db, &r, way.stmt, args, n, f))
		return -1;
	c->count = 0;
	while ((got = rows_fetch(&r, &record, &c->entries[c->count], a, f)) > 0)
		c->count++;
	return got;
}

/* Where the reading begins: past the place, and before the end of the time. */
static struct audit_place
beginning(const struct audit_query *q)
{
	struct audit_place end = { q->to ? q->to : NO_END, 0 };

	return q->past.at && q->past.at < end.at ? q->past : end;
}

/* Takes the entries that are wanted; returns true when there are more than the
 * page holds. */
static bool
take(const struct audit_query *q, const struct audit_chunk *c, struct audit_page *p)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct audit_entry *e = &c->entries[i];

		if (is_wanted(q, e)) {
			if (p->count == q->limit)
				return true;
			p->entries[p->count++] = *e;
		}
		p->end = (struct audit_place){ e->at, e->id };
	}
	return false;
}

int
audit_read(struct db *db, const struct audit_query *q, struct audit_page *out,
	   struct arena *a, struct fault *f)
{
	struct audit_chunk c = { .room = way_of(q).rest ? CHUNK : q->limit + 1 };
	struct audit_page p = { .end = beginning(q) };
	size_t looked = 0;

	c.entries = ARENA_ARRAY(a, c.room + 1, struct audit_entry);
	p.entries = ARENA_ARRAY(a, q->limit + 1, struct audit_entry);
	do {
		if (read_chunk(db, q, &c, p.end, a, f))
			return -1;
		p.more = take(q, &c, &p);
		looked += c.count;
	} while (!p.more && c.count == c.room && looked < AUDIT_LOOK_MOST);
	p.more = p.more || c.count == c.room;
	*out = p;
	return 0;
}

static const struct field word_fields[] = { { FIELD(audit_word, text) } };
static const struct record word_record = RECORD(word_fields);

/* The statements for the first value of a column, and for the next. */
struct audit_column {
	int first, next;
};

static int
read_words(struct db *db, struct audit_column by, int64_t workspace_id,
	   struct audit_words *out, struct arena *a, struct fault *f)
{
	struct audit_word *list =
		ARENA_ARRAY(a, AUDIT_WORDS_MOST, struct audit_word);
	size_t n = 0;
	int got = 1;

	while (n < AUDIT_WORDS_MOST && got > 0) {
		struct arg args[] = { ARG_INT(workspace_id),
				      ARG_STR(n ? list[n - 1].text : "") };
		struct rows r;

		if (db_query(db, &r, n ? by.next : by.first, args, n ? 2 : 1,
			     f))
			return -1;
		got = rows_fetch(&r, &word_record, &list[n], a, f);
		rows_close(&r);
		n += got > 0;
	}
	*out = (struct audit_words){ list, n };
	return got < 0 ? -1 : 0;
}

int
audit_actors(struct db *db, int64_t workspace_id, struct audit_words *out,
	     struct arena *a, struct fault *f)
{
	const struct audit_column by = { STMT_AUDIT_ACTOR,
					 STMT_AUDIT_ACTOR_NEXT };

	return read_words(db, by, workspace_id, out, a, f);
}

int
audit_actions(struct db *db, int64_t workspace_id, struct audit_words *out,
	      struct arena *a, struct fault *f)
{
	const struct audit_column by = { STMT_AUDIT_ACTION,
					 STMT_AUDIT_ACTION_NEXT };

	return read_words(db, by, workspace_id, out, a, f);
}
