/*
 * upload.h - a file becomes the contact list of a draft, or nothing does
 * (product.md 4).
 *
 * Its rows go to a new list; only once the whole file is read and valid does
 * one short transaction put the list in the campaign's place and mark the old
 * one for erasure.  A failure leaves what was there, and the half-made list is
 * erased.
 */
#ifndef DOMAIN_UPLOAD_H
#define DOMAIN_UPLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/import.h"

struct actor;
struct db;
struct fault;

/*
 * The whole way of a file, for the command: 'h' has no note and no stored.
 * FAULT_ABSENT: no such campaign in who->workspace_id.  FAULT_DENIED: the
 * role.  FAULT_CONFLICT: not a never-run draft, or another import is at work.
 * FAULT_INVALID: what is wrong with the file, on which line; nothing is
 * stored.
 */
int upload_now(struct db *db, const struct actor *who, int64_t campaign_id,
	       const struct import_hooks *h, struct import_counts *out,
	       struct fault *f);

/*
 * Erases contacts of a list that no segment refers to and no import is
 * filling, at most 'chunk' rows; *left: call again, there is more.
 */
int list_sweep(struct db *db, int64_t chunk, bool *left, struct fault *f);

#endif
