/* index_priv.h - what the files of the index share; inside it only. */
#ifndef LISTING_INDEX_PRIV_H
#define LISTING_INDEX_PRIV_H

#include <stdatomic.h>
#include <stdbool.h>

#include "listing/index.h"

/*
 * search_index_build() without a struct search_index; FAULT_BUSY also when the
 * file is younger than 'least_age' (us).  *stop: give up.
 */
int search_index_make(const char *dir, struct db *db, int64_t workspace_id,
		      int64_t least_age, const atomic_bool *stop,
		      struct fault *f);

#endif
