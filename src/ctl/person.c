/* Erases one person everywhere in a workspace. */
#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/fault.h"
#include "campaign/erasure.h"
#include "ctl/ctl.h"

static void
tell(const struct ctl *c, const struct erasure *e)
{
	bool done = e->state == ERASURE_DONE;

	if (ctl_option(c, "json")) {
		printf("{\"id\":%" PRId64 ",\"done\":%s,\"contacts\":%" PRId64
		       ",\"attempts\":%" PRId64 ",\"exclusions\":%" PRId64
		       ",\"uploads\":%" PRId64 "}\n",
		       e->id, done ? "true" : "false", e->contacts, e->attempts,
		       e->exclusions, e->uploads);
		return;
	}
	if (!done) {
		puts("A call to this number is in progress. The dialler goes "
		     "on when it has ended; or run this command again.");
		return;
	}
	printf("Erased: %" PRId64 " contacts, the numbers of %" PRId64
	       " attempts, %" PRId64 " exclusions, rows of %" PRId64
	       " uploaded files.\n",
	       e->contacts, e->attempts, e->exclusions, e->uploads);
}

int
person_erase(struct ctl *c, struct fault *f)
{
	struct erasure e;
	struct actor who;
	bool left = true;
	int64_t id;

	if (ctl_actor(c, 0, &who, f) ||
	    erasure_begin(c->db, &who, c->args[0], &id, c->a, f))
		return -1;
	while (left) {
		struct arena *a = arena_new();
		int rc = erasure_step(c->db, id, &left, a, f);

		arena_free(a);
		if (rc)
			return -1;
	}
	if (erasure_load(c->db, id, &e, c->a, f))
		return -1;
	tell(c, &e);
	return CTL_DONE;
}
