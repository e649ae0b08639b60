/* Do-not-call lists: which there are. */
#include "workspace/dnc.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/text.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"
#include "workspace/dnc_priv.h"

#define OWN_NAME "Own list"
#define AGE_MOST 3650 /* days */
#define SOURCE_CHARS 250

const char *const dnc_kind_words[] = { "own", "national", "litigator", "other",
				       NULL };

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(dnc_list, kind), .words = dnc_kind_words, .def = "national",
	  .label = "Kind" },
	{ FIELD(dnc_list, name), .min = 1, .max = DNC_NAME_CHARS,
	  .label = "The name" },
	{ FIELD(dnc_list, source), .max = SOURCE_CHARS, .def = "",
	  .label = "The source",
	  .help = "Where the list comes from, such as a registry or a supplier." },
	{ FIELD(dnc_list, max_age), .max = AGE_MOST, .def = "0", .unit = "days",
	  .label = "The highest age",
	  .help = "The list must be imported again within this time; 0 means that it never gets too old." },
};
/* In the order of DNC_LIST_COLUMNS. */
static const struct field columns[] = {
	{ FIELD(dnc_list, id) }, { FIELD(dnc_list, kind), .words = dnc_kind_words },
	{ FIELD(dnc_list, name) }, { FIELD(dnc_list, source) },
	{ FIELD(dnc_list, max_age) }, { FIELD(dnc_list, load_id) },
	{ FIELD(dnc_list, numbers) }, { FIELD(dnc_list, imported_at) },
	{ FIELD(dnc_list, created_at) }, { FIELD(dnc_list, created_by) },
	{ FIELD(dnc_list, now) },
};
/* clang-format on */
const struct record dnc_list_record = RECORD(fields);
static const struct record row_record = RECORD(columns);

bool
dnc_list_is_stale(const struct dnc_list *k)
{
	return k->max_age &&
	       (!k->imported_at ||
		k->now - k->imported_at > k->max_age * US_PER_DAY);
}

static const struct dnc_list unused_own = {
	.kind = DNC_OWN, .name = OWN_NAME, .source = "", .created_by = ""
};

int
dnc_lists(struct db *db, int64_t workspace_id, struct dnc_list **out,
	  size_t *count, struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_DNC_LISTS, &row_record,
					       sizeof(struct dnc_list) };
	struct dnc_list *list =
		rows_all(db, &kind, ARGS(ARG_INT(workspace_id)), count, a, f);

	if (!list)
		return -1;
	*out = list;
	if (*count && list->kind == DNC_OWN)
		return 0;
	*out = ARENA_ARRAY(a, *count + 1, struct dnc_list);
	**out = unused_own;
	memcpy(*out + 1, list, *count * sizeof(*list));
	++*count;
	return 0;
}

static int
no_list(struct fault *f)
{
	return fault_set(f, FAULT_ABSENT, "There is no such do-not-call list.");
}

static int
load_by_id(struct db *db, int64_t workspace_id, int64_t id,
	   struct dnc_list *out, struct arena *a, struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_DNC_LIST,
		     ARGS(ARG_INT(id), ARG_INT(workspace_id)), f))
		return -1;
	*out = (struct dnc_list){ .id = 0 };
	got = rows_fetch(&r, &row_record, out, a, f);
	rows_close(&r);
	return got ? -(got < 0) : no_list(f);
}

int
dnc_list_load(struct db *db, int64_t workspace_id, int64_t id,
	      struct dnc_list *out, struct arena *a, struct fault *f)
{
	struct fault why = { .code = FAULT_NONE };

	if (id == DNC_OWN_LIST &&
	    db_int(db, &id, STMT_DNC_OWN, ARGS(ARG_INT(workspace_id)), &why)) {
		*out = unused_own;
		if (why.code == FAULT_ABSENT)
			return 0;
		*f = why;
		return -1;
	}
	return load_by_id(db, workspace_id, id, out, a, f);
}

static struct arg
max_age(const struct dnc_list *k)
{
	return ARG_INT(k->max_age);
}

