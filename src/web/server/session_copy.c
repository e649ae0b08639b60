#include "web/server/session_copy.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "workspace/account.h"

#define FIELDS 12
#define FORM "1" /* the format of a copy; no other is read */

const char *
session_copy_write(struct arena *a, const struct account *c)
{
	return arena_printf(a,
			    "%s\n%" PRId64 "\n%" PRId64
			    "\n%u\n%u\n%u\n%d\n%" PRId64 "\n%s\n%s\n%s\n%s",
			    FORM, c->user_id, c->workspace_id, c->role,
			    c->theme, c->density, c->letter_keys, c->expires_at,
			    c->email, c->name, c->workspace, c->zone);
}

static bool
is_possible(const struct account *c)
{
	return c->user_id > 0 && c->workspace_id > 0 && c->role < ROLE_MAX &&
	       c->theme < THEME_MAX && c->density < DENSITY_MAX;
}

int
session_copy_read(struct arena *a, struct bytes copy, struct account *c)
{
	char *rest = arena_memdup(a, copy.data, copy.len);
	const char *field[FIELDS];

	for (size_t i = 0; i < FIELDS; i++) {
		field[i] = strsep(&rest, "\n");
		if (!field[i])
			return -1;
	}
	if (rest || strcmp(field[0], FORM) != 0)
		return -1;
	c->user_id = strtoll(field[1], NULL, 10);
	c->workspace_id = strtoll(field[2], NULL, 10);
	c->role = (unsigned)strtoul(field[3], NULL, 10);
	c->theme = (unsigned)strtoul(field[4], NULL, 10);
	c->density = (unsigned)strtoul(field[5], NULL, 10);
	c->letter_keys = field[6][0] == '1';
	c->expires_at = strtoll(field[7], NULL, 10);
	c->email = field[8];
	c->name = field[9];
	c->workspace = field[10];
	c->zone = field[11];
	return is_possible(c) ? 0 : -1;
}
