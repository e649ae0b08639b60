#include "workspace/workspace.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/civil.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/field_json.h"
#include "base/text.h"
#include "base/zone.h"
#include "phone/phone.h"
#include "store/tx.h"
#include "workspace/account.h"
#include "workspace/catalog.h"

/* Numbers whose calls of today go over into another day; the busiest first. */
#define DAYS_MOST 4000

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(workspace, name), .min = 1, .max = 120, .label = "Workspace",
	  .help = "The name that everybody in it sees." },
	{ FIELD(workspace, zone), .min = 1, .max = 64, .shape = SHAPE_ZONE, .def = "UTC",
	  .label = "Time zone",
	  .help = "Pages show times in it; the daily limits of numbers and today’s figures begin at its midnight. Campaigns have a time zone of their own." },
	{ FIELD(workspace, country), .min = 2, .max = 2, .def = "GB",
	  .label = "Default country",
	  .help = "Phone numbers without a country code are read as numbers of this country." },
	{ FIELD(workspace, second_person), .def = "no",
	  .label = "Start by a second person",
	  .help = "The last person to create, change or restart a campaign can neither start nor resume it: somebody else must. The command line can." },
};
static const struct field columns[] = {
	{ FIELD(workspace, id) },
	{ FIELD(workspace, ver) },
	{ FIELD(workspace, name) },
	{ FIELD(workspace, zone) },
	{ FIELD(workspace, country) },
	{ FIELD(workspace, second_person) },
	{ FIELD(workspace, held) },
};
/* clang-format on */

const struct record workspace_record = RECORD(fields);
static const struct record column_record = RECORD(columns);

/* Reads an ISO 3166 code of a country with a numbering plan, in any case; the
 * fault suggests the right code for usual mistakes. */
static int
read_country(const char *text, char out[static 3], struct fault *f)
{
	static const char *const meant[][2] = {
		{ "UK", "GB" }, { "EN", "GB" }, { "EL", "GR" },
		{ "DA", "DK" }, { "JA", "JP" }, { "CS", "CZ" },
	};

	out[2] = '\0';
	for (int i = 0; i < 2; i++)
		out[i] = text[i] >= 'a' && text[i] <= 'z'
				 ? (char)(text[i] - 'a' + 'A')
				 : text[i];
	if (phone_has_country(out))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(meant); i++) {
		if (!strcmp(meant[i][0], out))
			return fault_field(f, "country",
					   "Default country: there is no "
					   "country %s; you may mean %s.",
					   out, meant[i][1]);
	}
	return fault_field(f, "country",
			   "Default country: there is no country %s; it is a "
			   "code of two letters, such as GB.",
			   out);
}

/* Checks what was typed and puts it into its usual spelling. */
static int
check(const struct workspace *typed, struct workspace *out, struct arena *a,
      struct fault *f)
{
	struct workspace w = *typed;
	char *code = arena_alloc(a, 3);

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		if (field_set(&fields[i], &w, field_text(&fields[i], typed, a),
			      a, f))
			return -1;
	}
	if (read_country(w.country, code, f))
		return -1;
	w.country = code;
	*out = w;
	return 0;
}

static int
taken(struct fault *f)
{
	if (f->code != FAULT_CONFLICT)
		return -1;
	fault_field(f, "name", "There is already a workspace with this name.");
	f->code = FAULT_CONFLICT;
	return -1;
}

static int
create(struct db *db, const struct workspace *typed, int64_t *id,
       struct arena *a, struct fault *f)
{
	struct workspace w;

	if (check(typed, &w, a, f))
		return -1;
	if (db_exec(db, NULL, STMT_WORKSPACE_CREATE,
		    ARGS(ARG_STR(w.name), ARG_STR(w.zone), ARG_STR(w.country),
			 ARG_INT(w.second_person)),
		    f))
		return taken(f);
	*id = db_insert_id(db);
	return 0;
}

int
workspace_create(struct db *db, const char *name, const char *zone,
		 const char *country, int64_t *id, struct fault *f)
{
	struct workspace w = { .name = name, .zone = zone, .country = country };
	struct arena *a = arena_new();
	int rc = create(db, &w, id, a, f);

	arena_free(a);
	return rc;
}

int
workspace_find(struct db *db, const char *name, int64_t *id, struct fault *f)
{
	if (!db_int(db, id, STMT_WORKSPACE_FIND, ARGS(ARG_STR(name)), f))
		return 0;
	if (f->code == FAULT_ABSENT)
		fault_set(f, FAULT_ABSENT, "There is no such workspace.");
	return -1;
}

int
workspace_get(struct db *db, int64_t id, struct workspace *out, struct arena *a,
	      struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_WORKSPACE_GET, ARGS(ARG_INT(id)), f))
		return -1;
	got = rows_fetch(&r, &column_record, out, a, f);
	rows_close(&r);
	if (got == 0)
		return fault_set(f, FAULT_ABSENT,
				 "There is no such workspace.");
	return got < 0 ? -1 : 0;
}

int
workspace_list(struct db *db, struct workspace **out, size_t *count,
	       struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_WORKSPACE_LIST,
					       &column_record,
					       sizeof(struct workspace) };
	struct workspace *list = rows_all(db, &kind, NO_ARGS, count, a, f);

	if (list)
		*out = list;
	return list ? 0 : -1;
}

