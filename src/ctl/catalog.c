/* Bots, carriers and numbers: listing, adding, changing, removing.  The first
 * word of the command says which of them. */
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "ctl/ctl.h"
#include "ctl/table.h"
#include "workspace/catalog.h"
#include "workspace/workspace_hold.h"

#define ALL_OF_THEM INT32_MAX

static const struct catalog_kind *
kind_of(const struct ctl *c)
{
	static const struct catalog_kind *const kinds[] = { &catalog_bots,
							    &catalog_carriers,
							    &catalog_numbers };
	size_t len = strcspn(c->command->name, " ");

	for (size_t i = 1; i < ARRAY_LEN(kinds); i++) {
		if (!strncmp(kinds[i]->word, c->command->name, len))
			return kinds[i];
	}
	return kinds[0];
}

/* What a list shows: the id, all that is entered, and what follows from it. */
static bool
is_listed(const struct catalog_kind *k, const struct field *fd)
{
	static const char *const more[] = { "id", "carrier", "usable" };

	if (fd->shape == SHAPE_SECRET)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(more); i++) {
		if (!strcmp(fd->name, more[i]))
			return true;
	}
	return record_find(k->entered, fd->name) != NULL;
}

int
catalog_show(struct ctl *c, struct fault *f)
{
	const struct catalog_kind *k = kind_of(c);
	const struct record *r = k->columns;
	struct ctl_column *columns =
		ARENA_ARRAY(c->a, r->count, struct ctl_column);
	struct catalog_list list = { .after = "", .most = ALL_OF_THEM };
	struct ctl_table t = { .columns = columns };
	struct actor who;
	size_t n = 0;

	if (ctl_actor(c, 0, &who, f) ||
	    catalog_list(c->db, k, who.workspace_id, &list, c->a, f))
		return -1;
	t.cells = ARENA_ARRAY(c->a, list.count * r->count + 1, const char *);
	t.rows = list.count;
	for (size_t i = 0; i < r->count; i++) {
		const struct field *fd = &r->fields[i];

		if (is_listed(k, fd))
			columns[t.count++] =
				(struct ctl_column){ fd->name,
						     fd->type == FIELD_INT };
	}
	for (size_t row = 0; row < list.count; row++) {
		const char *entry = (const char *)list.rows + row * k->size;

		for (size_t i = 0; i < r->count; i++) {
			if (is_listed(k, &r->fields[i]))
				t.cells[n++] =
					field_text(&r->fields[i], entry, c->a);
		}
	}
	return ctl_table_print(c, &t);
}

/* For a carrier at a socket: an existing path must be a socket; a missing one
 * may be made later. */
static int
check_socket(const struct catalog_kind *k, const union catalog_entry *e,
	     struct fault *f)
{
	const char *path = e->carrier.address;
	struct stat st;

	if (k != &catalog_carriers || !carrier_is_at_socket(e->carrier.kind) ||
	    *path != '/' || stat(path, &st) || S_ISSOCK(st.st_mode))
		return 0;
	return fault_field(f, "address", "%.300s is not a socket.", path);
}

/* "Bot 4 added.", and diallers and open pages hear of it. */
static int
done(struct ctl *c, const struct actor *who, int64_t id, const char *what)
{
	char *word = arena_strdup(c->a, kind_of(c)->word);

	*word -= 'a' - 'A';
	workspace_tell(c->db, c->redis, who->workspace_id);
	return ctl_print_done(c, word, id, what);
}

int
catalog_add_it(struct ctl *c, struct fault *f)
{
	const struct catalog_kind *k = kind_of(c);
	union catalog_entry e = { 0 };
	struct actor who;

	record_defaults(k->entered, &e, c->a);
	if (ctl_read_record(c, &e, f) || check_socket(k, &e, f) ||
	    ctl_actor(c, 0, &who, f) ||
	    catalog_add(c->db, &who, k, &e, c->a, f))
		return -1;
	return done(c, &who, e.bot.id, "added");
}

int
catalog_change_it(struct ctl *c, struct fault *f)
{
	const struct catalog_kind *k = kind_of(c);
	union catalog_entry e = { 0 };
	struct actor who;
	int64_t id;

	if (ctl_id_arg(c, 0, k->word, &id, f) || ctl_actor(c, 0, &who, f) ||
	    catalog_get(c->db, k, (struct catalog_id){ who.workspace_id, id },
			&e, c->a, f) ||
	    ctl_read_record(c, &e, f) || check_socket(k, &e, f) ||
	    catalog_change(c->db, &who, k, &e, c->a, f))
		return -1;
	return done(c, &who, id, "changed");
}

int
catalog_remove_it(struct ctl *c, struct fault *f)
{
	const struct catalog_kind *k = kind_of(c);
	struct catalog_removal r = { .from_drafts =
					     ctl_option(c, "from-drafts") };
	struct actor who;

	if (ctl_id_arg(c, 0, k->word, &r.id, f) || ctl_actor(c, 0, &who, f) ||
	    catalog_remove(c->db, &who, k, &r, c->a, f))
		return -1;
	return done(c, &who, r.id, "removed");
}
