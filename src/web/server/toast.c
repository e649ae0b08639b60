#include "web/server/toast.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/secret.h"
#include "base/text.h"
#include "store/redis.h"
#include "web/server/request.h"
#include "web/server/session.h"

#define COOKIE "outdial_toast"
#define IN_REDIS "1"
#define WAIT_S 120 /* how long they wait for a page */
#define WAIT_MS (WAIT_S * 1000)
#define CODE_LEN (2 * DIGEST_LEN)

static const char *
key(struct request *q)
{
	return arena_printf(q->arena, "toast:%s", q->session->key);
}

/* "+Campaign started\ndetail", "-Failed to start\n..." */
static const char *
encode(struct arena *a, const struct toast *t)
{
	return arena_printf(a, "%c%s\n%s", t->bad ? '-' : '+', t->text,
			    t->detail);
}

static void
decode(struct reply *r, char *text)
{
	char *detail = strchr(text, '\n');

	if (!detail || (text[0] != '+' && text[0] != '-'))
		return;
	*detail++ = '\0';
	/* a button that is pressed twice gets one toast */
	for (size_t i = 0; i < r->toast_count; i++) {
		if (!strcmp(r->toasts[i].text, text + 1) &&
		    !strcmp(r->toasts[i].detail, detail))
			return;
	}
	reply_toast(r, text[0] == '-', text + 1, detail);
}

static const char *
sign(struct request *q, const char *text)
{
	uint8_t code[DIGEST_LEN];
	char *hex = arena_alloc(q->arena, CODE_LEN + 1);

	text = arena_printf(q->arena, "toast %s", text);
	secret_hmac(q->session->secret, text, strlen(text), code);
	secret_hex(code, sizeof(code), hex);
	return hex;
}

/* The cookie holds the last toast only: a redirect has just one. */
static void
keep_in_cookie(struct request *q, struct reply *r)
{
	const char *text = encode(q->arena, &r->toasts[r->toast_count - 1]);

	text = text_url_encode(q->arena, text);
	reply_cookie(r, COOKIE,
		     arena_printf(q->arena, "%s.%s", sign(q, text), text),
		     WAIT_S);
}

void
toast_keep(struct request *q, struct reply *r)
{
	struct fault unused;

	if (!q->session || r->toast_count == 0)
		return;
	for (size_t i = 0; i < r->toast_count; i++) {
		const char *text = encode(q->arena, &r->toasts[i]);
		struct bytes one =
			request_seal(q, key(q), text, strlen(text), WAIT_MS);

		if (redis_push(q->redis, key(q), one.data, one.len, WAIT_MS,
			       TOASTS_MAX, &unused)) {
			keep_in_cookie(q, r);
			r->toast_count = 0;
			return;
		}
	}
	r->toast_count = 0;
	reply_cookie(r, COOKIE, IN_REDIS, WAIT_S);
}

static void
take_from_redis(struct request *q, struct reply *r)
{
	struct bytes *texts;
	struct fault unused;
	size_t count;

	if (redis_take(q->redis, q->arena, key(q), &texts, &count, &unused))
		return;
	for (size_t i = 0; i < count; i++) {
		struct bytes one = request_unseal(q, key(q), texts[i]);

		if (one.data)
			decode(r, arena_memdup(q->arena, one.data, one.len));
	}
}

static void
take_from_cookie(struct request *q, struct reply *r, const char *cookie)
{
	const char *dot = strchr(cookie, '.');
	char *text;

	if (!dot || (size_t)(dot - cookie) != CODE_LEN)
		return;
	if (!secret_equal(arena_memdup(q->arena, cookie, CODE_LEN),
			  sign(q, dot + 1)))
		return;
	text = text_url_decode(q->arena, dot + 1, strlen(dot + 1));
	if (text)
		decode(r, text);
}

void
toast_take(struct request *q, struct reply *r)
{
	const char *cookie = request_cookie(q, COOKIE);

	if (!q->session || !cookie || !*cookie || q->head)
		return;
	if (strcmp(cookie, IN_REDIS) == 0)
		take_from_redis(q, r);
	else
		take_from_cookie(q, r, cookie);
	reply_cookie(r, COOKIE, "", 0);
}
