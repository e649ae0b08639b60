/* The statements of a connection: made at their first use, closed with it. */
#include "store/db_priv.h"

#include <assert.h>

struct handle *
db_handle(struct db *db, int stmt)
{
	struct handle *h;

	assert(stmt >= STORE_FIRST && stmt < (int)db->count);
	h = stmt >= 0 ? &db->handles[stmt]
		      : &db->handles[db->count + (size_t)(stmt - STORE_FIRST)];
	if (!h->in)
		bind_make(h);
	return h;
}

/* Closes the connection first: closing the statements then sends nothing. */
void
db_drop(struct db *db)
{
	if (db->my)
		mysql_close(db->my);
	db->my = NULL;
	for (size_t i = 0; i < db->count + STORE_COUNT; i++) {
		struct handle *h = &db->handles[i];

		if (h->st)
			mysql_stmt_close(h->st);
		h->st = NULL;
		h->turn++;
	}
}
