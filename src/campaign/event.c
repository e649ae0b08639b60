#include "campaign/event.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"

enum { EVENT_COLUMNS = 10 };

const char *const event_kind_words[] = { "attempt.ringing",
					 "attempt.answered",
					 "attempt.joined",
					 "attempt.finished",
					 "contact.final",
					 "campaign.status",
					 NULL };

const char *
event_kind_word(enum event_kind kind)
{
	return kind < EVENT_CHOICES ? event_kind_words[kind] : "webhook.test";
}

static const struct field want_fields[] = {
	{ FIELD(event_want, workspace_id) },
	{ FIELD(event_want, kinds) },
};
static const struct record want_record = RECORD(want_fields);
static const struct rows_kind wants = { STMT_EVENT_WANTS, &want_record,
					sizeof(struct event_want) };

int
event_wants_read(struct db *db, struct event_wants *out, struct arena *a,
		 struct fault *f)
{
	out->list = rows_all(db, &wants, NO_ARGS, &out->count, a, f);
	return out->list ? 0 : -1;
}

unsigned
event_wants_of(const struct event_wants *w, int64_t workspace_id)
{
	for (size_t i = 0; w && i < w->count; i++)
		if (w->list[i].workspace_id == workspace_id)
			return (unsigned)w->list[i].kinds;
	return 0;
}

/* Takes 'n' numbers if the workspace wants one of these kinds; *first 0: it
 * does not. */
static int
take(struct db *db, int64_t workspace_id, unsigned kinds, size_t n,
     int64_t *first, struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, STMT_EVENT_TAKE,
		    ARGS(ARG_INT(n), ARG_INT(workspace_id), ARG_INT(kinds)), f))
		return -1;
	*first = changed ? db_insert_id(db) : 0;
	return 0;
}

static struct arg *
event_row(const struct event *e, int64_t seq, struct arg *at)
{
	*at++ = ARG_INT(e->workspace_id);
	*at++ = ARG_INT(seq);
	*at++ = ARG_INT(e->kind);
	*at++ = ARG_INT(e->campaign_id);
	*at++ = ARG_INT(e->run_id);
	*at++ = ARG_INT(e->seg);
	*at++ = ARG_INT(e->ordinal);
	*at++ = ARG_INT(e->attempt);
	*at++ = e->call_id ? ARG_BIN(e->call_id, UUID_LEN) : ARG_NULL;
	*at++ = ARG_INT(e->state);
	return at;
}

/* Writes those of one workspace, in their order. */
static int
write_own(struct db *db, int64_t workspace_id, const struct event *list,
	  size_t count, struct arg *args, struct fault *f)
{
	struct arg *at = args;
	int64_t first;
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += list[i].workspace_id == workspace_id;
	if (take(db, workspace_id, EVENT_ALL, n, &first, f))
		return -1;
	if (!first)
		return 0;
	for (size_t i = 0; i < count; i++)
		if (list[i].workspace_id == workspace_id)
			at = event_row(&list[i], first++, at);
	return db_bulk(db, NULL, STMT_EVENT_ADD, args, EVENT_COLUMNS, n, f);
}

/* The lowest workspace above 'last'; 0: there is none. */
static int64_t
next_workspace(const struct event *list, size_t count, int64_t last)
{
	int64_t next = 0;

	for (size_t i = 0; i < count; i++) {
		int64_t id = list[i].workspace_id;

		if (id > last && (!next || id < next))
			next = id;
	}
	return next;
}

int
event_write(struct db *db, const struct event *list, size_t count,
	    struct arena *a, struct fault *f)
{
	struct arg *args =
		ARENA_ARRAY(a, count * EVENT_COLUMNS + 1, struct arg);
	int64_t id = 0;

	/* Ascending, as everybody takes them. */
	while ((id = next_workspace(list, count, id)))
		if (write_own(db, id, list, count, args, f))
			return -1;
	return 0;
}

int
event_status(struct db *db, int64_t workspace_id, int64_t campaign_id,
	     struct fault *f)
{
	int64_t seq;

	if (take(db, workspace_id, EVENT_BIT(EVENT_STATUS), 1, &seq, f))
		return -1;
	if (!seq)
		return 0;
	return db_exec(db, NULL, STMT_EVENT_ADD_STATUS,
		       ARGS(ARG_INT(seq), ARG_INT(EVENT_STATUS),
			    ARG_INT(campaign_id), ARG_INT(workspace_id)),
		       f);
}
