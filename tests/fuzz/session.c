/* The copy of a signed-in person is read whole or is none; what was read is
 * written and read as the same. */
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "tests/fuzz/fuzz.h"
#include "web/server/session_copy.h"
#include "workspace/account.h"

static bool
is_same(const struct account *x, const struct account *y)
{
	return x->user_id == y->user_id && x->workspace_id == y->workspace_id &&
	       x->role == y->role && x->theme == y->theme &&
	       x->density == y->density && x->letter_keys == y->letter_keys &&
	       x->expires_at == y->expires_at && !strcmp(x->email, y->email) &&
	       !strcmp(x->name, y->name) &&
	       !strcmp(x->workspace, y->workspace) && !strcmp(x->zone, y->zone);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct account c, again;
	const char *text;

	if (!session_copy_read(a, (struct bytes){ (const char *)data, size },
			       &c)) {
		MUST(c.role < ROLE_MAX && c.user_id > 0 && c.workspace_id > 0);
		text = session_copy_write(a, &c);
		MUST(!session_copy_read(a, (struct bytes){ text, strlen(text) },
					&again));
		MUST(is_same(&c, &again));
	}
	arena_free(a);
	return 0;
}
