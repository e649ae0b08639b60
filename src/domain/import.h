/*
 * import.h - a CSV file becomes the contact list of a draft (product.md 4), or
 * nothing does.
 *
 * Streamed: nothing but the set of numbers seen grows with the file.  Rows go
 * to a new list in chunks of at most 5,000 (cluster rule 15); only once the
 * whole file is read and valid does one short transaction put the list in the
 * campaign's place and mark the old one for erasure.  A failure leaves what
 * was there, and the half-made list is erased.
 */
#ifndef DOMAIN_IMPORT_H
#define DOMAIN_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;

struct import_result {
	int64_t rows, good, rejected, duplicate;
	int64_t list_id;
};

/* A rejected row and why; 'row' is what csv.h gives.  First comes the header,
 * with 'reason' NULL. */
struct csv_row;
typedef void import_reject_fn(const struct csv_row *row, const char *reason,
			      void *arg);

/* Reads up to 'size' bytes; 0 at the end, -1 with *f set. */
typedef int64_t import_read_fn(void *arg, char *out, size_t size,
			       struct fault *f);

/*
 * FAULT_ABSENT: no such campaign in who->workspace_id.  FAULT_DENIED: the
 * role.  FAULT_CONFLICT: not a never-run draft, or another import is at work.  FAULT_INVALID: what is wrong with
 * the file, on which line; nothing is stored.
 */
struct actor;
int import_csv(struct db *db, const struct actor *who, int64_t campaign_id,
	       import_read_fn *read, void *read_arg, import_reject_fn *reject,
	       void *reject_arg, struct import_result *out, struct fault *f);

/*
 * Erases contacts of a list that no segment refers to and no import is
 * filling, at most 'chunk' rows; *left: call again, there is more.
 */
int list_sweep(struct db *db, int64_t chunk, bool *left, struct fault *f);

#endif
