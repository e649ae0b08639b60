#include "workspace/catalog.h"

#include <inttypes.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/field_json.h"
#include "base/text.h"
#include "store/tx.h"
#include "workspace/account.h"

#define ARGS_MOST 16

/* Every entry begins with int64_t id, ver. */
static int64_t *
id_of(void *entry)
{
	return entry;
}

static int64_t
ver_of(const void *entry)
{
	return ((const int64_t *)entry)[1];
}

static int
absent(const struct catalog_kind *k, struct fault *f)
{
	return fault_set(f, FAULT_ABSENT, "There is no such %s.", k->word);
}

int
catalog_list(struct db *db, const struct catalog_kind *k, int64_t workspace_id,
	     struct catalog_list *list, struct arena *a, struct fault *f)
{
	const struct rows_kind kind = { k->stmt.page, k->columns, k->size };
	struct arg after = ARG_STR(list->after);
	void *rows =
		rows_all(db, &kind,
			 ARGS(ARG_INT(workspace_id), after, after,
			      ARG_INT(list->after_id), ARG_INT(list->most + 1)),
			 &list->count, a, f);

	if (!rows)
		return -1;
	list->rows = rows;
	list->more = (int64_t)list->count > list->most;
	if (list->more)
		list->count--;
	return 0;
}

int
catalog_get(struct db *db, const struct catalog_kind *k, struct catalog_id of,
	    void *out, struct arena *a, struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, k->stmt.get,
		     ARGS(ARG_INT(of.id), ARG_INT(of.workspace_id)), f))
		return -1;
	got = rows_fetch(&r, k->columns, out, a, f);
	rows_close(&r);
	return got == 0 ? absent(k, f) : got < 0 ? -1 : 0;
}

int
catalog_use_count(struct db *db, const struct catalog_kind *k,
		  struct catalog_id of, int64_t *count, struct fault *f)
{
	return db_int(db, count, k->stmt.use_count,
		      ARGS(ARG_INT(of.id), ARG_INT(of.workspace_id),
			   ARG_INT(USES_MOST + 1)),
		      f);
}

struct user_name {
	const char *name;
};

int
catalog_uses(struct db *db, const struct catalog_kind *k, struct catalog_id of,
	     struct catalog_uses *out, struct arena *a, struct fault *f)
{
	static const struct field fields[] = { { FIELD(user_name, name) } };
	static const struct record record = RECORD(fields);
	const struct rows_kind kind = { k->stmt.users, &record,
					sizeof(struct user_name) };
	const char *text = "";
	struct user_name *list;
	int64_t count, more;
	size_t n;

	if (catalog_use_count(db, k, of, &count, f))
		return -1;
	list = rows_all(db, &kind,
			ARGS(ARG_INT(of.id), ARG_INT(of.workspace_id),
			     ARG_INT(USERS_NAMED)),
			&n, a, f);
	if (!list)
		return -1;
	for (size_t i = 0; i < n; i++)
		text = arena_printf(a, "%s%s“%.40s”", text, i ? ", " : "",
				    list[i].name);
	more = count - (int64_t)n;
	if (count > USES_MOST)
		text = arena_printf(a, "%s and more than %" PRId64 " more",
				    text, more - 1);
	else if (more > 0)
		text = arena_printf(a, "%s and %" PRId64 " more", text, more);
	*out = (struct catalog_uses){ count, text };
	return 0;
}

/* --- Adding and changing ------------------------------------------------ */

struct edit {
	const struct actor *who;
	const struct catalog_kind *k;
	void *entry;
	const struct catalog_switch *enable; /* NULL: all that was entered */
	struct arena *arena;
};

/* What is entered, as arguments; returns the next one. */
static struct arg *
entered(const struct edit *e, const void *entry, struct arg *at)
{
	const struct record *r = e->k->entered;

	for (size_t i = 0; i < r->count; i++)
		*at++ = field_arg(&r->fields[i], entry, e->arena);
	return at;
}

/* {"id":4,"name":"Reminder",...}; NULL for none */
static const char *
json_of(const struct edit *e, int64_t id, const void *entry)
{
	if (!entry)
		return NULL;
	return arena_printf(e->arena, "{\"id\":%" PRId64 ",%s", id,
			    record_json(e->k->entered, entry, e->arena) + 1);
}

static int
audit(struct db *db, const struct edit *e, const char *verb, const char *was,
      const char *became, struct fault *f)
{
	return audit_add(db, e->who, 0,
			 arena_printf(e->arena, "%s %s", verb, e->k->word), was,
			 became, f);
}

/* Turns the conflict of a unique key into a fault of its field. */
static int
taken(const struct catalog_kind *k, struct fault *f)
{
	if (f->code == FAULT_CONFLICT && k->taken) {
		fault_field(f, k->key, "%s", k->taken);
		f->code = FAULT_CONFLICT;
	}
	return -1;
}

