/* Adds numbers to do-not-call lists, and removes them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/json.h"
#include "base/text.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"
#include "workspace/dnc_priv.h"

/* That a number is written to: a file may be replacing the list. */
#define LOADS_MOST 2

struct number_change {
	const struct actor *who;
	int64_t list_id;
	struct dnc_entry **entries; /* to be added, sorted, each once */
	const char **phones;	    /* theirs, or the one to be removed */
	size_t count;
	bool adds;
	struct arena *arena;
	struct dnc_list list;
	int64_t loads[LOADS_MOST]; /* the present one first */
	size_t load_count;
	int64_t changed; /* numbers */
};

/* A number that comes while a file replaces its list is for the new list,
 * too. */
static int
open_list(struct db *db, struct number_change *c, struct fault *f)
{
	struct dnc_at_work w;

	if (dnc_list_lock(db, c->who, c->list_id, &c->list, c->arena, f) ||
	    (c->list.kind != DNC_OWN && actor_check(c->who, ROLE_ADMIN, f)) ||
	    dnc_at_work(db, c->list.id, &w, f))
		return -1;
	c->loads[0] = c->list.load_id;
	c->loads[1] = w.id;
	c->load_count = w.replaces ? 2 : 1;
	return 0;
}

/* {"list":"Own list","numbers":1,"reason":"asked","until":"..."}: numbers are
 * not in the audit log, which is kept when a person is erased. */
static const char *
json_of(const struct number_change *c)
{
	const struct dnc_entry *e = c->adds ? c->entries[0] : NULL;
	struct buf b = BUF_INIT;
	char iso[28];
	const char *text;

	buf_str(&b, "{\"list\":");
	json_str(&b, c->list.name);
	buf_printf(&b, ",\"numbers\":%" PRId64, c->changed);
	if (e && *e->reason) {
		buf_str(&b, ",\"reason\":");
		json_str(&b, e->reason);
	}
	if (e && e->until) {
		time_iso(e->until, iso);
		buf_printf(&b, ",\"until\":\"%s\"", iso);
	}
	buf_char(&b, '}');
	text = arena_strdup(c->arena, b.data);
	buf_free(&b);
	return text;
}

/* The rows of a load are counted: of the present one in the list, of the coming
 * one in its import. */
static int
grow(struct db *db, const struct number_change *c, size_t load, int64_t by,
     struct fault *f)
{
	int stmt = load ? STMT_DNC_IMPORT_GROW : STMT_DNC_GROW;
	int64_t id = load ? c->loads[load] : c->list.id;

	return db_exec(
		db, NULL, stmt,
		ARGS(ARG_INT(by), ARG_INT(id), ARG_INT(c->who->workspace_id)),
		f);
}

/* A number that the list has, and until when; 0: for good. */
struct number_there {
	const char *phone;
	int64_t until;
};
static const struct field there_fields[] = {
	{ FIELD(number_there, phone) },
	{ FIELD(number_there, until) },
};
static const struct record there_record = RECORD(there_fields);

static int
compare(const void *one, const void *other)
{
	const struct dnc_entry *const *a = one, *const *b = other;
	int order = strcmp((*a)->phone, (*b)->phone);

	return order ? order : (*a > *b) - (*a < *b);
}

