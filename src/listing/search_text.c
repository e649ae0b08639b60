#include "listing/search_text.h"

#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "campaign/repo.h"
#include "store/db.h"
#include "store/tx.h"

#define A_CHUNK 1000

struct stale {
	int64_t id;
	const char *had, *want;
	size_t had_len;
};

struct stale_rows {
	struct stale rows[A_CHUNK];
	size_t count;
	int64_t after, changed;
};

/* Returns how many campaigns it read; the chunk has those that differ. */
static int
read_chunk(struct db *db, struct stale_rows *c, struct arena *a,
	   struct fault *f)
{
	struct rows r;
	int got, n = 0;

	c->count = 0;
	if (db_query(db, &r, STMT_SEARCH_TEXT_ROWS,
		     ARGS(ARG_INT(c->after), ARG_INT(A_CHUNK)), f))
		return -1;
	for (; (got = rows_next(&r, f)) > 0; n++) {
		struct stale *s = &c->rows[c->count];

		s->id = c->after = rows_int(&r, 0);
		s->want = campaign_hay(rows_str(&r, 1, a), s->id, a);
		s->had = rows_bin(&r, 2, a, &s->had_len);
		c->count += strlen(s->want) != s->had_len ||
			    memcmp(s->want, s->had, s->had_len) != 0;
	}
	return got < 0 ? -1 : n;
}

/* Skips campaigns that were renamed meanwhile: they have their new text
 * already. */
static int
write_chunk(struct db *db, void *arg, struct fault *f)
{
	struct stale_rows *c = arg;

	c->changed = 0;
	for (size_t i = 0; i < c->count; i++) {
		const struct stale *s = &c->rows[i];
		int64_t changed;

		if (db_exec(db, &changed, STMT_SEARCH_TEXT_PUT,
			    ARGS(ARG_BIN(s->want, strlen(s->want)),
				 ARG_INT(s->id), ARG_BIN(s->had, s->had_len)),
			    f))
			return -1;
		c->changed += changed;
	}
	return 0;
}

static int
renew_all(struct db *db, int64_t *changed, struct fault *f)
{
	struct stale_rows *c = xcalloc(1, sizeof(*c));
	struct arena *a = arena_new();
	int n;

	do {
		arena_reset(a);
		n = read_chunk(db, c, a, f);
		if (n > 0 && c->count && tx_run(db, write_chunk, c, NULL, f))
			n = -1;
		*changed += n > 0 && c->count ? c->changed : 0;
	} while (n == A_CHUNK);
	arena_free(a);
	free(c);
	return n < 0 ? -1 : 0;
}

int
search_text_renew(struct db *db, int64_t *changed, struct fault *f)
{
	int64_t version, n = 0;

	*changed = 0;
	if (db_int(db, &version, STMT_SEARCH_VERSION, NO_ARGS, f))
		return -1;
	if (version >= SEARCH_VERSION)
		return 0;
	if (renew_all(db, &n, f) || db_exec(db, NULL, STMT_SEARCH_VERSION_SET,
					    ARGS(ARG_INT(SEARCH_VERSION)), f))
		return -1;
	*changed = n;
	return 0;
}
