/* Do-not-call lists and the numbers on them. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/fault.h"
#include "base/text.h"
#include "contacts/dnc_import.h"
#include "ctl/ctl.h"
#include "ctl/file_source.h"
#include "ctl/table.h"
#include "workspace/dnc.h"
#include "workspace/workspace_hold.h"

#define SHOWN 1000

static const char *
number_text(struct ctl *c, int64_t n)
{
	return arena_printf(c->a, "%" PRId64, n);
}

static const char *
time_text(struct ctl *c, int64_t us)
{
	char iso[28];

	if (!us)
		return "";
	time_iso(us, iso);
	return arena_printf(c->a, "%.19sZ", iso);
}

/* Finds the list of that name or ID; NULL: the own one. */
static int
find_list(struct ctl *c, const struct actor *who, const char *name,
	  struct dnc_list *out, struct fault *f)
{
	struct dnc_list *all;
	int64_t id = -1;
	size_t count;

	if (!name)
		return dnc_list_load(c->db, who->workspace_id, DNC_OWN_LIST,
				     out, c->a, f);
	if (dnc_lists(c->db, who->workspace_id, &all, &count, c->a, f))
		return -1;
	if (text_int(name, &id))
		id = -1;
	for (size_t i = 0; i < count; i++) {
		if (all[i].id != id &&
		    strcmp(text_fold(c->a, all[i].name), text_fold(c->a, name)))
			continue;
		*out = all[i];
		return 0;
	}
	return fault_set(f, FAULT_ABSENT,
			 "There is no do-not-call list “%.120s”.", name);
}

static int
print_lists(struct ctl *c, const struct dnc_list *list, size_t count)
{
	static const struct ctl_column columns[] = {
		{ "id", true },		  { "name", false },
		{ "kind", false },	  { "numbers", true },
		{ "imported_at", false }, { "max_age", true },
		{ "stale", false },	  { "source", false },
	};
	struct ctl_table t = { .columns = columns,
			       .count = ARRAY_LEN(columns),
			       .rows = count,
			       .cells = ARENA_ARRAY(
				       c->a, count * ARRAY_LEN(columns) + 1,
				       const char *) };

	for (size_t i = 0; i < count; i++) {
		const char **cells = t.cells + i * t.count;
		const struct dnc_list *k = &list[i];

		cells[0] = number_text(c, k->id);
		cells[1] = k->name;
		cells[2] = dnc_kind_words[k->kind];
		cells[3] = number_text(c, k->numbers);
		cells[4] = time_text(c, k->imported_at);
		cells[5] = number_text(c, k->max_age);
		cells[6] = dnc_list_is_stale(k) ? "yes" : "no";
		cells[7] = k->source;
	}
	return ctl_table_print(c, &t);
}

static int
print_entries(struct ctl *c, const struct dnc_entry *list, size_t count)
{
	static const struct ctl_column columns[] = {
		{ "phone", false },  { "list", false },	  { "kind", false },
		{ "barred", false }, { "since", false },  { "until", false },
		{ "by", false },     { "reason", false },
	};
	struct ctl_table t = { .columns = columns,
			       .count = ARRAY_LEN(columns),
			       .rows = count,
			       .cells = ARENA_ARRAY(
				       c->a, count * ARRAY_LEN(columns) + 1,
				       const char *) };

	for (size_t i = 0; i < count; i++) {
		const char **cells = t.cells + i * t.count;
		const struct dnc_entry *e = &list[i];

		cells[0] = e->phone;
		cells[1] = e->list;
		cells[2] = dnc_kind_words[e->kind];
		cells[3] = e->bars ? "yes" : "no";
		cells[4] = time_text(c, e->at);
		cells[5] = time_text(c, e->until);
		cells[6] = e->by;
		cells[7] = e->reason;
	}
	return ctl_table_print(c, &t);
}

int
dnc_show(struct ctl *c, struct fault *f)
{
	const char *after = ctl_option(c, "after");
	struct dnc_from from = { .after = after ? after : "", .most = SHOWN };
	struct dnc_entry *entries;
	struct dnc_list *lists, one;
	struct actor who;
	size_t count;

	if (ctl_actor(c, 0, &who, f))
		return -1;
	if (!c->count)
		return dnc_lists(c->db, who.workspace_id, &lists, &count, c->a,
				 f)
			       ? -1
			       : print_lists(c, lists, count);
	from.workspace_id = who.workspace_id;
	if (find_list(c, &who, c->args[0], &one, f))
		return -1;
	from.list_id = one.id;
	if (dnc_page(c->db, &from, &entries, &count, c->a, f))
		return -1;
	return print_entries(c, entries, count);
}

/* Reads the first argument, and 'until' if it is not NULL, by the workspace. */
static int
read_number(struct ctl *c, const struct actor *who, const char *until,
	    struct dnc_entry *out, struct fault *f)
{
	struct dnc_reader reader;
	int rc;

	*out = (struct dnc_entry){ .reason = "" };
	if (dnc_reader_open(c->db, who->workspace_id, &reader, c->a, f))
		return -1;
	rc = dnc_read_phone(&reader, c->args[0], strlen(c->args[0]), out->phone,
			    f);
	if (!rc && until)
		rc = dnc_read_until(&reader, until, &out->until, c->a, f);
	dnc_reader_close(&reader);
	return rc;
}

int
dnc_find(struct ctl *c, struct fault *f)
{
	struct dnc_entry asked;
	struct dnc_found found;
	struct actor who;

	if (ctl_actor(c, 0, &who, f) || read_number(c, &who, NULL, &asked, f) ||
	    dnc_lookup(c->db, who.workspace_id, asked.phone, &found, c->a, f))
		return -1;
	if (found.count || ctl_option(c, "json"))
		return print_entries(c, found.entries, found.count);
	printf("+%s is on no do-not-call list.\n", asked.phone);
	return CTL_DONE;
}

