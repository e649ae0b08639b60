#include "web/server/liveness.h"

#include <stdatomic.h>
#include <stdint.h>

#include "app/stmt.h"
#include "base/clock.h"
#include "base/fault.h"
#include "store/db.h"
#include "web/server/reply.h"
#include "web/server/request.h"

#define BELIEVED_US (1500 * US_PER_MS)

/* By clock_boot_us(); asked_at 0: nobody waits for an answer. */
static _Atomic int64_t answered_at, asked_at;
static atomic_bool failed; /* the last one who asked got no answer */

static int
database_is_live(struct request *q, struct fault *f)
{
	int64_t now = clock_boot_us(), nobody = 0, n;
	int rc;

	if (now - atomic_load(&answered_at) < LIVENESS_MS * US_PER_MS)
		return 0;
	if (!atomic_compare_exchange_strong(&asked_at, &nobody, now))
		return !atomic_load(&failed) && now - nobody < BELIEVED_US
			       ? 0
			       : fault_set(f, FAULT_BUSY,
					   "The database does not answer.");
	rc = db_int(q->db, &n, STMT_PROBE, NO_ARGS, f);
	atomic_store(&failed, rc != 0);
	if (!rc)
		atomic_store(&answered_at, clock_boot_us());
	atomic_store(&asked_at, 0);
	return rc;
}

int
reply_nothing_new(struct request *q, struct reply *r, struct fault *f)
{
	if (database_is_live(q, f))
		return -1;
	reply_empty(r, 304);
	return 0;
}
