#include "campaign/erasure.h"

#include <inttypes.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "phone/phone.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

#define LISTS 100      /* in a transaction */
#define EXCLUSIONS 500 /* in a transaction */

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(erasure, id) }, { FIELD(erasure, workspace_id) },
	{ FIELD(erasure, state) }, { FIELD(erasure, place) },
	{ FIELD(erasure, contacts) }, { FIELD(erasure, attempts) },
	{ FIELD(erasure, exclusions) }, { FIELD(erasure, uploads) },
	{ FIELD(erasure, asked_by) }, { FIELD(erasure, asked_at) },
	{ FIELD(erasure, done_at) }, { FIELD(erasure, phone) },
	{ FIELD(erasure, user_id) },
};
/* clang-format on */
static const struct record record = RECORD(fields);

struct erasure_request {
	const struct actor *who;
	const char *phone;
	int64_t id;
	struct arena *arena;
};

static int
begin(struct db *db, void *arg, struct fault *f)
{
	struct erasure_request *b = arg;
	struct arg workspace = ARG_INT(b->who->workspace_id);
	struct arg user =
		b->who->user_id ? ARG_INT(b->who->user_id) : ARG_NULL;

	if (!db_int(db, &b->id, STMT_ERASE_OPEN,
		    ARGS(workspace, ARG_STR(b->phone)), f))
		return 0;
	if (f->code != FAULT_ABSENT ||
	    db_exec(db, NULL, STMT_ERASE_ADD,
		    ARGS(workspace, ARG_STR(b->phone), ARG_STR(b->who->name),
			 user),
		    f))
		return -1;
	b->id = db_insert_id(db);
	return audit_add(db, b->who, 0, "erase person", NULL,
			 arena_printf(b->arena, "{\"erasure\":%" PRId64 "}",
				      b->id),
			 f);
}

/* Reads the number as an import does, by the workspace's country. */
static int
read_phone(struct db *db, int64_t workspace_id, const char *text,
	   struct phone *out, struct arena *a, struct fault *f)
{
	static const struct field country[] = { { FIELD(workspace, country) } };
	static const struct record country_record = RECORD(country);
	struct workspace w;
	struct phone_reader *reader;
	const char *why = "is not a number";
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_WORKSPACE_COUNTRY,
		     ARGS(ARG_INT(workspace_id)), f))
		return -1;
	got = rows_fetch(&r, &country_record, &w, a, f);
	rows_close(&r);
	if (got <= 0)
		return got < 0 ? -1
			       : fault_set(f, FAULT_ABSENT,
					   "There is no such workspace.");
	reader = phone_open(w.country);
	got = reader ? phone_read(reader, text, strlen(text), out, &why) : -1;
	if (got)
		fault_field(f, "phone", "The phone number %s.", why);
	phone_close(reader);
	return got ? -1 : 0;
}

int
erasure_begin(struct db *db, const struct actor *who, const char *phone,
	      int64_t *id, struct arena *a, struct fault *f)
{
	struct erasure_request b = { .who = who, .arena = a };
	struct phone read;

	if (actor_check(who, ROLE_ADMIN, f) ||
	    read_phone(db, who->workspace_id, phone, &read, a, f))
		return -1;
	b.phone = read.digits;
	if (tx_run_marked(db, begin, &b, f))
		return -1;
	*id = b.id;
	return 0;
}

int
erasure_load(struct db *db, int64_t id, struct erasure *out, struct arena *a,
	     struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_ERASE_LOAD, ARGS(ARG_INT(id)), f))
		return -1;
	*out = (struct erasure){ .id = 0 };
	got = rows_fetch(&r, &record, out, a, f);
	rows_close(&r);
	if (!got)
		return fault_set(f, FAULT_ABSENT, "There is no such erasure.");
	return got < 0 ? -1 : 0;
}

int
erasure_list(struct db *db, int64_t workspace_id, struct erasure **out,
	     size_t *count, struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_ERASE_LIST, &record,
					       sizeof(struct erasure) };
	struct erasure *list = rows_all(
		db, &kind, ARGS(ARG_INT(workspace_id), ARG_INT(ERASURES_MOST)),
		count, a, f);

	if (list)
		*out = list;
	return list ? 0 : -1;
}

int
erasure_work(struct db *db, int64_t after, int64_t **out, size_t *count,
	     struct arena *a, struct fault *f)
{
	return rows_ids(db, STMT_ERASE_WORK, after, out, count, a, f);
}

/* --- the steps ---------------------------------------------------------- */

struct erasing {
	struct erasure e;    /* as it was when the step began */
	struct erasure next; /* how far it comes, and what it found */
	struct arena *arena;
};

