/* The numbers on do-not-call lists. */
#include "workspace/dnc.h"

#include <inttypes.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/text.h"
#include "base/zone.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"
#include "workspace/dnc_priv.h"

#define LOADS_MOST                                                \
	2 /* that a number is written to: a file may be replacing \
	   */
#define DAY_MINUTES 1440

/* In the order of DNC_PLACE. */
struct place {
	const char *country, *zone;
	int64_t now;
};
static const struct field place_fields[] = { { FIELD(place, country) },
					     { FIELD(place, zone) },
					     { FIELD(place, now) } };
static const struct record place_record = RECORD(place_fields);

int
dnc_reader_open(struct db *db, int64_t workspace_id, struct dnc_reader *out,
		struct arena *a, struct fault *f)
{
	struct place place = { .country = "", .zone = "" };
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_DNC_PLACE, ARGS(ARG_INT(workspace_id)), f))
		return -1;
	got = rows_fetch(&r, &place_record, &place, a, f);
	rows_close(&r);
	if (got < 0)
		return -1;
	*out = (struct dnc_reader){ .phones = phone_open(place.country),
				    .now = place.now };
	if (!out->phones)
		return fault_set(f, FAULT_CONFLICT,
				 "The workspace's default country, %s, is not "
				 "known.",
				 place.country);
	out->zone = zone_open(place.zone);
	return 0;
}

void
dnc_reader_close(struct dnc_reader *r)
{
	phone_close(r->phones);
	if (r->zone)
		zone_close(r->zone);
}

int
dnc_read_phone(const struct dnc_reader *r, const char *text, size_t len,
	       char out[static PHONE_TEXT], struct fault *f)
{
	struct phone phone;
	const char *why;

	if (phone_read(r->phones, text, len, &phone, &why))
		return fault_field(f, "phone", "The phone number %s.", why);
	memcpy(out, phone.digits, PHONE_TEXT);
	return 0;
}

int
dnc_read_reason(const char *text, struct dnc_entry *out, struct arena *a,
		struct fault *f)
{
	static const struct field is = { FIELD(dnc_entry, reason),
					 .max = DNC_REASON_CHARS,
					 .label = "The reason" };

	return field_set(&is, out, text, a, f);
}

int
dnc_read_until(const struct dnc_reader *r, const char *text, int64_t *out,
	       struct arena *a, struct fault *f)
{
	const char *s = text_trim(a, text);
	int year, month, day;
	int64_t days, at;

	if (!*s) {
		*out = 0;
		return 0;
	}
	if (!date_parse(s, &days)) {
		civil_from_days(days, &year, &month, &day);
		at = zone_instant(r->zone ? r->zone : zone_utc(), year, month,
				  day, DAY_MINUTES);
	} else if (time_parse_iso(s, &at)) {
		return fault_field(f, "until",
				   "The last day must be a date, such as "
				   "2026-12-24, or empty.");
	}
	if (at <= r->now)
		return fault_field(f, "until",
				   "The last day must not be in the past.");
	*out = at;
	return 0;
}

struct number_change {
	const struct actor *who;
	int64_t list_id;
	const char *phone;
	struct dnc_entry *entry; /* to be added; NULL: to be removed */
	struct arena *arena;
	struct dnc_list list;
	int64_t loads[LOADS_MOST]; /* the present one first */
	size_t count;
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
	c->count = w.replaces ? 2 : 1;
	return 0;
}

/* {"list":"Own list","numbers":1,"reason":"asked","until":"..."}: numbers are not
 * in the audit log, which is kept when a person is erased. */