static struct dnc_entry *
find(const struct number_change *c, const char *phone)
{
	size_t low = 0, high = c->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(c->phones[middle], phone);

		if (!order)
			return c->entries[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* What becomes of up to DNC_AT_ONCE numbers from 'from' on. */
static int
decide_some(struct db *db, struct number_change *c, size_t from,
	    struct fault *f)
{
	size_t left = c->count - from;
	size_t n = left < DNC_AT_ONCE ? left : DNC_AT_ONCE;
	size_t places = dnc_places(n), count;
	const struct rows_kind kind = { places == 8    ? STMT_DNC_IN_LOAD_8
					: places == 50 ? STMT_DNC_IN_LOAD_50
						       : STMT_DNC_IN_LOAD_500,
					&there_record,
					sizeof(struct number_there) };
	struct arg *args = ARENA_ARRAY(c->arena, places + 3, struct arg);
	struct number_there *there;

	args[0] = ARG_INT(c->who->workspace_id);
	args[1] = ARG_INT(c->list.id);
	args[2] = ARG_INT(c->loads[0]);
	dnc_number_args(args + 3, c->phones + from, n);
	there = rows_all(db, &kind, args, places + 3, &count, c->arena, f);
	for (size_t i = 0; there && i < count; i++) {
		struct dnc_entry *e = find(c, there[i].phone);

		if (e)
			e->became =
				there[i].until && (!e->until ||
						   e->until > there[i].until)
					? DNC_EXTENDED
					: DNC_SAME;
	}
	return there ? 0 : -1;
}

static int
decide(struct db *db, struct number_change *c, struct fault *f)
{
	for (size_t i = 0; i < c->count; i++)
		c->entries[i]->became = DNC_ADDED;
	for (size_t from = 0; from < c->count; from += DNC_AT_ONCE)
		if (decide_some(db, c, from, f))
			return -1;
	c->changed = 0;
	for (size_t i = 0; i < c->count; i++)
		c->changed += c->entries[i]->became != DNC_SAME;
	return 0;
}

enum { COLUMNS = 7 };

static int
put_all(struct db *db, struct number_change *c, size_t load, struct fault *f)
{
	struct arg *args =
		ARENA_ARRAY(c->arena, c->count * COLUMNS, struct arg);
	struct arg *at = args;
	int64_t fresh;

	for (size_t i = 0; i < c->count; i++) {
		const struct dnc_entry *e = c->entries[i];

		*at++ = ARG_INT(c->who->workspace_id);
		*at++ = ARG_STR(e->phone);
		*at++ = ARG_INT(c->list.id);
		*at++ = ARG_INT(c->loads[load]);
		*at++ = e->until ? ARG_TIME(e->until) : ARG_NULL;
		*at++ = ARG_STR(e->reason);
		*at++ = ARG_STR(c->who->name);
	}
	if (db_bulk(db, &fresh, STMT_DNC_PUT_NEW, args, COLUMNS, c->count, f))
		return -1;
	if (fresh < (int64_t)c->count &&
	    db_bulk(db, NULL, STMT_DNC_PUT, args, COLUMNS, c->count, f))
		return -1;
	return fresh ? grow(db, c, load, fresh, f) : 0;
}

static int
add_tx(struct db *db, void *arg, struct fault *f)
{
	struct number_change *c = arg;

	if (open_list(db, c, f) || decide(db, c, f))
		return -1;
	for (size_t i = 0; i < c->load_count; i++) {
		if (put_all(db, c, i, f))
			return -1;
	}
	if (!c->changed)
		return 0;
	return audit_add(db, c->who, 0, "add to do-not-call list", NULL,
			 json_of(c), f);
}

static int
void_tx(struct db *db, void *arg, struct fault *f)
{
	const struct number_change *c = arg;
	struct arg *args = ARENA_ARRAY(c->arena, c->count * 2, struct arg);

	for (size_t i = 0; i < c->count; i++) {
		args[2 * i] = ARG_INT(c->who->workspace_id);
		args[2 * i + 1] = ARG_STR(c->phones[i]);
	}
	return db_bulk(db, NULL, STMT_DNC_VOID, args, 2, c->count, f);
}

/* Sorts the entries, and leaves repeated ones out, which change nothing. */
static void
sort(struct number_change *c, const struct dnc_batch *b)
{
	struct dnc_entry **all =
		ARENA_ARRAY(c->arena, b->count, struct dnc_entry *);

	c->entries = all;
	c->phones = ARENA_ARRAY(c->arena, b->count, const char *);
	for (size_t i = 0; i < b->count; i++)
		all[i] = &b->entries[i];
	qsort(all, b->count, sizeof(all[0]), compare);
	for (size_t i = 0; i < b->count; i++) {
		all[i]->became = DNC_SAME;
		if (c->count && !strcmp(c->phones[c->count - 1], all[i]->phone))
			continue;
		c->phones[c->count] = all[i]->phone;
		all[c->count++] = all[i];
	}
}

int
dnc_add_many(struct db *db, const struct actor *who, int64_t list_id,
	     const struct dnc_batch *b, struct arena *a, struct fault *f)
{
	struct number_change c = {
		.who = who, .list_id = list_id, .adds = true, .arena = a
	};
	struct fault ignored;

	if (actor_check(who, ROLE_SUPERVISOR, f))
		return -1;
	if (!b->count || b->count > DNC_MANY)
		return fault_set(f, FAULT_INVALID,
				 "1 to %s numbers are added at once, not %s.",
				 text_thousands(a, DNC_MANY),
				 text_thousands(a, (int64_t)b->count));
	sort(&c, b);
	if (tx_run_marked(db, add_tx, &c, f))
		return -1;
	for (size_t i = 0; i < b->count; i++) {
		b->entries[i].list_id = c.list.id;
		b->entries[i].list = c.list.name;
		b->entries[i].kind = c.list.kind;
	}
	/* A call that is queued is withdrawn at the planner's next look, not
	 * when its job has been refused; without this it would not be placed
	 * either. */
	tx_run(db, void_tx, &c, NULL, &ignored);
	return 0;
}

int
dnc_add(struct db *db, const struct actor *who, int64_t list_id,
	struct dnc_entry *e, struct arena *a, struct fault *f)
{
	return dnc_add_many(db, who, list_id,
			    &(struct dnc_batch){ .entries = e, .count = 1 }, a,
			    f);
}

static int
remove_tx(struct db *db, void *arg, struct fault *f)
{
	struct number_change *c = arg;
	int64_t gone, all = 0;

	if (open_list(db, c, f))
		return -1;
	for (size_t i = 0; i < c->load_count; i++) {
		if (db_exec(db, &gone, STMT_DNC_DROP,
			    ARGS(ARG_INT(c->who->workspace_id),
				 ARG_STR(c->phones[0]), ARG_INT(c->list.id),
				 ARG_INT(c->loads[i])),
			    f) ||
		    (gone && grow(db, c, i, -1, f)))
			return -1;
		all += gone;
	}
	if (!all)
		return fault_set(f, FAULT_ABSENT,
				 "The number is not on the list “%s”.",
				 c->list.name);
	return audit_add(db, c->who, 0, "remove from do-not-call list",
			 json_of(c), NULL, f);
}

int
dnc_remove(struct db *db, const struct actor *who, int64_t list_id,
	   const char *phone, struct arena *a, struct fault *f)
{
	struct number_change c = { .who = who,
				   .list_id = list_id,
				   .phones = &phone,
				   .count = 1,
				   .changed = 1,
				   .arena = a };

	if (actor_check(who, ROLE_ADMIN, f))
		return -1;
	return tx_run_marked(db, remove_tx, &c, f);
}
