/*
 * dnc_import.h - reads a CSV file of numbers into a do-not-call list: the
 * columns phone_number, reason and until, the last two optional; others are
 * ignored.
 *
 * A file is added to the list, or replaces it: then it is loaded beside the
 * list, which bars as before until the whole file is there, and the next
 * instant the new numbers bar and the old ones do not.  A transaction stores at
 * most 4,000 rows, so the dialler waits for none.  A list has one reader at a
 * time; what a reader that died has left is erased by dnc_sweep().
 */
#ifndef CONTACTS_DNC_IMPORT_H
#define CONTACTS_DNC_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contacts/import.h"

struct actor;
struct arena;
struct db;
struct fault;

/* A file that is read, or was. */
struct dnc_import {
	int64_t id;
	bool replaces;
	unsigned state;	  /* enum dnc_import_state */
	const char *name; /* of the file */
	int64_t rows, good, rejected, duplicate;
	int64_t added; /* numbers that were not on the list */
	const char *by;
	int64_t created_at, beat_at, ended_at; /* 0: not yet */
	int64_t rejects; /* bytes of the file of rejected rows; 0: none */
};
enum dnc_import_state { DNC_READING, DNC_DONE, DNC_FAILED };
extern const char *const dnc_import_state_words[]; /* "reading", ... */

struct dnc_order {
	int64_t list_id; /* DNC_OWN_LIST: the own one */
	bool replaces;
	const char *name;		  /* of the file, as people see it */
	const struct import_hooks *hooks; /* read, and row or NULL */
};

/*
 * Reads the file to its end; *out says what became of it.  No other code may
 * use 'db' meanwhile.
 * FAULT_INVALID: what is wrong with the file, on which line: a list that was to
 * be replaced stays as it was, one that was added to keeps what was added.
 * FAULT_CONFLICT: another file is being read into the list, or the list was
 * deleted meanwhile; FAULT_ABSENT: no such list; FAULT_DENIED: only
 * administrators may.
 */
int dnc_import_run(struct db *db, const struct actor *who,
		   const struct dnc_order *order, struct dnc_import *out,
		   struct arena *a, struct fault *f);

/* The list's last file; id 0: there was none for 30 days. */
int dnc_import_last(struct db *db, int64_t workspace_id, int64_t list_id,
		    struct dnc_import *out, struct arena *a, struct fault *f);

/* The rejected rows of the list's last file as a file of rejects.h, at most 4
 * MB of them.  FAULT_ABSENT: nothing was rejected, or there is no such file. */
struct dnc_rejects {
	const char *data;
	size_t len;
};
int dnc_import_rejects(struct db *db, int64_t workspace_id, int64_t list_id,
		       struct dnc_rejects *out, struct arena *a,
		       struct fault *f);

#endif