static int
move(struct db *db, const struct erasing *s, struct fault *f)
{
	const struct erasure *n = &s->next;
	int64_t changed;

	if (db_exec(db, &changed, STMT_ERASE_MOVE,
		    ARGS(ARG_INT(n->state), ARG_INT(n->place),
			 ARG_INT(n->contacts), ARG_INT(n->attempts),
			 ARG_INT(n->exclusions), ARG_INT(n->uploads),
			 ARG_INT(s->e.id), ARG_INT(s->e.state),
			 ARG_INT(s->e.place)),
		    f))
		return -1;
	return changed == 1 ? 0
			    : fault_set(f, FAULT_CONFLICT,
					"Another program has done this step.");
}

/* Nothing is done before the last call has ended: its attempt has the number. */
static int
wait_for_calls(struct db *db, struct erasing *s, struct fault *f)
{
	int64_t calls;

	if (db_int(db, &calls, STMT_ERASE_CALLS,
		   ARGS(ARG_INT(s->e.workspace_id), ARG_STR(s->e.phone)), f))
		return -1;
	if (calls)
		return 0;
	s->next.state = ERASURE_LISTS;
	return move(db, s, f);
}

/* What a statement finds: lists, campaigns. */
struct erasure_id {
	int64_t id;
};
struct erasure_ids {
	struct erasure_id *list;
	size_t count;
};

/* Runs an array-bound statement that takes an id and the number. */
static int
for_ids(struct db *db, const struct erasing *s, int stmt,
	const struct erasure_ids *ids, int64_t *changed, struct fault *f)
{
	size_t n = ids->count;
	struct arg *args = ARENA_ARRAY(s->arena, 2 * n + 1, struct arg);

	for (size_t i = 0; i < n; i++) {
		args[2 * i] = ARG_INT(ids->list[i].id);
		args[2 * i + 1] = ARG_STR(s->e.phone);
	}
	*changed = 0;
	return n ? db_bulk(db, changed, stmt, args, 2, n, f) : 0;
}

/* Reads what a statement with three arguments finds. */
static int
read_ids(struct db *db, const struct erasing *s, int stmt,
	 const struct arg *args, struct erasure_ids *out, struct fault *f)
{
	static const struct field id_fields[] = { { FIELD(erasure_id, id) } };
	static const struct record id_record = RECORD(id_fields);
	const struct rows_kind kind = { stmt, &id_record,
					sizeof(struct erasure_id) };

	out->list = rows_all(db, &kind, args, 3, &out->count, s->arena, f);
	return out->list ? 0 : -1;
}

static int
erase_in_lists(struct db *db, struct erasing *s, struct fault *f)
{
	const struct arg args[] = { ARG_INT(s->e.workspace_id),
				    ARG_INT(s->e.place), ARG_INT(LISTS) };
	struct erasure_ids ids;
	int64_t reports;

	if (read_ids(db, s, STMT_ERASE_LISTS, args, &ids, f))
		return -1;
	s->next.place = ids.count ? ids.list[ids.count - 1].id : 0;
	s->next.state = ids.count ? ERASURE_LISTS : ERASURE_EXCLUSIONS;
	if (for_ids(db, s, STMT_ERASE_ATTEMPTS, &ids, &s->next.attempts, f) ||
	    for_ids(db, s, STMT_ERASE_REPORTS, &ids, &reports, f) ||
	    for_ids(db, s, STMT_ERASE_CONTACTS, &ids, &s->next.contacts, f))
		return -1;
	return move(db, s, f);
}

static int
erase_exclusions(struct db *db, struct erasing *s, struct fault *f)
{
	const struct arg args[] = { ARG_INT(s->e.workspace_id),
				    ARG_STR(s->e.phone), ARG_INT(EXCLUSIONS) };
	struct erasure_ids ids;

	if (read_ids(db, s, STMT_ERASE_FIND_EXCLUSIONS, args, &ids, f) ||
	    for_ids(db, s, STMT_ERASE_EXCLUSION, &ids, &s->next.exclusions,
		    f) ||
	    erasure_dnc(db, &s->e, &s->next, s->arena, f))
		return -1;
	if (ids.count < EXCLUSIONS) {
		s->next.state = ERASURE_UPLOADS;
		s->next.place = 0;
	}
	return move(db, s, f);
}

/* What is kept of a file: its first rows, and a piece of its rejected ones. */
struct erasure_text {
	int64_t id;
	const char *text;
};

