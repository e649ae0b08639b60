#include "web/server/liveness.h"

#include <stdatomic.h>
#include <stdint.h>

#include "app/stmt.h"
#include "base/clock.h"
#include "base/fault.h"
#include "store/db.h"
#include "web/server/reply.h"
#include "web/server/request.h"

#define BELIEVED_US (2 * US_PER_S)

static _Atomic int64_t answered_at; /* by clock_boot_us() */
static atomic_flag asking = ATOMIC_FLAG_INIT;

static int
database_is_live(struct request *q, struct fault *f)
{
	int64_t age = clock_boot_us() - atomic_load(&answered_at), n;
	int rc;

	if (age < LIVENESS_MS * US_PER_MS)
		return 0;
	if (atomic_flag_test_and_set(&asking))
		return age < BELIEVED_US
			       ? 0
			       : fault_set(f, FAULT_BUSY,
					   "The database does not answer.");
	rc = db_int(q->db, &n, STMT_PROBE, NO_ARGS, f);
	if (!rc)
		atomic_store(&answered_at, clock_boot_us());
	atomic_flag_clear(&asking);
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
