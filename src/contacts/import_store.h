/*
 * import_store.h - stores chunks of contacts beside the reading of the next:
 * the database and the reader work at the same time.  Inside contacts only.
 */
#ifndef CONTACTS_IMPORT_STORE_H
#define CONTACTS_IMPORT_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct arg;
struct db;
struct fault;
struct import_hooks;
struct storer;

#define CHUNK_ROWS 5000 /* doc/cluster-rules.md 15 */

/* Contacts that are stored in one transaction. */
struct import_chunk {
	struct arena *text; /* of their arguments */
	struct arg *args;
	size_t count, bytes;
	int64_t before; /* contacts that the list has before it */
	bool crowded;	/* others want the processors: in short statements */
};

struct import_chunk chunk_new(void);
void chunk_clear(struct import_chunk *c, int64_t before);
void chunk_free(struct import_chunk *c);

/* The next contact of a chunk that has room.  The texts are copied; NULL. */
struct chunk_row {
	const char *phone, *country, *written, *vars;
	int64_t line;
};
void chunk_add(struct import_chunk *c, int64_t list_id,
	       const struct chunk_row *row);

/*
 * With a thread of its own, which alone uses 'db' between storer_give() and
 * the return of storer_wait().  NULL: there is no thread to be had.
 */
struct storer *storer_open(struct db *db, int64_t list_id,
			   const struct import_hooks *h);
void storer_close(struct storer *s);

/* Stores a chunk, which stays as it is until storer_wait() has returned; only
 * after storer_wait() has given 0. */
void storer_give(struct storer *s, const struct import_chunk *c);

/* Waits for it.  Once it has failed it fails for good. */
int storer_wait(struct storer *s, struct fault *f);

#endif