static int
print_change(struct ctl *c, const char *word, const char *phone,
	     const struct dnc_list *list)
{
	return ctl_print(c,
			 arena_printf(c->a,
				      "{\"phone\":\"%s\",\"list_id\":%" PRId64
				      ",\"result\":\"%s\"}",
				      phone, list->id, word),
			 "+%s: %s (“%s”).", phone, word, list->name);
}

int
dnc_add_number(struct ctl *c, struct fault *f)
{
	static const char *const words[] = { [DNC_ADDED] = "added",
					     [DNC_EXTENDED] = "extended",
					     [DNC_SAME] = "unchanged" };
	const char *reason = ctl_option(c, "reason");
	struct dnc_list list;
	struct dnc_entry e;
	struct actor who;

	if (ctl_actor(c, 0, &who, f) ||
	    find_list(c, &who, ctl_option(c, "list"), &list, f) ||
	    read_number(c, &who, ctl_option(c, "until"), &e, f) ||
	    (reason && dnc_read_reason(reason, &e, c->a, f)) ||
	    dnc_add(c->db, &who, list.id, &e, c->a, f))
		return -1;
	workspace_tell(c->db, c->redis, who.workspace_id);
	list.id = e.list_id;
	return print_change(c, words[e.became], e.phone, &list);
}

int
dnc_remove_number(struct ctl *c, struct fault *f)
{
	struct dnc_list list;
	struct dnc_entry e;
	struct actor who;

	if (ctl_actor(c, 0, &who, f) ||
	    find_list(c, &who, ctl_option(c, "list"), &list, f) ||
	    read_number(c, &who, NULL, &e, f) ||
	    dnc_remove(c->db, &who, list.id, e.phone, c->a, f))
		return -1;
	workspace_tell(c->db, c->redis, who.workspace_id);
	return print_change(c, "removed", e.phone, &list);
}

/* Adds the list of --list with the settings that are given. */
static int
make_list(struct ctl *c, const struct actor *who, struct dnc_list *out,
	  struct fault *f)
{
	const char *const given[][2] = { { "name", ctl_option(c, "list") },
					 { "kind", ctl_option(c, "kind") },
					 { "source", ctl_option(c, "source") },
					 { "max_age",
					   ctl_option(c, "max-age") } };

	*out = (struct dnc_list){ .id = 0 };
	record_defaults(&dnc_list_record, out, c->a);
	for (size_t i = 0; i < ARRAY_LEN(given); i++) {
		if (given[i][1] &&
		    field_set(record_find(&dnc_list_record, given[i][0]), out,
			      given[i][1], c->a, f))
			return -1;
	}
	return dnc_list_add(c->db, who, out, &out->id, c->a, f);
}

static int
open_list(struct ctl *c, const struct actor *who, struct dnc_list *out,
	  struct fault *f)
{
	const char *name = ctl_option(c, "list");

	if (!find_list(c, who, name, out, f))
		return 0;
	if (f->code != FAULT_ABSENT || !ctl_option(c, "kind"))
		return -1;
	return make_list(c, who, out, f);
}

static int
print_import(struct ctl *c, const struct dnc_import *i, int64_t list_id)
{
	if (ctl_option(c, "json"))
		printf("{\"list_id\":%" PRId64 ",\"rows\":%" PRId64
		       ",\"good\":%" PRId64 ",\"added\":%" PRId64
		       ",\"rejected\":%" PRId64 ",\"duplicate\":%" PRId64 "}\n",
		       list_id, i->rows, i->good, i->added, i->rejected,
		       i->duplicate);
	else
		printf("%" PRId64 " row%s: %" PRId64 " new number%s, %" PRId64
		       " rejected, %" PRId64 " duplicate%s.\n",
		       i->rows, text_plural(i->rows), i->added,
		       text_plural(i->added), i->rejected, i->duplicate,
		       text_plural(i->duplicate));
	return CTL_DONE;
}

int
dnc_import(struct ctl *c, struct fault *f)
{
	struct file_source source;
	struct import_hooks hooks;
	struct dnc_order order;
	struct dnc_import done;
	struct dnc_list list = { .id = 0 };
	struct actor who;
	int rc;

	if (ctl_actor(c, 0, &who, f) ||
	    file_source_open(c, c->args[0], &source, f))
		return -1;
	hooks = file_source_hooks(&source);
	rc = open_list(c, &who, &list, f);
	order = (struct dnc_order){ .list_id = list.id,
				    .replaces = ctl_option(c, "replace"),
				    .name = file_source_name(&source),
				    .hooks = &hooks };
	if (!rc)
		rc = dnc_import_run(c->db, &who, &order, &done, c->a, f);
	if (file_source_close(&source) && !rc)
		rc = fault_set(f, FAULT_BROKEN,
			       "The numbers are stored, but the file of "
			       "rejected rows is incomplete.");
	if (rc)
		return -1;
	workspace_tell(c->db, c->redis, who.workspace_id);
	return print_import(c, &done, list.id);
}

static int
write_out(void *unused, const char *p, size_t len)
{
	(void)unused;
	return fwrite(p, 1, len, stdout) == len ? 0 : -1;
}

int
dnc_export(struct ctl *c, struct fault *f)
{
	struct dnc_list list;
	struct actor who;

	if (ctl_actor(c, 0, &who, f) ||
	    find_list(c, &who, c->count ? c->args[0] : NULL, &list, f) ||
	    dnc_write_csv(c->db, who.workspace_id, list.id, write_out, NULL,
			  f) < 0)
		return -1;
	return CTL_DONE;
}
