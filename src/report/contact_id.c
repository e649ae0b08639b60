#include "report/contact_id.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

const char *
contact_id_text(int64_t seg, int64_t ordinal, struct arena *a)
{
	return arena_printf(a, "%" PRId64 "-%" PRId64, seg, ordinal);
}

int
contact_id_parse(const char *text, int64_t *seg, int64_t *ordinal,
		 struct arena *a)
{
	const char *dash = strchr(text, '-');

	if (!dash ||
	    text_int(arena_printf(a, "%.*s", (int)(dash - text), text), seg) ||
	    text_int(dash + 1, ordinal))
		return -1;
	return *seg < 0 || *ordinal < 0 ? -1 : 0;
}
