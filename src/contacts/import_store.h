/*
 * import_store.h - stores a chunk of contacts while the next one is read: the
 * database and the reader work at the same time.  Inside contacts only.
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
	struct arena *text; /* the texts in 'args' */
	struct arg *args;
	size_t count, bytes;
	int64_t before; /* contacts in the list before this chunk */
	bool crowded;	/* CPU pressure: use short statements */
};

struct import_chunk chunk_new(void);
void chunk_clear(struct import_chunk *c, int64_t before);
void chunk_free(struct import_chunk *c);

/* Adds a contact to a chunk that has room.  The texts are copied, and may be
 * NULL. */
struct chunk_row {
	const char *phone, *country, *written, *vars;
	int64_t line;
};
void chunk_add(struct import_chunk *c, int64_t list_id,
	       const struct chunk_row *row);

/*
 * Starts the storer's thread, which alone uses 'db' between storer_give() and
 * the return of storer_wait().  NULL: the thread could not be started.
 */
struct storer *storer_open(struct db *db, int64_t list_id,
			   const struct import_hooks *h);
void storer_close(struct storer *s);

/* Starts storing a chunk, which must not change until storer_wait() has
 * returned.  Call it only after storer_wait() has returned 0. */
void storer_give(struct storer *s, const struct import_chunk *c);

/* Waits until the chunk is stored.  After a failure every call fails. */
int storer_wait(struct storer *s, struct fault *f);

#endif
