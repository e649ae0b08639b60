/* A job is read whole or is none; what was read is written and read as the
 * same. */
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ledger/job.h"
#include "tests/fuzz/fuzz.h"

static bool
is_same(const struct job_call *x, const struct job_call *y)
{
	return !memcmp(x->id, y->id, sizeof(x->id)) && x->seats == y->seats &&
	       x->seated == y->seated && x->ring_ms == y->ring_ms && !strcmp(x->to, y->to) &&
	       !strcmp(x->from, y->from) && !strcmp(x->bot, y->bot) &&
	       !strcmp(x->vars, y->vars);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct buf text = BUF_INIT;
	struct job_call c, again;

	if (!job_read((const char *)data, size, &c, a)) {
		job_write(&text, &c);
		MUST(!job_read(text.data, text.len, &again, a));
		MUST(is_same(&c, &again));
	}
	buf_free(&text);
	arena_free(a);
	return 0;
}
