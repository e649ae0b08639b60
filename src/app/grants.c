#include "app/grants.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "store/db.h"

#define PLAIN                        \
	"abcdefghijklmnopqrstuvwxyz" \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"

static int
name_account(const char *account, const char **out, struct arena *a,
	     struct fault *f)
{
	size_t user = strspn(account, PLAIN);
	const char *host = account[user] ? account + user + 1 : "localhost";

	if (!user || (account[user] && account[user] != '@') || !*host ||
	    host[strspn(host, PLAIN "%:/")])
		return fault_field(
			f, "account",
			"“%.80s” is not an account: use NAME or NAME@HOST.",
			account);
	*out = arena_printf(a, "'%.*s'@'%s'", (int)user, account, host);
	return 0;
}

static int
write_all(struct db *db, const char *name, struct buf *out, struct arena *a,
	  struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_GRANTS, ARGS(ARG_STR(name)), f))
		return -1;
	while ((got = rows_next(&r, f)) > 0)
		buf_printf(out, "%s\n", rows_str(&r, 0, a));
	return got;
}

int
grants_write(struct db *db, const char *account, struct buf *out,
	     struct fault *f)
{
	struct arena *a = arena_new();
	const char *name = NULL;
	int rc = name_account(account, &name, a, f) ||
		 write_all(db, name, out, a, f);

	arena_free(a);
	return rc ? -1 : 0;
}
