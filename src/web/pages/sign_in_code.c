#include "web/pages/sign_in_code.h"

#include <inttypes.h>
#include <string.h>

#include "app/installation.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "web/pages/fill_pages.h"
#include "web/pages/pages.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/return_path.h"
#include "web/server/route.h"
#include "web/server/session.h"
#include "workspace/second_factor.h"
#include "workspace/sign_in.h"

#define STATE "sign-in"
#define STATE_LIFE_MS (5 * 60 * 1000)
#define HEX_LEN ((size_t)2 * DIGEST_LEN)

static handler_fn look_again, take;

/* clang-format off */
const struct route code_routes[] = {
	/* method path            least role handler     arg prefetch, flags */
	{ GET,    "/login/code",  ANYBODY,   look_again, 0,  NULL, 0 },
	{ POST,   "/login/code",  ANYBODY,   take,       0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* GET /login/code: the address in the browser after a code was refused */
static int
look_again(struct request *q, struct reply *r, struct fault *f)
{
	(void)q;
	(void)f;
	reply_redirect(r, "/login");
	return 0;
}

static int
show(struct request *q, struct reply *r, const char *state, const char *wrong,
     struct fault *f)
{
	const struct code_form data = {
		.state = state,
		.next = return_path_check(pairs_get(&q->form, "next")),
		.wrong = wrong,
	};
	struct page page = { .title = wrong ? "Error: Second step"
					    : "Second step",
			     .tpl = "page_code.tpl",
			     .fill = fill_code,
			     .data = &data,
			     .wizard = true };

	return reply_page(r, &page, f);
}

static void
hash_hex(const char *hash, char out[static 2 * DIGEST_LEN + 1])
{
	uint8_t digest[DIGEST_LEN];

	secret_digest(hash, strlen(hash), digest);
	secret_hex(digest, DIGEST_LEN, out);
}

int
code_ask(struct request *q, struct reply *r, const struct account *who,
	 const char *hash, struct fault *f)
{
	char of[2 * DIGEST_LEN + 1], *state;
	const char *content;
	struct bytes sealed;

	if (session_secret(q, f))
		return -1;
	hash_hex(hash, of);
	content = arena_printf(q->arena, "%s%s", of, who->email);
	sealed =
		request_seal(q, STATE, content, strlen(content), STATE_LIFE_MS);
	state = arena_alloc(q->arena, 2 * sealed.len + 1);
	secret_hex(sealed.data, sealed.len, state);
	return show(q, r, state, NULL, f);
}

/* Whose password was right a moment ago; FAULT_ABSENT: nobody's. */
static int
open_state(struct request *q, const char *state, struct account *who,
	   struct fault *f)
{
	size_t len = strlen(state) / 2;
	char *raw = arena_alloc(q->arena, len + 1);
	char of[2 * DIGEST_LEN + 1];
	const char *hash, *text;
	struct bytes content;

	if (session_secret(q, f))
		return -1;
	if (secret_unhex(state, raw, len))
		len = 0;
	content = request_unseal(q, STATE, (struct bytes){ raw, len });
	if (!content.data || content.len <= HEX_LEN)
		return fault_set(f, FAULT_ABSENT, "Sign in again.");
	text = arena_memdup(q->arena, content.data, content.len);
	if (account_by_email(q->db, text + HEX_LEN, who, &hash, q->arena, f))
		return -1;
	hash_hex(hash, of);
	return strncmp(of, text, HEX_LEN) != 0
		       ? fault_set(f, FAULT_ABSENT, "Sign in again.")
		       : 0;
}

/* Counted apart from passwords: a right one came before. */
static int
check(struct request *q, struct reply *r, const struct account *who,
      struct fault *f)
{
	const struct sign_in try = {
		.email = arena_printf(q->arena, "code of %s", who->email),
		.address = q->address,
	};
	const char *code = pairs_get(&q->form, "code");
	const struct factor_try factor = {
		.installation = q->installation->secret,
		.user_id = who->user_id,
		.code = code ? code : "",
		.now = q->now / US_PER_S,
	};
	struct fault unused;
	int64_t wait_s;

	if (sign_in_count(q->db, &try, &wait_s, q->arena, f))
		return -1;
	if (wait_s) {
		reply_header(r, "Retry-After",
			     arena_printf(q->arena, "%" PRId64, wait_s));
		q->refused = 429;
		return fault_field(f, "code",
				   "Too many wrong codes. Try again in %" PRId64
				   " minutes.",
				   wait_s / 60);
	}
	if (factor_take(q->db, &factor, q->arena, f))
		return -1;
	sign_in_forgive(q->db, &try, q->arena, &unused);
	return 0;
}

/* POST /login/code */
static int
take(struct request *q, struct reply *r, struct fault *f)
{
	const char *state = pairs_get(&q->form, "state");
	struct sign_in try = { .address = q->address };
	struct account who = { 0 };
	struct fault unused;

	if (open_state(q, state ? state : "", &who, f)) {
		if (f->code != FAULT_ABSENT || q->json)
			return -1;
		reply_redirect(r, "/login?why=late");
		return 0;
	}
	if (check(q, r, &who, f)) {
		if (q->json || strcmp(f->field, "code") != 0)
			return -1;
		r->status = request_status(q, f);
		log_info("POST /login/code %d user=%" PRId64 " from=%s: %s",
			 r->status, who.user_id, q->address, f->text);
		return show(q, r, state, arena_strdup(q->arena, f->text), f);
	}
	try.email = who.email;
	sign_in_forgive(q->db, &try, q->arena, &unused);
	if (session_start(q, r, &who, f))
		return -1;
	log_info("POST /login/code 303 user=%" PRId64 " from=%s: signed in",
		 who.user_id, q->address);
	session_sweep(q->db, &unused);
	reply_redirect(r, return_path_check(pairs_get(&q->form, "next")));
	return 0;
}
