/* Sign in, sign out. */
#include "web/auth.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "store/redis.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/route.h"
#include "web/session.h"

/* Wrong passwords in a quarter of an hour before there is a wait. */
#define TRIES_MS (15 * INT64_C(60000))
#define TRIES_WAIT "900" /* seconds */
#define TRIES_PERSON 10
#define TRIES_ADDRESS 50

#define EMAIL_MAX 190
#define PASSWORD_MAX 1000

static handler_fn form, sign_in, sign_out;

/* clang-format off */
const struct route auth_routes[] = {
	/* method path       least role   handler   arg also */
	{ GET,    "/login",  ANYBODY,     form,     0,  NULL },
	{ POST,   "/login",  ANYBODY,     sign_in,  0,  NULL },
	{ POST,   "/logout", ROLE_VIEWER, sign_out, 0,  NULL },
	{ 0 }
};
/* clang-format on */

static char nobodys_hash[PASSWORD_HASH_LEN];

void
auth_open(void)
{
	char password[21];

	secret_password_make(password);
	if (secret_password_hash(password, nobodys_hash)) {
		log_error("There is no memory to check passwords.");
		exit(1);
	}
}

static int
show(struct reply *r, const struct login_form *data, struct fault *f)
{
	struct page page = { .title =
				     data->wrong ? "Error: Sign in" : "Sign in",
			     .tpl = "page_login.tpl",
			     .fill = fill_login,
			     .data = data };

	return reply_page(r, &page, f);
}

/* Why they are here, when they did not come by themselves. */
static const char *
reason(const struct request *q)
{
	static const char *const words[] = { "ended", "out", NULL };
	static const char *const reasons[] = {
		"Your session has ended. Sign in to go on.",
		"You are signed out.",
	};
	const char *why = pairs_get(&q->query, "why");
	int i = why ? word_find(words, why) : -1;

	return i < 0 ? NULL : reasons[i];
}

/* GET /login */
static int
form(struct request *q, struct reply *r, struct fault *f)
{
	const char *next = request_local(pairs_get(&q->query, "next"));
	struct fault unused;

	if (session_open(q, &unused) == 0) {
		reply_see(r, next);
		return 0;
	}
	q->refused = 0;
	return show(r,
		    &(struct login_form){
			    .email = "", .next = next, .why = reason(q) },
		    f);
}

static const char *
counter(struct request *q, const char *kind, const char *who)
{
	uint8_t digest[DIGEST_LEN];
	char hex[2 * DIGEST_LEN + 1];

	secret_digest(who, strlen(who), digest);
	secret_hex(digest, sizeof(digest), hex);
	return arena_printf(q->arena, "tries:%s:%s", kind, hex);
}

static const char *
person(struct request *q, const char *email)
{
	return counter(q, "person",
		       arena_printf(q->arena, "%s %s",
				    text_fold(q->arena, email), q->address));
}

/* It was no wrong one: a whole shift may sign in from one address. */
static void
forgive(struct request *q, const char *email)
{
	struct fault unused;
	int64_t left;

	redis_del(q->redis, person(q, email), &unused);
	redis_bump(q->redis, counter(q, "address", q->address), -1, &left,
		   &unused);
}

/*
 * Counts the try before the password is looked at, so that many at once do
 * not slip through.  Nginx limits the rate besides, also with Redis away.
 */
static bool
too_many(struct request *q, const char *email)
{
	int64_t mine = 0, here = 0;
	struct fault unused;

	redis_incr(q->redis, person(q, email), TRIES_MS, &mine, &unused);
	redis_incr(q->redis, counter(q, "address", q->address), TRIES_MS, &here,
		   &unused);
	return mine > TRIES_PERSON || here > TRIES_ADDRESS;
}

static int
refuse(struct request *q, struct reply *r, int status, const char *email,
       const char *next, const char *wrong, struct fault *f)
{
	log_info("POST /login %d from=%s: %s", status, q->address, wrong);
	if (q->json)
		return request_refuse(q, status, f, "%s", wrong);
	r->status = status;
	return show(r,
		    &(struct login_form){
			    .email = email,
			    .next = next,
			    .wrong = wrong,
			    .wait_until = status == 429
						  ? q->now + TRIES_MS * 1000
						  : 0 },
		    f);
}

/* The database takes one letter for another where tries are counted apart. */
static bool
is_theirs(struct request *q, const struct account *who, const char *email)
{
	return strcmp(text_fold(q->arena, who->email),
		      text_fold(q->arena, email)) == 0;
}

/* An unknown e-mail costs the same work as a wrong password. */
static int
check(struct request *q, const char *email, const char *password,
      struct account *who, bool *right, struct fault *f)
{
	const char *hash = nobodys_hash;
	int absent = account_by_email(q->db, email, who, &hash, q->arena, f);

	if (absent && f->code != FAULT_ABSENT)
		return -1;
	*right = !absent && is_theirs(q, who, email);
	if (!*right)
		hash = nobodys_hash;
	if (!secret_password_check(hash, password))
		*right = false;
	return 0;
}

/* POST /login */
static int
sign_in(struct request *q, struct reply *r, struct fault *f)
{
	const char *email = pairs_get(&q->form, "email");
	const char *password = pairs_get(&q->form, "password");
	const char *next = request_local(pairs_get(&q->form, "next"));
	struct fault unused;
	struct account who;
	bool right;

	email = email ? text_trim(q->arena, email) : "";
	if (!password || strlen(password) > PASSWORD_MAX ||
	    strlen(email) > EMAIL_MAX)
		password = "";
	if (too_many(q, email)) {
		reply_header(r, "Retry-After", TRIES_WAIT);
		return refuse(q, r, 429, email, next,
			      "Too many tries. Wait 15 minutes and try again.",
			      f);
	}
	if (check(q, email, password, &who, &right, f))
		return -1;
	if (!right)
		return refuse(q, r, 422, email, next,
			      "The e-mail or the password is wrong.", f);
	forgive(q, email);
	if (session_start(q, r, &who, f))
		return -1;
	session_sweep(q->db, &unused); /* who comes clears up after others */
	reply_see(r, next);
	return 0;
}

/* POST /logout */
static int
sign_out(struct request *q, struct reply *r, struct fault *f)
{
	if (session_finish(q, r, f))
		return -1;
	reply_see(r, "/login?why=out");
	return 0;
}