static int
insert(struct db *db, const struct actor *who, const struct dnc_list *k,
       int64_t *id, struct fault *f)
{
	if (db_exec(db, NULL, STMT_DNC_LIST_ADD,
		    ARGS(ARG_INT(who->workspace_id), ARG_INT(k->kind),
			 ARG_STR(k->name), ARG_STR(k->source), max_age(k),
			 ARG_STR(who->name)),
		    f))
		return -1;
	*id = db_insert_id(db);
	return 0;
}

static int
find_own(struct db *db, const struct actor *who, int64_t *id, struct fault *f)
{
	if (!db_int(db, id, STMT_DNC_OWN, ARGS(ARG_INT(who->workspace_id)), f))
		return 0;
	return f->code == FAULT_ABSENT ? insert(db, who, &unused_own, id, f)
				       : -1;
}

int
dnc_list_lock(struct db *db, const struct actor *who, int64_t id,
	      struct dnc_list *out, struct arena *a, struct fault *f)
{
	int64_t changed;

	if ((id == DNC_OWN_LIST && find_own(db, who, &id, f)) ||
	    db_exec(db, &changed, STMT_DNC_TOUCH,
		    ARGS(ARG_INT(id), ARG_INT(who->workspace_id)), f))
		return -1;
	if (!changed)
		return no_list(f);
	return load_by_id(db, who->workspace_id, id, out, a, f);
}

/* In the order of DNC_IMPORT_AT_WORK. */
static const struct field work_fields[] = { { FIELD(dnc_at_work, id) },
					    { FIELD(dnc_at_work, replaces) },
					    { FIELD(dnc_at_work, rows) },
					    { FIELD(dnc_at_work, lives) } };
static const struct record work_record = RECORD(work_fields);

int
dnc_at_work(struct db *db, int64_t list_id, struct dnc_at_work *out,
	    struct fault *f)
{
	static const struct rows_kind kind = { STMT_DNC_IMPORT_AT_WORK,
					       &work_record,
					       sizeof(struct dnc_at_work) };

	*out = (struct dnc_at_work){ .id = 0 };
	return rows_one(db, &kind, ARGS(ARG_INT(list_id)), out, f) < 0 ? -1 : 0;
}

int
dnc_give_up(struct db *db, const struct actor *who, int64_t list_id,
	    const struct dnc_at_work *w, struct fault *f)
{
	enum { FAILED = 2 };

	if (db_exec(db, NULL, STMT_DNC_IMPORT_END,
		    ARGS(ARG_INT(FAILED), ARG_NULL, ARG_INT(w->id),
			 ARG_INT(who->workspace_id)),
		    f))
		return -1;
	return w->replaces ? db_exec(db, NULL, STMT_DNC_GONE_ADD,
				     ARGS(ARG_INT(list_id), ARG_INT(w->id)), f)
			   : 0;
}

/* One change of a list, for a transaction. */
struct list_change {
	const struct actor *who;
	int64_t id;
	const struct dnc_list *set;
	struct arena *arena;
};

static const char *
json_of(const struct dnc_list *k, struct arena *a)
{
	struct buf b = BUF_INIT;
	const char *text;

	buf_printf(&b, "{\"kind\":\"%s\",\"name\":", dnc_kind_words[k->kind]);
	json_str(&b, k->name);
	buf_str(&b, ",\"source\":");
	json_str(&b, k->source);
	buf_printf(&b, ",\"max_age\":%" PRId64 "}", k->max_age);
	text = arena_strdup(a, b.data);
	buf_free(&b);
	return text;
}

/* The database compares names without regard to case. */
static int
check_name(struct db *db, const struct list_change *c, struct fault *f)
{
	struct dnc_list *all;
	size_t count;

	if (dnc_lists(db, c->who->workspace_id, &all, &count, c->arena, f))
		return -1;
	if (count >= DNC_LISTS_MOST && !c->id)
		return fault_set(f, FAULT_CONFLICT,
				 "A workspace has at most %d do-not-call "
				 "lists.",
				 DNC_LISTS_MOST);
	for (size_t i = 0; i < count; i++) {
		if (all[i].id != c->id &&
		    !strcmp(text_fold(c->arena, all[i].name),
			    text_fold(c->arena, c->set->name)))
			return fault_field(f, "name",
					   "There is a list with this name "
					   "already.");
	}
	return 0;
}

