/* Sign in, sign out. */
#include "web/pages/auth.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/words.h"
#include "web/pages/fill_pages.h"
#include "web/pages/pages.h"
#include "web/pages/sign_in_code.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/return_path.h"
#include "web/server/route.h"
#include "web/server/session.h"
#include "web/server/trusted_header.h"
#include "workspace/second_factor.h"
#include "workspace/sign_in.h"

#define PASSWORD_MAX 1000

static handler_fn form, sign_in, sign_out;

/* clang-format off */
const struct route auth_routes[] = {
	/* method path       least role   handler   arg prefetch, flags */
	{ GET,    "/login",  ANYBODY,     form,     0,  NULL, 0 },
	{ POST,   "/login",  ANYBODY,     sign_in,  0,  NULL, 0 },
	{ POST,   "/logout", ROLE_VIEWER, sign_out, 0,  NULL, 0 },
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
		log_error("There is not enough memory to check passwords.");
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

/* Why the sign-in page is shown; NULL: the person asked for it. */
static const char *
reason(const struct request *q)
{
	static const char *const words[] = { "ended", "out", "late", "reset",
					     NULL };
	static const char *const reasons[] = {
		"Your session has ended. Sign in to continue.",
		"You are signed out.",
		"That took too long. Sign in again.",
		"Your new password is set. Sign in with it.",
	};
	const char *why = pairs_get(&q->query, "why");
	int i = why ? word_find(words, why) : -1;

	return i < 0 ? NULL : reasons[i];
}

/* Logs a try by user id and not by e-mail; 0: an unknown person. */
static void
tell(const struct request *q, int status, const struct account *who,
     const char *what)
{
	log_info("%s /login %d user=%lld from=%s: %s", method_words[q->method],
		 status, (long long)who->user_id, q->address, what);
}

/* True when the e-mail addresses are equal but for case.  The database also
 * equates letters (e, é) that the counts of tries keep apart. */
static bool
is_theirs(struct request *q, const struct account *who, const char *email)
{
	return strcmp(text_fold(q->arena, who->email),
		      text_fold(q->arena, email)) == 0;
}

/* The proxy in front has signed somebody in, with as many factors as it asks
 * for.  After a sign-out the page is shown first, so that one can stay out. */
static int
take_trusted(struct request *q, struct reply *r, const char *email,
	     struct fault *f)
{
	const char *next = return_path_check(pairs_get(&q->query, "next"));
	const struct login_form unknown = {
		.email = email,
		.next = next,
		.wrong = "Nobody with your e-mail address may sign in here. An "
			 "administrator can invite you.",
	};
	struct account who;
	const char *hash;

	if (account_by_email(q->db, email, &who, &hash, q->arena, f)) {
		if (f->code != FAULT_ABSENT)
			return -1;
		r->status = 403;
		return show(r, &unknown, f);
	}
	if (!is_theirs(q, &who, email)) {
		r->status = 403;
		return show(r, &unknown, f);
	}
	if (session_start(q, r, &who, f))
		return -1;
	tell(q, 303, &who, "signed in by the proxy");
	reply_redirect(r, next);
	return 0;
}

/* GET /login */
static int
form(struct request *q, struct reply *r, struct fault *f)
{
	const char *next = return_path_check(pairs_get(&q->query, "next"));
	const char *why = pairs_get(&q->query, "why"), *email;
	struct fault unused;

	if (session_open(q, NULL, &unused) == 0) {
		reply_redirect(r, next);
		return 0;
	}
	q->refused = 0;
	if ((!why || strcmp(why, "out") != 0) && (email = trusted_email(q)))
		return take_trusted(q, r, email, f);
	return show(r,
		    &(struct login_form){
			    .email = "", .next = next, .why = reason(q) },
		    f);
}

static const char *
typed_email(struct request *q)
{
	const char *email = pairs_get(&q->form, "email");

	return email ? text_trim(q->arena, email) : "";
}

/* The page appends when: "at 14:36", "in 15 minutes". */
static const char *
too_many(int64_t wait_s)
{
	return wait_s > 15 * 60 ? "Too many wrong passwords for this e-mail "
				  "address. Sign in on a device you have used "
				  "before, or try again"
				: "Too many attempts. Try again";
}

static int
refuse(struct request *q, struct reply *r, int64_t wait_s, const char *wrong,
       struct fault *f)
{
	const char *next = return_path_check(pairs_get(&q->form, "next"));

	if (q->json && wait_s)
		return request_refuse(q, 429, f, "%s in %" PRId64 " minutes.",
				      wrong, wait_s / 60);
	if (q->json)
		return request_refuse(q, 422, f, "%s", wrong);
	r->status = wait_s ? 429 : 422;
	return show(
		r,
		&(struct login_form){
			.email = typed_email(q),
			.next = next,
			.wrong = wrong,
			.wait_until = wait_s ? q->now + wait_s * 1000000 : 0 },
		f);
}

/* Finds the person and the hash to check; an unknown e-mail address, or
 * somebody who has no password yet, takes as long as a wrong password. */
static int
find_person(struct request *q, const char *email, struct account *who,
	    const char **hash, struct fault *f)
{
	int absent = account_by_email(q->db, email, who, hash, q->arena, f);

	if (absent && f->code != FAULT_ABSENT)
		return -1;
	if (absent || !is_theirs(q, who, email) || !**hash) {
		*who = (struct account){ .user_id = 0 };
		*hash = nobodys_hash;
	}
	return 0;
}

static const char *
typed_password(struct request *q)
{
	const char *password = pairs_get(&q->form, "password");

	return password && strlen(password) <= PASSWORD_MAX ? password : "";
}

/* Nobody comes in while the audit log cannot be written. */
static int
let_in(struct request *q, struct reply *r, const struct account *who,
       struct fault *f)
{
	struct actor actor = { .user_id = who->user_id,
			       .workspace_id = who->workspace_id,
			       .role = (enum role)who->role,
			       .name = who->name };

	if (audit_add(q->db, &actor, 0, "sign in", NULL, NULL, f))
		return -1;
	return session_start(q, r, who, f);
}

/* POST /login */
static int
sign_in(struct request *q, struct reply *r, struct fault *f)
{
	struct sign_in try = { typed_email(q), q->address };
	struct fault unused;
	struct account who;
	const char *hash, *wrong = NULL;
	bool second;
	int64_t wait_s;

	if (find_person(q, try.email, &who, &hash, f) ||
	    sign_in_count(q->db, &try, &wait_s, q->arena, f))
		return -1;
	if (wait_s) {
		reply_header(r, "Retry-After",
			     arena_printf(q->arena, "%" PRId64, wait_s));
		wrong = too_many(wait_s);
	} else if (!secret_password_check(hash, typed_password(q)) ||
		   !who.user_id) {
		wrong = "The e-mail address or password is wrong.";
	}
	if (wrong) {
		tell(q, wait_s ? 429 : 422, &who, wrong);
		return refuse(q, r, wait_s, wrong, f);
	}
	if (factor_is_on(q->db, who.user_id, &second, f))
		return -1;
	if (second)
		return code_ask(q, r, &who, hash, f);
	sign_in_forgive(q->db, &try, q->arena, &unused);
	if (let_in(q, r, &who, f))
		return -1;
	tell(q, 303, &who, "signed in");
	session_sweep(q->db, &unused); /* each sign-in deletes expired ones */
	reply_redirect(r, return_path_check(pairs_get(&q->form, "next")));
	return 0;
}

/* POST /logout */
static int
sign_out(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);

	if (audit_add(q->db, &who, 0, "sign out", NULL, NULL, f) ||
	    session_finish(q, r, f))
		return -1;
	reply_redirect(r, "/login?why=out");
	return 0;
}
