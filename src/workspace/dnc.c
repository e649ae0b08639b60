/* The numbers on do-not-call lists, as they are read; dnc_change.c writes
 * them. */
#include "workspace/dnc.h"

#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/civil.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/zone.h"
#include "store/db.h"
#include "workspace/dnc_priv.h"

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
				 "The workspace’s default country, %s, is not "
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
	struct dnc_entry *list = arena_grow(a, NULL, 0, sizeof(*list));
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

size_t
dnc_places(size_t n)
{
	if (n <= 8)
		return 8;
	return n <= 50 ? 50 : DNC_AT_ONCE;
}

struct arg *
dnc_number_args(struct arg *at, const char *const *phones, size_t n)
{
	size_t places = dnc_places(n);

	for (size_t i = 0; i < places; i++)
		*at++ = ARG_STR(phones[i < n ? i : n - 1]);
	return at;
}

static int
by_phone(const void *one, const void *other)
{
	const char *const *a = one, *const *b = other;

	return strcmp(*a, *b);
}

/* Sorts the numbers and drops repeated ones; returns how many are left. */
static size_t
sort_phones(const char **phones, size_t n)
{
	size_t left = 0;

	if (n)
		qsort(phones, n, sizeof(*phones), by_phone);
	for (size_t i = 0; i < n; i++)
		if (!left || strcmp(phones[left - 1], phones[i]) != 0)
			phones[left++] = phones[i];
	return left;
}

/* Looks up as many numbers as one statement takes. */
static int
scrub_some(struct db *db, const struct dnc_numbers *q, struct dnc_found *out,
	   struct arena *a, struct fault *f)
{
	size_t places = dnc_places(q->count), count, at = 0;
	int stmt = places == 8	  ? STMT_DNC_SCRUB_8
		   : places == 50 ? STMT_DNC_SCRUB_50
				  : STMT_DNC_SCRUB_500;
	struct arg *args = ARENA_ARRAY(a, places + 1, struct arg);
	struct dnc_entry *all;
	struct rows r;

	args[0] = ARG_INT(q->workspace_id);
	dnc_number_args(args + 1, q->phones, q->count);
	if (db_query(db, &r, stmt, args, places + 1, f) ||
	    read_entries(&r, &all, &count, a, f))
		return -1;
	for (size_t i = 0; i < q->count; i++) {
		out[i] = (struct dnc_found){ .entries = all + at };
		for (; at < count && !strcmp(all[at].phone, q->phones[i]); at++)
			out[i].count++;
	}
	return 0;
}

int
dnc_scrub(struct db *db, const struct dnc_numbers *q, struct dnc_found *out,
	  struct arena *a, struct fault *f)
{
	const char **sorted = ARENA_ARRAY(a, q->count + 1, const char *);
	struct dnc_found *found =
		ARENA_ARRAY(a, q->count + 1, struct dnc_found);
	struct dnc_numbers some = { .workspace_id = q->workspace_id };
	size_t n;

	memcpy(sorted, q->phones, q->count * sizeof(*sorted));
	n = sort_phones(sorted, q->count);
	for (size_t from = 0; from < n; from += DNC_AT_ONCE) {
		some.phones = sorted + from;
		some.count = n - from < DNC_AT_ONCE ? n - from : DNC_AT_ONCE;
		if (scrub_some(db, &some, found + from, a, f))
			return -1;
	}
	for (size_t i = 0; i < q->count; i++) {
		const char **at = bsearch(&q->phones[i], sorted, n,
					  sizeof(*sorted), by_phone);

		out[i] = found[at - sorted];
	}
	return 0;
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
