#include "app/installation.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "store/db.h"

static void
take(const struct rows *r, struct installation *out)
{
	struct arena *a = arena_new();
	size_t len;
	const void *secret = rows_bin(r, 1, a, &len);

	memcpy(out->secret, secret, sizeof(out->secret));
	strncpy(out->site, rows_str(r, 0, a), sizeof(out->site) - 1);
	arena_free(a);
}

int
installation_read(struct db *db, struct installation *out, struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_INSTALLATION, NO_ARGS, f))
		return -1;
	got = rows_next(&r, f);
	if (got > 0)
		take(&r, out);
	rows_close(&r);
	if (got == 0)
		fault_set(f, FAULT_BROKEN,
			  "The database does not know which installation it "
			  "belongs to: its row of “installation” is missing.");
	return got > 0 ? 0 : -1;
}
