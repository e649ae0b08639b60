/* pacing_read.h - what pacing needs to know of a run, read without locks. */
#ifndef LEDGER_PACING_READ_H
#define LEDGER_PACING_READ_H

#include <stdint.h>

struct db;
struct fault;
struct pacing;
struct pacing_reading;

/* Fills in p->talk_ms and what p->hour has of the last minutes; 'now' is the
 * database's time. */
int ledger_pacing_hour(struct db *db, int64_t run_id, int64_t now,
		       struct pacing *p, struct fault *f);

/* Reads the run's calls.  *since is the time of the reading before, 0 at first,
 * and becomes that of this one. */
int ledger_pacing_calls(struct db *db, int64_t run_id, int64_t *since,
			struct pacing_reading *out, struct fault *f);

#endif
