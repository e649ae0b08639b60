/*
 * dnc_sweep.h - erases what do-not-call lists have left behind.
 */
#ifndef WORKSPACE_DNC_SWEEP_H
#define WORKSPACE_DNC_SWEEP_H

#include <stdbool.h>
#include <stdint.h>

struct db;
struct fault;

/*
 * Ends imports whose reader is dead, forgets those that ended over 30 days ago,
 * and erases at most 'chunk' numbers of a load that bars nobody any more.
 * *left: there is more to erase, so call again.
 */
int dnc_sweep(struct db *db, int64_t chunk, bool *left, struct fault *f);

#endif
