/* The home redirect, and the health check for a load balancer. */
#include "base/fault.h"
#include "store/db.h"
#include "web/pages/pages.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"

static handler_fn front, health;

/* clang-format off */
const struct route home_routes[] = {
	/* method path          least role handler arg prefetch, flags */
	{ GET,    "/",          ANYBODY,   front,  0,  NULL, 0 },
	{ GET,    "/dashboard", ANYBODY,   front,  0,  NULL, 0 },
	{ GET,    "/healthz",   ANYBODY,   health, 0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* GET /, GET /dashboard */
static int
front(struct request *q, struct reply *r, struct fault *f)
{
	(void)q;
	(void)f;
	reply_redirect(r, HOME_PATH);
	return 0;
}

/*
 * GET /healthz: tells whether this node can answer.  db_connect() reads a row,
 * as an open connection alone proves nothing.  Pages work without Redis, so its
 * absence is reported but does not fail the check.
 */
static int
health(struct request *q, struct reply *r, struct fault *f)
{
	struct bytes none;
	struct fault unused;
	const char *key = "health";

	if (db_connect(q->db, f)) {
		q->json = true;
		return -1;
	}
	q->redis_away =
		redis_mget(q->redis, q->arena, &key, 1, &none, &unused) != 0;
	reply_json(r, 200, "status", "ok", "redis",
		   q->redis_away ? "away" : "ok", NULL);
	return 0;
}
