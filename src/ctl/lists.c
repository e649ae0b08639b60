/* The list of workspaces. */
#include "base/arena.h"
#include "base/fault.h"
#include "ctl/ctl.h"
#include "ctl/table.h"

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
