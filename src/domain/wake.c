#include "domain/wake.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fault.h"
#include "store/redis.h"

/* A dialler that is away for long finds its runs in the database anyway. */
#define WAKE_MAX_LEN 10000

void
wake_run(struct redis *r, int64_t run_id)
{
	char text[24];
	struct bytes body = { .data = text };
	struct fault ignored;

	body.len = (size_t)snprintf(text, sizeof(text), "%" PRId64, run_id);
	stream_add(r, WAKE_STREAM, &body, 1, WAKE_MAX_LEN, &ignored);
}

void
list_version_key(int64_t workspace_id, char out[static 32])
{
	snprintf(out, 32, "list:%" PRId64, workspace_id);
}

void
list_changed(struct redis *r, int64_t workspace_id)
{
	char key[32];
	int64_t version;
	struct fault ignored;

	list_version_key(workspace_id, key);
	redis_bump(r, key, 1, &version, &ignored);
}
