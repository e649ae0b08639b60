/*
 * dnc_priv.h - for what changes the numbers of a list inside a transaction:
 * dnc_change.c, and contacts/dnc_import.c.
 */
#ifndef WORKSPACE_DNC_PRIV_H
#define WORKSPACE_DNC_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "workspace/dnc.h"

/*
 * Locks the list and loads it; DNC_OWN_LIST makes the own list if there is
 * none.  The caller has checked the role.  FAULT_ABSENT.
 */
int dnc_list_lock(struct db *db, const struct actor *who, int64_t id,
		  struct dnc_list *out, struct arena *a, struct fault *f);

/* The numbers as arguments of a statement that takes dnc_places() of them: the
 * last is repeated.  At most DNC_AT_ONCE. */
#define DNC_AT_ONCE 500
struct arg;
size_t dnc_places(size_t n);
struct arg *dnc_number_args(struct arg *at, const char *const *phones,
			    size_t n);

/* A file that is being read into a list; id 0: none. */
struct dnc_at_work {
	int64_t id, rows;
	bool replaces;
	bool lives; /* its reader has been heard of for a minute */
};
int dnc_at_work(struct db *db, int64_t list_id, struct dnc_at_work *out,
		struct fault *f);

/* Ends the import of a file that will not be read any further, and lets its
 * load go.  The list is locked. */
int dnc_give_up(struct db *db, const struct actor *who, int64_t list_id,
		const struct dnc_at_work *w, struct fault *f);

#endif
