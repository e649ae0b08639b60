#include "workspace/holiday.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/json.h"
#include "base/text.h"
#include "base/civil.h"
#include "workspace/account.h"
#include "app/stmt.h"
#include "store/tx.h"

#define JSON_MOST 60000 /* bytes; audit.became, a TEXT, holds 65,535 */

int
holiday_read(const char *day, const char *name, struct holiday *out,
	     struct arena *a, struct fault *f)
{
	static const struct field is = { FIELD(holiday, name), .min = 1,
					 .max = HOLIDAY_CHARS,
					 .label = "The name" };
	struct holiday h;

	if (date_parse(text_trim(a, day), &h.day) || h.day < 1)
		return fault_field(f, "day",
				   "The day must be a date, such as "
				   "2026-12-24.");
	if (field_set(&is, &h, name, a, f))
		return -1;
	*out = h;
	return 0;
}

int
holiday_list(struct db *db, int64_t workspace_id, struct holiday **out,
	     size_t *count, struct arena *a, struct fault *f)
{
	struct holiday *list = NULL;
	size_t n = 0;
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_HOLIDAY_LIST, ARGS(ARG_INT(workspace_id)), f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		list = arena_grow(a, list, n, sizeof(*list));
		list[n++] = (struct holiday){ .day = rows_int(&r, 0),
					      .name = rows_str(&r, 1, a) };
	}
	if (got < 0)
		return -1;
	*out = list;
	*count = n;
	return 0;
}

const char *
holidays_said(const struct holiday *list, size_t count, struct arena *a)
{
	static const char *const words[] = { "added", "renamed", "unchanged" };
	size_t n[ARRAY_LEN(words)] = { 0 };
	const char *text = "";

	for (size_t i = 0; i < count; i++)
		n[list[i].became]++;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (n[i] && *text)
			text = arena_printf(a, "%s, %zu %s", text, n[i],
					    words[i]);
		else if (n[i])
			text = arena_printf(a, "%zu holiday%s %s", n[i],
					    text_plural(n[i]), words[i]);
	}
	return text;
}

struct holiday_change {
	const struct actor *who;
	struct holiday *list;
	size_t count;
	struct arena *arena;
};

/* {"2026-12-24":"Christmas Eve"}, or {"count":900} when there are many. */
static const char *
json_of(const struct holiday_change *c)
{
	struct buf b = BUF_INIT;
	const char *text;

	buf_char(&b, '{');
	for (size_t i = 0; i < c->count; i++) {
		char day[17];

		date_text(c->list[i].day, day);
		buf_printf(&b, "%s\"%s\":", i ? "," : "", day);
		json_str(&b, c->list[i].name);
	}
	buf_char(&b, '}');
	text = b.len < JSON_MOST
		       ? arena_strdup(c->arena, b.data)
		       : arena_printf(c->arena, "{\"count\":%zu}", c->count);
	buf_free(&b);
	return text;
}

enum { COLUMNS = 3 };

/* Compares each with the existing holidays and sets 'became'. */
static int
compare(struct db *db, const struct holiday_change *c, struct fault *f)
{
	struct holiday *had;
	size_t count;

	if (holiday_list(db, c->who->workspace_id, &had, &count, c->arena, f))
		return -1;
	for (size_t i = 0; i < c->count; i++) {
		struct holiday *h = &c->list[i];

		h->became = HOLIDAY_ADDED;
		for (size_t k = 0; k < count; k++) {
			if (had[k].day == h->day)
				h->became = strcmp(had[k].name, h->name)
						    ? HOLIDAY_RENAMED
						    : HOLIDAY_SAME;
		}
	}
	return 0;
}

static int
put_tx(struct db *db, void *arg, struct fault *f)
{
	const struct holiday_change *c = arg;
	struct arg id = ARG_INT(c->who->workspace_id);
	struct arg *args =
		ARENA_ARRAY(c->arena, c->count * COLUMNS + 1, struct arg);
	int64_t all;

	for (size_t i = 0; i < c->count; i++) {
		args[i * COLUMNS] = id;
		args[i * COLUMNS + 1] = ARG_INT(c->list[i].day);
		args[i * COLUMNS + 2] = ARG_STR(c->list[i].name);
	}
	if (compare(db, c, f))
		return -1;
	if (db_bulk(db, NULL, STMT_HOLIDAY_PUT, args, COLUMNS, c->count, f))
		return -1;
	if (db_int(db, &all, STMT_HOLIDAY_COUNT, ARGS(id), f))
		return -1;
	if (all > HOLIDAYS_MOST)
		return fault_field(f, "day",
				   "A workspace has at most %s holidays.",
				   text_thousands(c->arena, HOLIDAYS_MOST));
	if (db_exec(db, NULL, STMT_HOLIDAY_VOID, ARGS(id), f))
		return -1;
	return audit_add(db, c->who, 0, "add holidays", NULL, json_of(c), f);
}

static int
delete_tx(struct db *db, void *arg, struct fault *f)
{
	const struct holiday_change *c = arg;
	int64_t changed;
	char day[17];

	date_text(c->list->day, day);
	if (db_exec(db, &changed, STMT_HOLIDAY_DELETE,
		    ARGS(ARG_INT(c->who->workspace_id), ARG_INT(c->list->day)),
		    f))
		return -1;
	if (!changed)
		return fault_set(f, FAULT_ABSENT, "%s is not a holiday.", day);
	if (db_exec(db, NULL, STMT_HOLIDAY_VOID,
		    ARGS(ARG_INT(c->who->workspace_id)), f))
		return -1;
	return audit_add(db, c->who, 0, "delete holiday",
			 arena_printf(c->arena, "{\"day\":\"%s\"}", day), NULL,
			 f);
}

static int
change(struct db *db, tx_fn *fn, struct holiday_change *c, struct fault *f)
{
	if (actor_check(c->who, ROLE_ADMIN, f))
		return -1;
	return tx_run_marked(db, fn, c, f);
}

int
holiday_put(struct db *db, const struct actor *who, struct holiday *list,
	    size_t count, struct arena *a, struct fault *f)
{
	struct holiday_change c = {
		.who = who, .list = list, .count = count, .arena = a
	};

	return change(db, put_tx, &c, f);
}

int
holiday_delete(struct db *db, const struct actor *who, int64_t day,
	       struct arena *a, struct fault *f)
{
	struct holiday h = { .day = day };
	struct holiday_change c = {
		.who = who, .list = &h, .count = 1, .arena = a
	};

	return change(db, delete_tx, &c, f);
}
