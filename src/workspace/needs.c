#include "workspace/needs.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"
#include "store/db.h"

#define ADMINS_NAMED 3

struct admin_row {
	const char *name, *email;
};

/* clang-format off */
static const struct field need_fields[] = {
	{ FIELD(needs, carrier) },
	{ FIELD(needs, number) },
	{ FIELD(needs, bot) },
};
static const struct field admin_fields[] = {
	{ FIELD(admin_row, name) },
	{ FIELD(admin_row, email) },
};
/* clang-format on */
static const struct record need_record = RECORD(need_fields);
static const struct record admin_record = RECORD(admin_fields);

static int
read_admins(struct db *db, int64_t workspace_id, const char **out,
	    struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_ADMINS, &admin_record,
					       sizeof(struct admin_row) };
	const char *text = "";
	size_t count;
	struct admin_row *all = rows_all(
		db, &kind, ARGS(ARG_INT(workspace_id), ARG_INT(ADMINS_NAMED)),
		&count, a, f);

	if (!all)
		return -1;
	for (size_t i = 0; i < count; i++)
		text = arena_printf(a, "%s%s%s (%s)", text, i ? " or " : "",
				    all[i].name, all[i].email);
	*out = text;
	return 0;
}

int
needs_read(struct db *db, int64_t workspace_id, struct needs *out,
	   struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_NEEDS, &need_record, 0 };
	struct arg w = ARG_INT(workspace_id);
	struct needs n = { .admins = "" };

	if (rows_one(db, &kind, ARGS(w, w, w), &n, f) < 0)
		return -1;
	if (!needs_nothing(&n) &&
	    read_admins(db, workspace_id, &n.admins, a, f))
		return -1;
	*out = n;
	return 0;
}

bool
needs_nothing(const struct needs *n)
{
	return n->carrier && n->number && n->bot;
}