static int
check(const struct dnc_list *set, const struct dnc_list *was, struct fault *f)
{
	bool own = was && was->kind == DNC_OWN;

	if (record_check(&dnc_list_record, set, f))
		return -1;
	if ((set->kind == DNC_OWN) != own)
		return fault_field(f, "kind",
				   own ? "The kind of the own list does not "
					 "change."
				       : "The workspace has its own list "
					 "already: choose another kind.");
	if (!own && !strcasecmp(set->name, OWN_NAME))
		return fault_field(f, "name",
				   "“" OWN_NAME "” is the name of the "
				   "workspace’s own list.");
	return 0;
}

static int
add_tx(struct db *db, void *arg, struct fault *f)
{
	struct list_change *c = arg;

	c->id = 0;
	if (check_name(db, c, f))
		return -1;
	if (insert(db, c->who, c->set, &c->id, f))
		return f->code == FAULT_CONFLICT
			       ? fault_field(f, "name",
					     "There is a list with this name "
					     "already.")
			       : -1;
	return audit_add(db, c->who, 0, "add do-not-call list", NULL,
			 json_of(c->set, c->arena), f);
}

int
dnc_list_add(struct db *db, const struct actor *who, const struct dnc_list *set,
	     int64_t *id, struct arena *a, struct fault *f)
{
	struct list_change c = { .who = who, .set = set, .arena = a };

	if (actor_check(who, ROLE_ADMIN, f) || check(set, NULL, f) ||
	    tx_run_marked(db, add_tx, &c, f))
		return -1;
	*id = c.id;
	return 0;
}

static int
change_tx(struct db *db, void *arg, struct fault *f)
{
	const struct list_change *c = arg;
	struct dnc_list was;

	if (dnc_list_lock(db, c->who, c->id, &was, c->arena, f) ||
	    check(c->set, &was, f) || check_name(db, c, f) ||
	    db_exec(db, NULL, STMT_DNC_LIST_CHANGE,
		    ARGS(ARG_INT(c->set->kind), ARG_STR(c->set->name),
			 ARG_STR(c->set->source), max_age(c->set),
			 ARG_INT(c->id), ARG_INT(c->who->workspace_id)),
		    f))
		return -1;
	return audit_add(db, c->who, 0, "change do-not-call list",
			 json_of(&was, c->arena), json_of(c->set, c->arena), f);
}

int
dnc_list_change(struct db *db, const struct actor *who, int64_t id,
		const struct dnc_list *set, struct arena *a, struct fault *f)
{
	struct list_change c = { .who = who, .id = id, .set = set, .arena = a };

	if (actor_check(who, ROLE_ADMIN, f))
		return -1;
	if (id == DNC_OWN_LIST)
		return no_list(f);
	return tx_run_marked(db, change_tx, &c, f);
}

static int
delete_tx(struct db *db, void *arg, struct fault *f)
{
	const struct list_change *c = arg;
	struct dnc_at_work w;
	struct dnc_list was;

	if (dnc_list_lock(db, c->who, c->id, &was, c->arena, f) ||
	    dnc_at_work(db, c->id, &w, f))
		return -1;
	if (was.kind == DNC_OWN)
		return fault_set(f, FAULT_CONFLICT,
				 "The workspace’s own list cannot be deleted.");
	if ((w.id && dnc_give_up(db, c->who, c->id, &w, f)) ||
	    db_exec(db, NULL, STMT_DNC_GONE_ADD,
		    ARGS(ARG_INT(c->id), ARG_INT(was.load_id)), f) ||
	    db_exec(db, NULL, STMT_DNC_LIST_DELETE,
		    ARGS(ARG_INT(c->id), ARG_INT(c->who->workspace_id)), f))
		return -1;
	return audit_add(db, c->who, 0, "delete do-not-call list",
			 json_of(&was, c->arena), NULL, f);
}

int
dnc_list_delete(struct db *db, const struct actor *who, int64_t id,
		struct arena *a, struct fault *f)
{
	struct list_change c = { .who = who, .id = id, .arena = a };

	if (actor_check(who, ROLE_ADMIN, f))
		return -1;
	if (id == DNC_OWN_LIST)
		return no_list(f);
	return tx_run_marked(db, delete_tx, &c, f);
}
