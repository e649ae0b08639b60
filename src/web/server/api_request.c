#include "web/server/api_request.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/text.h"
#include "store/redis.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "workspace/api_key.h"

#define BEARER "Bearer "
#define RATE_S 60 /* the limit is for so long */

const char *
api_request_key(const struct request *q)
{
	const char *given = request_env(q, "HTTP_AUTHORIZATION");

	if (!given)
		return request_env(q, "HTTP_X_API_KEY");
	if (strncasecmp(given, BEARER, strlen(BEARER)) != 0)
		return NULL;
	given += strlen(BEARER);
	return given + strspn(given, " ");
}

/* RFC 6750 */
static int
nobody(struct request *q, struct reply *r, const char *error, struct fault *f)
{
	q->refused = 401;
	reply_header(r, "WWW-Authenticate",
		     arena_printf(q->arena, "Bearer realm=\"Outdial\"%s",
				  error));
	return fault_set(f, FAULT_DENIED,
			 *error ? "This API key is not valid."
				: "An API key is needed: Authorization: Bearer "
				  "KEY.");
}

static int
check_key(struct request *q, struct reply *r, struct fault *f)
{
	unsigned scope = ROUTE_SCOPE_OF(q->route->flags);
	const struct api_key *k = q->key;
	uint64_t id;

	if (!(k->scopes.bits >> scope & 1)) {
		reply_header(r, "WWW-Authenticate",
			     arena_printf(q->arena,
					  "Bearer realm=\"Outdial\", "
					  "error=\"insufficient_scope\", "
					  "scope=\"%s\"",
					  api_scope_words[scope]));
		return fault_set(f, FAULT_DENIED,
				 "This API key lacks the scope “%s”.",
				 api_scope_words[scope]);
	}
	/* Whose call is reported turns out where the report is stored. */
	if (k->campaign_id && scope != SCOPE_RESULT &&
	    (!strstr(q->route->path, "/:campaign") ||
	     text_parse_short_id(q->segment, &id) ||
	     (int64_t)id != k->campaign_id))
		return fault_set(f, FAULT_DENIED,
				 "This API key is for another campaign.");
	return 0;
}

int
api_request_count(struct request *q, struct reply *r,
		  const struct api_rate *rate, struct fault *f)
{
	int64_t minute = q->now / (RATE_S * US_PER_S), most = rate->most, n = 0;
	int64_t wait = RATE_S - q->now / US_PER_S % RATE_S;
	const char *name = arena_printf(q->arena, "rate:%s:%" PRId64, rate->id,
					minute);
	struct fault away;

	if (redis_bump(q->redis, name, 1, &n, &away) ||
	    (n == 0 && redis_set_new(q->redis, name, 1, 2 * RATE_S * 1000, &n,
				     &away))) {
		q->redis_away = true;
		return 0;
	}
	reply_header(r, "RateLimit-Policy",
		     arena_printf(q->arena, "\"%s\";q=%" PRId64 ";w=%d",
				  rate->kind, most, RATE_S));
	reply_header(r, "RateLimit",
		     arena_printf(q->arena,
				  "\"%s\";r=%" PRId64 ";t=%" PRId64,
				  rate->kind, n < most ? most - n : 0, wait));
	if (n <= most)
		return 0;
	q->refused = 429;
	reply_header(r, "Retry-After",
		     arena_printf(q->arena, "%" PRId64, wait));
	return fault_set(f, FAULT_BUSY,
			 "%s %" PRId64 " requests a minute. Wait %" PRId64
			 " s.",
			 rate->who, most, wait);
}

static int
check_rate(struct request *q, struct reply *r, struct fault *f)
{
	const struct api_rate rate = {
		.kind = "key",
		.id = arena_printf(q->arena, "%" PRId64, q->key->id),
		.most = q->config->api_requests,
		.who = "This API key may send",
	};

	return api_request_count(q, r, &rate, f);
}

int
api_request_open(struct request *q, struct reply *r, struct fault *f)
{
	const char *text = api_request_key(q);
	struct api_key *k = ARENA_NEW(q->arena, struct api_key);
	struct fault unused;

	if (!text)
		return nobody(q, r, "", f);
	if (api_key_find(q->db, text, k, q->arena, f))
		return f->code == FAULT_ABSENT
			       ? nobody(q, r, ", error=\"invalid_token\"", f)
			       : -1;
	q->key = k;
	q->actor = api_key_actor(k, q->arena);
	if (check_rate(q, r, f) || check_key(q, r, f))
		return -1;
	api_key_used(q->db, k, q->address, q->now, &unused);
	return 0;
}
