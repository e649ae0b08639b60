#include "web/server/session.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/config.h"
#include "app/installation.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/text.h"
#include "store/redis.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/session_copy.h"
#include "web/server/trusted_header.h"

#define TOKEN_LEN (TOKEN_TEXT - 1)
#define AGENT_MAX 200 /* bytes */

static const char *
cookie_name(const struct request *q)
{
	return q->config->secure_cookies ? "__Host-outdial" : "outdial";
}

/*
 * Makes the hidden field: random bits, and the CSRF token XORed with them.  A
 * page may be compressed together with text from its address; a token that was
 * the same on each page could be guessed letter by letter from the compressed
 * length (BREACH).
 */
static void
mask_form(struct session *s)
{
	uint8_t both[2 * DIGEST_LEN];

	secret_random(both, DIGEST_LEN);
	for (size_t i = 0; i < DIGEST_LEN; i++)
		both[DIGEST_LEN + i] = both[i] ^ s->form[i];
	secret_hex(both, sizeof(both), s->csrf);
}

/* True when the hidden field holds this session's CSRF token. */
static bool
is_form(const struct session *s, const char *field)
{
	uint8_t both[2 * DIGEST_LEN], wrong = 0;

	if (secret_unhex(field, both, sizeof(both)))
		return false;
	for (size_t i = 0; i < DIGEST_LEN; i++)
		wrong |= both[i] ^ both[DIGEST_LEN + i] ^ s->form[i];
	return !wrong;
}

/*
 * Derives all names and keys of a session from its token.  The digest is in the
 * database, so the secrets are derived from the token itself.
 */
static void
derive(struct session *s, const char *token)
{
	char text[TOKEN_LEN + 8];
	int len;

	secret_digest(token, TOKEN_LEN, s->digest);
	secret_hex(s->digest, sizeof(s->digest), s->key);
	len = snprintf(text, sizeof(text), "cookie %.*s", TOKEN_LEN, token);
	secret_digest(text, (size_t)len, s->secret);
	secret_hmac(s->secret, "form", 4, s->form);
	mask_form(s);
}

bool
session_is_claimed(struct request *q)
{
	return request_cookie(q, cookie_name(q)) != NULL;
}

/* Reads the token and the hint: TOKEN.WORKSPACE.ROLE */
static int
read_cookie(struct request *q, struct session *s, int64_t *workspace,
	    enum role *role)
{
	const char *text = request_cookie(q, cookie_name(q));
	long long ws = 0;
	unsigned least = 0;

	if (!text || strlen(text) < TOKEN_LEN || strlen(text) > TOKEN_LEN + 32)
		return -1;
	derive(s, text);
	if (sscanf(text + TOKEN_LEN, ".%lld.%u", &ws, &least) != 2 ||
	    least >= ROLE_MAX || ws < 0)
		ws = 0, least = 0;
	*workspace = ws;
	*role = (enum role)least;
	return 0;
}

static const char *
copy_key(struct request *q, const struct session *s)
{
	return session_copy_key(s->key, q->arena);
}

static int
nobody(struct request *q, struct fault *f)
{
	q->refused = 401;
	return fault_set(f, FAULT_DENIED, "Please sign in.");
}

/* Reads the session from MariaDB and adds a copy to Redis, unless a mark is
 * there by now. */
static int
load(struct request *q, struct session *s, struct bytes got, bool marked,
     struct fault *f)
{
	const char *key = copy_key(q, s), *text;
	struct fault unused;
	struct bytes copy;

	if (session_load(q->db, s->digest, &s->account, q->arena, f))
		return f->code == FAULT_ABSENT ? nobody(q, f) : -1;
	session_seen(q->db, s->digest, q->address, &unused);
	if (q->redis_away || marked)
		return 0;
	text = session_copy_write(q->arena, &s->account);
	copy = request_seal(q, key, text, strlen(text), SESSION_COPY_MS);
	if (got.data) /* it is no copy of ours */
		redis_del(q->redis, key, &unused);
	redis_add(q->redis, key, copy.data, copy.len, SESSION_COPY_MS, &unused);
	return 0;
}

/* Reads the copy and what 'prefetch' names from Redis, in one round trip. */
static struct bytes
ask_redis(struct request *q, prefetch_fn *prefetch, struct session *s,
	  int64_t workspace, enum role role)
{
	const char *keys[1 + PREFETCH_MAX];
	struct bytes all[1 + PREFETCH_MAX];
	struct fault unused;
	size_t count = 1;

	keys[0] = copy_key(q, s);
	if (prefetch)
		count += prefetch(q, workspace, role, keys + 1);
	if (redis_mget(q->redis, q->arena, keys, count, all, &unused)) {
		q->redis_away = true;
		return (struct bytes){ .data = NULL };
	}
	memcpy(q->prefetched, all + 1, (count - 1) * sizeof(all[0]));
	return all[0];
}

