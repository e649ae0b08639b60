/* Lists of bots, carriers, numbers and workspaces. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/fault.h"
#include "ctl/ctl.h"
#include "ctl/table.h"
#include "workspace/catalog.h"

static const char *
number_text(struct ctl *c, int64_t n)
{
	return arena_printf(c->a, "%" PRId64, n);
}

static const char *
yes_no(bool yes)
{
	return yes ? "yes" : "no";
}

static struct ctl_table
table_of(struct ctl *c, const struct ctl_column *columns, size_t count,
	 size_t rows)
{
	return (struct ctl_table){
		.columns = columns,
		.count = count,
		.rows = rows,
		.cells = ARENA_ARRAY(c->a, rows * count + 1, const char *),
	};
}

int
bots_show(struct ctl *c, struct fault *f)
{
	static const struct ctl_column columns[] = { { "id", true },
						     { "name", false },
						     { "target", false } };
	struct ctl_table t;
	struct bot *list;
	struct actor who;
	size_t count;

	if (ctl_actor(c, 0, &who, f) ||
	    bot_list(c->db, who.workspace_id, &list, &count, c->a, f))
		return -1;
	t = table_of(c, columns, ARRAY_LEN(columns), count);
	for (size_t i = 0; i < count; i++) {
		const char **cells = t.cells + i * t.count;

		cells[0] = number_text(c, list[i].id);
		cells[1] = list[i].name;
		cells[2] = list[i].target;
	}
	return ctl_table_print(c, &t);
}

int
carriers_show(struct ctl *c, struct fault *f)
{
	static const struct ctl_column columns[] = {
		{ "id", true },	 { "name", false },    { "address", false },
		{ "cps", true }, { "channels", true }, { "enabled", false },
	};
	struct carrier_row *list;
	struct ctl_table t;
	struct actor who;
	size_t count;

	if (ctl_actor(c, 0, &who, f) ||
	    workspace_carriers(c->db, who.workspace_id, &list, &count, c->a, f))
		return -1;
	t = table_of(c, columns, ARRAY_LEN(columns), count);
	for (size_t i = 0; i < count; i++) {
		const char **cells = t.cells + i * t.count;

		cells[0] = number_text(c, list[i].id);
		cells[1] = list[i].name;
		cells[2] = list[i].address;
		cells[3] = number_text(c, list[i].cps);
		cells[4] = number_text(c, list[i].channels);
		cells[5] = yes_no(list[i].enabled);
	}
	return ctl_table_print(c, &t);
}

int
numbers_show(struct ctl *c, struct fault *f)
{
	static const struct ctl_column columns[] = { { "id", true },
						     { "number", false },
						     { "carrier", false },
						     { "usable", false },
						     { "label", false } };
	struct number *list;
	struct ctl_table t;
	struct actor who;
	size_t count;

	if (ctl_actor(c, 0, &who, f) ||
	    number_list(c->db, who.workspace_id, &list, &count, c->a, f))
		return -1;
	t = table_of(c, columns, ARRAY_LEN(columns), count);
	for (size_t i = 0; i < count; i++) {
		const char **cells = t.cells + i * t.count;

		cells[0] = number_text(c, list[i].id);
		cells[1] = list[i].phone;
		cells[2] = list[i].carrier;
		cells[3] = yes_no(list[i].usable);
		cells[4] = list[i].label;
	}
	return ctl_table_print(c, &t);
}

int
workspaces_show(struct ctl *c, struct fault *f)
{
	static const struct ctl_column columns[] = { { "name", false },
						     { "zone", false },
						     { "country", false },
						     { "held", false } };
	struct workspace *list;
	struct ctl_table t;
	size_t count;

	if (workspace_list(c->db, &list, &count, c->a, f))
		return -1;
	t = table_of(c, columns, ARRAY_LEN(columns), count);
	for (size_t i = 0; i < count; i++) {
		const char **cells = t.cells + i * t.count;

		cells[0] = list[i].name;
		cells[1] = list[i].zone;
		cells[2] = list[i].country;
		cells[3] = yes_no(list[i].held);
	}
	return ctl_table_print(c, &t);
}