/* Names are told apart by people; whoever sends a form twice adds it once.  All
 * who name something meet in the workspace's row. */
static int
check_name(struct db *db, const struct edit *e, int64_t id, const void *entry,
	   struct fault *f)
{
	const struct catalog_kind *k = e->k;
	const struct field *fd = record_find(k->entered, k->key);
	struct arg workspace = ARG_INT(e->who->workspace_id);
	int64_t others;

	if (!k->stmt.same)
		return 0;
	if (db_exec(db, NULL, STMT_WORKSPACE_MEET, ARGS(workspace), f) ||
	    db_int(db, &others, k->stmt.same,
		   ARGS(workspace, field_arg(fd, entry, e->arena), ARG_INT(id)),
		   f))
		return -1;
	if (!others)
		return 0;
	fault_field(f, k->key, "There is already a %s with this name.",
		    k->word);
	f->code = FAULT_CONFLICT;
	return -1;
}

static int
check(struct db *db, const struct edit *e, const void *was, void *entry,
      struct fault *f)
{
	int64_t id = was ? *(const int64_t *)was : 0;

	if (record_check(e->k->entered, entry, f) ||
	    e->k->check(db, e->who, was, entry, e->arena, f))
		return -1;
	return check_name(db, e, id, entry, f);
}

static int
add_tx(struct db *db, void *arg, struct fault *f)
{
	struct edit *e = arg;
	const struct catalog_kind *k = e->k;
	void *entry = arena_memdup(e->arena, e->entry, k->size);
	struct arg args[ARGS_MOST], *at = args;

	if (check(db, e, NULL, entry, f))
		return -1;
	*at++ = ARG_INT(e->who->workspace_id);
	at = entered(e, entry, at);
	if (db_exec(db, NULL, k->stmt.add, args, (size_t)(at - args), f))
		return taken(k, f);
	*id_of(entry) = *id_of(e->entry) = db_insert_id(db);
	return audit(db, e, "add", NULL, json_of(e, *id_of(entry), entry), f);
}

/* How far the difference goes: 0: none, 1: of what is only shown, 2: diallers
 * have to know it. */
static int
difference(const struct catalog_kind *k, const void *was, const void *now,
	   struct arena *a)
{
	int most = 0;

	for (size_t i = 0; i < k->entered->count; i++) {
		const struct field *fd = &k->entered->fields[i];

		if (!strcmp(field_text(fd, was, a), field_text(fd, now, a)))
			continue;
		if (strcmp(fd->name, k->quiet) != 0)
			return 2;
		most = 1;
	}
	return most;
}

static int
write_change(struct db *db, const struct edit *e, void *was, const void *now,
	     struct fault *f)
{
	const struct catalog_kind *k = e->k;
	struct arg id = ARG_INT(*id_of(was));
	struct arg workspace = ARG_INT(e->who->workspace_id);
	struct arg args[ARGS_MOST], *at = entered(e, now, args);
	int far = difference(k, was, now, e->arena);
	int64_t changed;

	if (!far)
		return 0;
	*at++ = id;
	*at++ = workspace;
	*at++ = ARG_INT(ver_of(was));
	if (db_exec(db, &changed, k->stmt.change, args, (size_t)(at - args), f))
		return taken(k, f);
	if (!changed)
		return fault_set(f, FAULT_CONFLICT,
				 "The %s has just been changed by somebody "
				 "else. Try again.",
				 k->word);
	if (far > 1 &&
	    db_exec(db, NULL, k->stmt.void_calls, ARGS(workspace, id), f))
		return -1;
	return audit(db, e, "change", json_of(e, *id_of(was), was),
		     json_of(e, *id_of(was), now), f);
}

/* A switch changes one field of what is stored. */
static void
flip(const struct edit *e, void *entry)
{
	const struct field *fd = record_find(e->k->entered, "enabled");

	memcpy((char *)entry + fd->offset, &e->enable->on, sizeof(bool));
}

static int
change_tx(struct db *db, void *arg, struct fault *f)
{
	struct edit *e = arg;
	const struct catalog_kind *k = e->k;
	void *was = arena_alloc(e->arena, k->size), *now;
	struct catalog_id of = {
		e->who->workspace_id,
		e->enable ? e->enable->id : *id_of(e->entry),
	};

	if (catalog_get(db, k, of, was, e->arena, f))
		return -1;
	now = arena_memdup(e->arena, e->enable ? was : e->entry, k->size);
	if (e->enable)
		flip(e, now);
	else if (ver_of(now) != VER_ANY && ver_of(now) != ver_of(was))
		return fault_set(f, FAULT_CONFLICT,
				 "Somebody else has changed the %s since you "
				 "opened it.",
				 k->word);
	if (check(db, e, was, now, f))
		return -1;
	return write_change(db, e, was, now, f);
}

