/*
 * retention.h - how long a workspace keeps whom it called: so many days after
 * the end of a run the numbers and all that is known of its contacts go, then
 * the numbers of its attempts.  Rows, outcomes and figures stay.
 */
#ifndef CAMPAIGN_RETENTION_H
#define CAMPAIGN_RETENTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/field.h"

struct actor;
struct arena;
struct db;
struct fault;

#define KEEP_DAYS_LEAST 31

struct retention {
	int64_t keep_days; /* 0: for ever */
};
extern const struct record retention_record;

int retention_load(struct db *db, int64_t workspace_id, struct retention *out,
		   struct fault *f);

/* FAULT_DENIED below administrator; FAULT_INVALID names the field;
 * FAULT_CONFLICT: it is not 'was' any more. */
int retention_change(struct db *db, const struct actor *who,
		     const struct retention *was, const struct retention *set,
		     struct arena *a, struct fault *f);

/*
 * Forgets what is older, of all workspaces, some thousand rows a transaction.
 * It stops when pause() gives false, and goes on where it was the next time.
 */
typedef bool pause_fn(void *arg);
int retention_sweep(struct db *db, pause_fn *pause, void *arg,
		    struct fault *f);

#endif