/* Reads the next of them; returns as rows_next(). */
static int
next_text(struct db *db, const struct erasing *s, int stmt,
	  const struct arg *args, struct erasure_text *out, struct fault *f)
{
	static const struct field text_fields[] = {
		{ FIELD(erasure_text, id) },
		{ FIELD(erasure_text, text) },
	};
	static const struct record text_record = RECORD(text_fields);
	struct rows r;
	int got;

	if (db_query(db, &r, stmt, args, 2, f))
		return -1;
	got = rows_fetch(&r, &text_record, out, s->arena, f);
	rows_close(&r);
	return got;
}

/* Takes the rows with the number out of the rejected rows that are kept. */
static int
clean_rejects(struct db *db, struct erasing *s, int64_t upload, bool *found,
	      struct fault *f)
{
	struct erasure_text piece = { .id = 0 };
	int got;

	for (;;) {
		const struct arg args[] = { ARG_INT(upload),
					    ARG_INT(piece.id) };
		const char *kept;
		size_t len, left;

		got = next_text(db, s, STMT_ERASE_READ_REJECTS, args, &piece,
				f);
		if (got <= 0)
			return got;
		len = strlen(piece.text);
		kept = erasure_filter(piece.text, len, s->e.phone, &left,
				      s->arena);
		if (left == len)
			continue;
		*found = true;
		if (db_exec(db, NULL, STMT_ERASE_REJECTS,
			    ARGS(ARG_BIN(kept, left), ARG_INT(upload),
				 ARG_INT(piece.id)),
			    f))
			return -1;
	}
}

/* The first rows of a file are kept for its preview. */
static int
clean_preview(struct db *db, struct erasing *s, int64_t upload,
	      const char *preview, bool *found, struct fault *f)
{
	size_t len = preview ? strlen(preview) : 0, left = len;

	if (len)
		erasure_filter(preview, len, s->e.phone, &left, s->arena);
	if (left == len)
		return 0;
	*found = true;
	return db_exec(db, NULL, STMT_ERASE_PREVIEW,
		       ARGS(ARG_INT(upload), ARG_INT(s->e.workspace_id)), f);
}

/* All is done: the row forgets the number, too. */
static int
finish(struct db *db, struct erasing *s, struct fault *f)
{
	const struct erasure *e = &s->e;
	struct actor dialler = { .workspace_id = e->workspace_id,
				 .name = e->asked_by,
				 .via = "" };

	s->next.state = ERASURE_DONE;
	if (db_exec(db, NULL, STMT_ERASE_DONE, ARGS(ARG_INT(e->id)), f))
		return -1;
	return audit_add(db, &dialler, 0, "person erased", NULL,
			 arena_printf(s->arena,
				      "{\"erasure\":%" PRId64
				      ",\"contacts\":%" PRId64
				      ",\"attempts\":%" PRId64
				      ",\"exclusions\":%" PRId64
				      ",\"uploads\":%" PRId64 "}",
				      e->id, e->contacts, e->attempts,
				      e->exclusions, e->uploads),
			 f);
}

static int
erase_in_uploads(struct db *db, struct erasing *s, struct fault *f)
{
	const struct arg args[] = { ARG_INT(s->e.workspace_id),
				    ARG_INT(s->e.place) };
	struct erasure_text upload;
	bool found = false;
	int got = next_text(db, s, STMT_ERASE_UPLOAD, args, &upload, f);

	if (got <= 0)
		return got < 0 ? -1 : finish(db, s, f);
	s->next.place = upload.id;
	if (clean_preview(db, s, upload.id, upload.text, &found, f) ||
	    clean_rejects(db, s, upload.id, &found, f))
		return -1;
	s->next.uploads = found;
	return move(db, s, f);
}

typedef int erasing_fn(struct db *db, struct erasing *s, struct fault *f);

static erasing_fn *const steps[ERASURE_DONE] = {
	[ERASURE_CALLS] = wait_for_calls,
	[ERASURE_LISTS] = erase_in_lists,
	[ERASURE_EXCLUSIONS] = erase_exclusions,
	[ERASURE_UPLOADS] = erase_in_uploads,
};

static int
do_step(struct db *db, void *arg, struct fault *f)
{
	struct erasing *s = arg;

	s->next = (struct erasure){ .state = s->e.state, .place = s->e.place };
	return steps[s->e.state](db, s, f);
}

int
erasure_step(struct db *db, int64_t id, bool *left, struct arena *a,
	     struct fault *f)
{
	struct erasing s = { .arena = a };

	*left = false;
	if (erasure_load(db, id, &s.e, a, f))
		return -1;
	if (s.e.state >= ERASURE_DONE)
		return 0;
	if (tx_run(db, do_step, &s, NULL, f))
		return f->code == FAULT_CONFLICT ? 0 : -1;
	*left = s.next.state < ERASURE_DONE &&
		!(s.e.state == ERASURE_CALLS && s.next.state == ERASURE_CALLS);
	return 0;
}