static int
run(struct db *db, tx_fn *fn, struct edit *e, struct fault *f)
{
	if (actor_check(e->who, ROLE_ADMIN, f))
		return -1;
	return tx_run_marked(db, fn, e, f);
}

int
catalog_add(struct db *db, const struct actor *who,
	    const struct catalog_kind *k, void *entry, struct arena *a,
	    struct fault *f)
{
	struct edit e = { .who = who, .k = k, .entry = entry, .arena = a };

	return run(db, add_tx, &e, f);
}

int
catalog_change(struct db *db, const struct actor *who,
	       const struct catalog_kind *k, void *entry, struct arena *a,
	       struct fault *f)
{
	struct edit e = { .who = who, .k = k, .entry = entry, .arena = a };

	return run(db, change_tx, &e, f);
}

int
catalog_enable(struct db *db, const struct actor *who,
	       const struct catalog_kind *k, const struct catalog_switch *s,
	       struct arena *a, struct fault *f)
{
	struct edit e = { .who = who, .k = k, .enable = s, .arena = a };

	return run(db, change_tx, &e, f);
}

/* --- Removing ----------------------------------------------------------- */

struct removing {
	struct edit e;
	const struct catalog_removal *r;
};

static int
refuse_used(struct db *db, const struct removing *m, struct catalog_id of,
	    struct fault *f)
{
	const struct catalog_kind *k = m->e.k;
	struct catalog_uses uses;

	if (catalog_uses(db, k, of, &uses, m->e.arena, f))
		return -1;
	return fault_set(f, FAULT_CONFLICT, "The %s is used by the %s%s %s.",
			 k->word, k->user, text_plural(uses.count), uses.names);
}

/* Takes it out of drafts that never ran, if asked; then nothing may use it. */
static int
release(struct db *db, struct removing *m, int64_t *drafts, struct fault *f)
{
	const struct catalog_kind *k = m->e.k;
	struct catalog_id of = { m->e.who->workspace_id, m->r->id };
	struct arg args[] = { ARG_INT(of.id), ARG_INT(of.workspace_id),
			      ARG_INT(REMOVED_MOST) };
	int64_t count;

	*drafts = 0;
	if (m->r->from_drafts && k->stmt.leave_drafts &&
	    db_exec(db, drafts, k->stmt.leave_drafts, args, ARRAY_LEN(args), f))
		return -1;
	if (catalog_use_count(db, k, of, &count, f))
		return -1;
	if (count)
		return refuse_used(db, m, of, f);
	if (!k->stmt.calls)
		return 0;
	if (db_int(db, &count, k->stmt.calls,
		   ARGS(ARG_INT(of.id), ARG_INT(of.workspace_id)), f))
		return -1;
	return !count ? 0
		      : fault_set(f, FAULT_CONFLICT,
				  "The %s has calls in progress. Wait until "
				  "they have ended.",
				  k->word);
}

static int
remove_tx(struct db *db, void *arg, struct fault *f)
{
	struct removing *m = arg;
	const struct catalog_kind *k = m->e.k;
	void *was = arena_alloc(m->e.arena, k->size);
	struct catalog_id of = { m->e.who->workspace_id, m->r->id };
	struct arg args[] = { ARG_INT(of.id), ARG_INT(of.workspace_id) };
	const char *became = NULL;
	int64_t changed, drafts;

	/* Written first, so that whoever makes use of it meets it here. */
	if (db_exec(db, &changed, k->stmt.touch, args, ARRAY_LEN(args), f))
		return -1;
	if (!changed)
		return absent(k, f);
	if (catalog_get(db, k, of, was, m->e.arena, f) ||
	    release(db, m, &drafts, f) ||
	    db_exec(db, NULL, k->stmt.remove, args, ARRAY_LEN(args), f) ||
	    (k->stmt.forget && db_exec(db, NULL, k->stmt.forget, args, 1, f)))
		return -1;
	if (drafts)
		became = arena_printf(m->e.arena,
				      "{\"taken_out_of_drafts\":%" PRId64 "}",
				      drafts);
	return audit(db, &m->e, "remove", json_of(&m->e, of.id, was), became,
		     f);
}

int
catalog_remove(struct db *db, const struct actor *who,
	       const struct catalog_kind *k, const struct catalog_removal *r,
	       struct arena *a, struct fault *f)
{
	struct removing m = { .e = { .who = who, .k = k, .arena = a }, .r = r };

	if (actor_check(who, ROLE_ADMIN, f))
		return -1;
	return tx_run_marked(db, remove_tx, &m, f);
}