/* --- Adding and changing ------------------------------------------------ */

struct workspace_edit {
	const struct actor *who;
	const struct workspace *w;
	struct arena *arena;
	int64_t id;
};

static int
add_tx(struct db *db, void *arg, struct fault *f)
{
	struct workspace_edit *e = arg;
	struct actor in = *e->who;

	if (create(db, e->w, &e->id, e->arena, f))
		return -1;
	in.workspace_id = e->id;
	return audit_add(db, &in, 0, "add workspace", NULL,
			 record_json(&workspace_record, e->w, e->arena), f);
}

int
workspace_add(struct db *db, const struct actor *who, const struct workspace *w,
	      int64_t *id, struct arena *a, struct fault *f)
{
	struct workspace_edit e = { .who = who, .w = w, .arena = a };

	if (tx_run_marked(db, add_tx, &e, f))
		return -1;
	*id = e.id;
	return 0;
}

/* Today in a zone, in days since 1970-01-01. */
static int64_t
today(const char *name, int64_t now)
{
	struct zone *z = zone_open(name);
	struct civil c;

	zone_civil(z ? z : zone_utc(), now, &c);
	if (z)
		zone_close(z);
	return days_from_civil(c.year, c.month, c.day);
}

/* What counts by days of the old zone: queued calls are planned again, and the
 * calls of its today are at least those of the new one's. */
static int
change_days(struct db *db, const struct workspace *was,
	    const struct workspace *now, int64_t done[2], struct fault *f)
{
	struct arg id = ARG_INT(was->id);
	int64_t us, from, to;

	done[1] = 0;
	if (db_exec(db, &done[0], STMT_WORKSPACE_VOID, ARGS(id), f) ||
	    db_int(db, &us, STMT_WORKSPACE_NOW, NO_ARGS, f))
		return -1;
	from = today(was->zone, us);
	to = today(now->zone, us);
	if (from == to)
		return 0;
	return db_exec(db, &done[1], STMT_NUMBER_DAYS,
		       ARGS(ARG_INT(to), id, ARG_INT(from), ARG_INT(DAYS_MOST)),
		       f);
}

/* The change as JSON, and what another zone has led to. */
static const char *
json_of(const struct workspace *w, const int64_t *done, struct arena *a)
{
	char *text = record_json(&workspace_record, w, a);

	if (!done)
		return text;
	text[strlen(text) - 1] = '\0';
	return arena_printf(a,
			    "%s,\"campaigns_planned_again\":%" PRId64
			    ",\"number_days_carried_over\":%" PRId64 "}",
			    text, done[0], done[1]);
}

static int
change_tx(struct db *db, void *arg, struct fault *f)
{
	const struct workspace_edit *e = arg;
	struct workspace was, now;
	int64_t changed, done[2];
	bool other_zone;

	if (workspace_get(db, e->who->workspace_id, &was, e->arena, f) ||
	    check(e->w, &now, e->arena, f))
		return -1;
	if (now.ver != VER_ANY && now.ver != was.ver)
		return fault_set(f, FAULT_CONFLICT,
				 "Somebody else has changed the workspace "
				 "since you opened it.");
	other_zone = strcmp(was.zone, now.zone) != 0;
	if (!other_zone && !strcmp(was.name, now.name) &&
	    !strcmp(was.country, now.country) &&
	    was.second_person == now.second_person)
		return 0;
	if (db_exec(db, &changed, STMT_WORKSPACE_CHANGE,
		    ARGS(ARG_STR(now.name), ARG_STR(now.zone),
			 ARG_STR(now.country), ARG_INT(now.second_person),
			 ARG_INT(was.id), ARG_INT(was.ver)),
		    f))
		return taken(f);
	if (!changed)
		return fault_set(f, FAULT_CONFLICT,
				 "The workspace has just been changed by "
				 "somebody else. Try again.");
	if (other_zone && change_days(db, &was, &now, done, f))
		return -1;
	return audit_add(db, e->who, 0, "change workspace",
			 json_of(&was, NULL, e->arena),
			 json_of(&now, other_zone ? done : NULL, e->arena), f);
}

int
workspace_change(struct db *db, const struct actor *who,
		 const struct workspace *w, struct arena *a, struct fault *f)
{
	struct workspace_edit e = { .who = who, .w = w, .arena = a };

	if (actor_check(who, ROLE_ADMIN, f))
		return -1;
	return tx_run_marked(db, change_tx, &e, f);
}

/* --- Countries ---------------------------------------------------------- */

static int
by_name(const void *a, const void *b)
{
	const struct country *x = a, *y = b;

	return strcmp(x->name, y->name);
}

struct country *
workspace_countries(size_t *count, struct arena *a)
{
	char codes[PHONE_COUNTRIES_MOST][3];
	size_t n = phone_countries(codes, PHONE_COUNTRIES_MOST);
	struct country *list = ARENA_ARRAY(a, n + 1, struct country);

	for (size_t i = 0; i < n; i++) {
		list[i].code = arena_strdup(a, codes[i]);
		list[i].name = text_search(a, text_country(codes[i], a));
	}
	qsort(list, n, sizeof(*list), by_name);
	/* sorted as they are searched: without case and accents */
	for (size_t i = 0; i < n; i++)
		list[i].name = text_country(list[i].code, a);
	*count = n;
	return list;
}
