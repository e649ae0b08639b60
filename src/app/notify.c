#include "app/notify.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fault.h"
#include "store/redis.h"

/* Older entries may be dropped: the dialler finds its runs in the database. */
#define WAKE_MAX_LEN 10000

void
wake_run(struct redis *r, int64_t run_id)
{
	wake_runs(r, &run_id, 1);
}

void
wake_runs(struct redis *r, const int64_t *run_ids, size_t count)
{
	char texts[WAKE_MOST][24];
	struct bytes bodies[WAKE_MOST];
	struct fault ignored;

	for (size_t i = 0; i < count && i < WAKE_MOST; i++) {
		bodies[i].data = texts[i];
		bodies[i].len = (size_t)snprintf(texts[i], sizeof(texts[i]),
						 "%" PRId64, run_ids[i]);
	}
	if (count)
		stream_add(r, WAKE_STREAM, bodies,
			   count < WAKE_MOST ? count : WAKE_MOST, WAKE_MAX_LEN,
			   &ignored);
}

void
list_version_key(int64_t workspace_id, char out[static 32])
{
	snprintf(out, 32, "list:%" PRId64, workspace_id);
}

void
list_invalidate(struct redis *r, int64_t workspace_id)
{
	char key[32];
	int64_t version;
	struct fault ignored;

	list_version_key(workspace_id, key);
	redis_bump(r, key, 1, &version, &ignored);
}
