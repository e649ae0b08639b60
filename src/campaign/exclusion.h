/*
 * exclusion.h - numbers that a campaign may not call.
 *
 * A campaign and its clones share one set (campaign.exclusion_set).  Excluding
 * a number adds a row to table exclusion, letting it go again adds another one
 * with barred = 0, each later than every earlier row of that number in the set;
 * rows are never changed.  A clone has what its sources said until it was made,
 * so Clone writes a row for each of them, however many numbers are excluded.
 */
#ifndef CAMPAIGN_EXCLUSION_H
#define CAMPAIGN_EXCLUSION_H

#include <stdbool.h>
#include <stdint.h>

struct db;
struct fault;

/*
 * Erases at most 'chunk' exclusions of a deleted draft whose clones are deleted
 * too.  *left: there is more to erase, so call again.
 */
int exclusion_sweep(struct db *db, int64_t chunk, bool *left, struct fault *f);

#endif