int
session_secret(struct request *q, struct fault *f)
{
	return *q->installation->site
		       ? 0
		       : installation_read(q->db, q->installation, f);
}

static bool
is_mark(struct bytes copy, enum session_mark mark)
{
	const char *text = session_marks[mark];

	return copy.data && copy.len == strlen(text) &&
	       !memcmp(copy.data, text, copy.len);
}

/* True when the proxy in front has signed in somebody else by now. */
static bool
is_other(struct request *q, const struct session *s)
{
	const char *email = trusted_email(q);

	return email && strcmp(text_fold(q->arena, email),
			       text_fold(q->arena, s->account.email)) != 0;
}

int
session_open(struct request *q, prefetch_fn *prefetch, struct fault *f)
{
	struct session *s = ARENA_NEW(q->arena, struct session);
	struct bytes got, copy;
	int64_t workspace;
	enum role role;

	if (read_cookie(q, s, &workspace, &role))
		return nobody(q, f);
	if (session_secret(q, f))
		return -1;
	got = ask_redis(q, prefetch, s, workspace, role);
	copy = request_unseal(q, copy_key(q, s), got);
	if (is_mark(copy, SESSION_ENDED))
		return nobody(q, f);
	if ((!copy.data || session_copy_read(q->arena, copy, &s->account)) &&
	    load(q, s, got, is_mark(copy, SESSION_CHANGED), f))
		return -1;
	if (s->account.expires_at <= q->now || is_other(q, s))
		return nobody(q, f);
	s->hint_ok =
		s->account.workspace_id == workspace && s->account.role == role;
	q->session = s;
	q->actor = session_actor(s);
	return 0;
}

/* What the browser says of itself, as far as it is text. */
static const char *
agent_of(const struct request *q)
{
	const char *agent = request_env(q, "HTTP_USER_AGENT");
	size_t len = agent ? strnlen(agent, AGENT_MAX) : 0;

	return len && request_is_clean(agent, len)
		       ? arena_memdup(q->arena, agent, len)
		       : "";
}

int
session_start(struct request *q, struct reply *r, const struct account *who,
	      struct fault *f)
{
	struct session *s = ARENA_NEW(q->arena, struct session);
	char token[TOKEN_TEXT];

	secret_token(token);
	derive(s, token);
	if (session_create(q->db, s->digest, who->user_id,
			   &(struct session_from){ q->address, agent_of(q) },
			   f))
		return -1;
	reply_cookie(r, cookie_name(q),
		     arena_printf(q->arena, "%s.%" PRId64 ".%u", token,
				  who->workspace_id, who->role),
		     SESSION_LIFE_S);
	return 0;
}

void
session_tell(struct request *q, enum session_mark mark, const struct digests *d)
{
	const struct session_marker by = {
		.redis = q->redis,
		.secret = q->installation->secret,
		.now = q->now,
	};
	struct fault unused;

	if (!q->redis_away && !session_secret(q, &unused))
		session_mark_all(&by, mark, d, q->arena);
}

void
session_tell_changed(struct request *q, int64_t user_id)
{
	struct fault unused;
	struct digests d;

	if (!session_digests(q->db, user_id, NULL, &d, q->arena, &unused))
		session_tell(q, SESSION_CHANGED, &d);
}

void
session_forget(const struct request *q, struct reply *r)
{
	reply_cookie(r, cookie_name(q), "", 0);
}

int
session_finish(struct request *q, struct reply *r, struct fault *f)
{
	const struct digests own = { .of = &q->session->digest, .count = 1 };

	if (session_end(q->db, q->session->digest, f))
		return -1;
	session_tell(q, SESSION_ENDED, &own);
	session_forget(q, r);
	return 0;
}

struct actor
session_actor(const struct session *s)
{
	return (struct actor){ .user_id = s->account.user_id,
			       .workspace_id = s->account.workspace_id,
			       .role = (enum role)s->account.role,
			       .name = s->account.name };
}

int
session_check_form(const struct request *q, struct fault *f)
{
	const char *field = pairs_get(&q->form, "csrf");

	if (field && is_form(q->session, field))
		return 0;
	return fault_set(
		f, FAULT_DENIED,
		"This form is out of date. Reload the page and try again.");
}