static const char *
json_of(const struct number_change *c)
{
	struct buf b = BUF_INIT;
	char iso[28];
	const char *text;

	buf_str(&b, "{\"list\":");
	json_str(&b, c->list.name);
	buf_str(&b, ",\"numbers\":1");
	if (c->entry && *c->entry->reason) {
		buf_str(&b, ",\"reason\":");
		json_str(&b, c->entry->reason);
	}
	if (c->entry && c->entry->until) {
		time_iso(c->entry->until, iso);
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

static int
put(struct db *db, struct number_change *c, size_t load, struct fault *f)
{
	const struct dnc_entry *e = c->entry;
	struct arg until = e->until ? ARG_TIME(e->until) : ARG_NULL;
	int64_t changed;

	if (db_exec(db, &changed, STMT_DNC_PUT,
		    ARGS(ARG_INT(c->who->workspace_id), ARG_STR(c->phone),
			 ARG_INT(c->list.id), ARG_INT(c->loads[load]), until,
			 ARG_STR(e->reason), ARG_STR(c->who->name)),
		    f))
		return -1;
	if (!load)
		c->entry->became = changed == 1 ? DNC_ADDED
				   : changed	? DNC_EXTENDED
						: DNC_SAME;
	return changed == 1 ? grow(db, c, load, 1, f) : 0;
}

static int
add_tx(struct db *db, void *arg, struct fault *f)
{
	struct number_change *c = arg;

	if (open_list(db, c, f))
		return -1;
	for (size_t i = 0; i < c->count; i++) {
		if (put(db, c, i, f))
			return -1;
	}
	if (c->entry->became == DNC_SAME)
		return 0;
	return audit_add(db, c->who, 0, "add to do-not-call list", NULL,
			 json_of(c), f);
}

/* A call that is queued is withdrawn at the planner's next look, not when its
 * job has been refused; without this it would not be placed either. */
static void
void_queued(struct db *db, const struct number_change *c)
{
	struct fault ignored;

	db_exec(db, NULL, STMT_DNC_VOID,
		ARGS(ARG_INT(c->who->workspace_id), ARG_STR(c->phone)),
		&ignored);
}

int
dnc_add(struct db *db, const struct actor *who, int64_t list_id,
	struct dnc_entry *e, struct arena *a, struct fault *f)
{
	struct number_change c = { .who = who,
				   .list_id = list_id,
				   .phone = e->phone,
				   .entry = e,
				   .arena = a };

	if (actor_check(who, ROLE_SUPERVISOR, f) ||
	    tx_run_marked(db, add_tx, &c, f))
		return -1;
	e->list_id = c.list.id;
	e->list = c.list.name;
	e->kind = c.list.kind;
	void_queued(db, &c);
	return 0;
}

static int
remove_tx(struct db *db, void *arg, struct fault *f)
{
	struct number_change *c = arg;
	int64_t gone, all = 0;

	if (open_list(db, c, f))
		return -1;
	for (size_t i = 0; i < c->count; i++) {
		if (db_exec(db, &gone, STMT_DNC_DROP,
			    ARGS(ARG_INT(c->who->workspace_id),
				 ARG_STR(c->phone), ARG_INT(c->list.id),
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
	struct number_change c = {
		.who = who, .list_id = list_id, .phone = phone, .arena = a
	};

	if (actor_check(who, ROLE_ADMIN, f))
		return -1;
	return tx_run_marked(db, remove_tx, &c, f);
}

/* In the order of DNC_ENTRY_COLUMNS. */
struct entry_row {
	const char *phone, *reason, *by, *list;
	int64_t at, until, list_id;
	unsigned kind;
	bool bars;
};
/* clang-format off */
static const struct field entry_fields[] = {
	{ FIELD(entry_row, phone) }, { FIELD(entry_row, reason) },
	{ FIELD(entry_row, by) }, { FIELD(entry_row, at) },
	{ FIELD(entry_row, until) }, { FIELD(entry_row, list_id) },
	{ FIELD(entry_row, kind), .words = dnc_kind_words },
	{ FIELD(entry_row, list) }, { FIELD(entry_row, bars) },
};
/* clang-format on */
static const struct record entry_record = RECORD(entry_fields);

static int
read_entries(struct rows *r, struct dnc_entry **out, size_t *count,
	     struct arena *a, struct fault *f)
{
	struct dnc_entry *list = NULL;
	struct entry_row row = { .at = 0 };
	size_t n = 0;
	int got;

	while ((got = rows_fetch(r, &entry_record, &row, a, f)) > 0) {
		list = arena_grow(a, list, n, sizeof(*list));
		list[n] = (struct dnc_entry){ .reason = row.reason,
					      .by = row.by,
					      .at = row.at,
					      .until = row.until,
					      .list_id = row.list_id,
					      .kind = row.kind,
					      .list = row.list,
					      .bars = row.bars };
		memcpy(list[n++].phone, row.phone, strlen(row.phone) + 1);
	}
	if (got < 0)
		return -1;
	*out = list;
	*count = n;
	return 0;
}

int
dnc_lookup(struct db *db, int64_t workspace_id, const char *phone,
	   struct dnc_found *out, struct arena *a, struct fault *f)
{
	struct rows r;

	if (db_query(db, &r, STMT_DNC_LOOKUP,
		     ARGS(ARG_INT(workspace_id), ARG_STR(phone)), f))
		return -1;
	return read_entries(&r, &out->entries, &out->count, a, f);
}

int
dnc_page(struct db *db, const struct dnc_from *from, struct dnc_entry **out,
	 size_t *count, struct arena *a, struct fault *f)
{
	struct rows r;

	if (db_query(db, &r, STMT_DNC_PAGE,
		     ARGS(ARG_INT(from->list_id), ARG_INT(from->workspace_id),
			  ARG_STR(from->after), ARG_INT(from->most)),
		     f))
		return -1;
	return read_entries(&r, out, count, a, f);
}
