/* One's own second factor: set up with an app, recovery codes, off again. */
#include <string.h>

#include "app/installation.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/secret.h"
#include "base/words.h"
#include "web/pages/fill_account.h"
#include "web/pages/fill_factor.h"
#include "web/pages/pages.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"
#include "workspace/second_factor.h"

#define STATE_LIFE_MS (30 * 60 * 1000)

static handler_fn look_again, begin, switch_on;

/* clang-format off */
const struct route factor_routes[] = {
	/* method path               least role   handler     arg prefetch, flags */
	{ GET,    FACTOR_PATH,       ROLE_VIEWER, look_again, 0,  NULL, 0 },
	{ POST,   FACTOR_PATH,       ROLE_VIEWER, begin,      0,  NULL, 0 },
	{ GET,    FACTOR_PATH "/on", ROLE_VIEWER, look_again, 0,  NULL, 0 },
	{ POST,   FACTOR_PATH "/on", ROLE_VIEWER, switch_on,  0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* GET: the address in the browser after one of these pages */
static int
look_again(struct request *q, struct reply *r, struct fault *f)
{
	(void)q;
	(void)f;
	reply_redirect(r, ACCOUNT_PATH);
	return 0;
}

/* What the seal of a person's secret is named by. */
static const char *
state_name(const struct request *q)
{
	return arena_printf(q->arena, "factor:%s", q->session->key);
}

static int
show(struct request *q, struct reply *r,
     const uint8_t secret[static TOTP_SECRET_LEN], const char *wrong,
     struct fault *f)
{
	struct bytes sealed =
		request_seal(q, state_name(q), (const char *)secret,
			     TOTP_SECRET_LEN, STATE_LIFE_MS);
	struct factor_page data = {
		.csrf = q->session->csrf,
		.uri = factor_uri(secret, q->session->account.email, q->arena),
		.text = totp_text(secret, q->arena),
		.wrong = wrong,
		.arena = q->arena,
	};
	char *state = arena_alloc(q->arena, 2 * sealed.len + 1);
	struct page page = { .title = wrong ? "Error: Second factor"
					    : "Second factor",
			     .tpl = "page_factor.tpl",
			     .fill = fill_factor,
			     .data = &data,
			     .wizard = true };

	secret_hex(sealed.data, sealed.len, state);
	data.state = state;
	return reply_page(r, &page, f);
}

/* POST .../second-factor: shows a new secret, which is not stored yet */
static int
begin(struct request *q, struct reply *r, struct fault *f)
{
	uint8_t secret[TOTP_SECRET_LEN];

	secret_random(secret, sizeof(secret));
	return show(q, r, secret, NULL, f);
}

/* The secret that the page has shown to this session. */
static int
read_secret(struct request *q, uint8_t secret[static TOTP_SECRET_LEN],
	    struct fault *f)
{
	const char *state = pairs_get(&q->form, "state");
	size_t len = state ? strlen(state) / 2 : 0;
	char *raw = arena_alloc(q->arena, len + 1);
	struct bytes got;

	if (!state || secret_unhex(state, raw, len))
		len = 0;
	got = request_unseal(q, state_name(q), (struct bytes){ raw, len });
	if (!got.data || got.len != TOTP_SECRET_LEN)
		return fault_set(f, FAULT_CONFLICT,
				 "The page was open for too long. Set the "
				 "second factor up again.");
	memcpy(secret, got.data, TOTP_SECRET_LEN);
	return 0;
}

/* POST .../second-factor/on */
static int
switch_on(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	const char *code = pairs_get(&q->form, "code");
	struct factor_setup setup = { .installation = q->installation->secret,
				      .code = code ? code : "",
				      .now = q->now / US_PER_S };
	struct page page = { .title = "Recovery codes",
			     .tpl = "page_recovery.tpl",
			     .fill = fill_recovery,
			     .data = setup.recovery,
			     .wizard = true };

	q->failed = "Failed to switch on";
	if (read_secret(q, setup.secret, f))
		return -1;
	if (factor_switch_on(q->db, &who, &setup, q->arena, f)) {
		if (q->json || strcmp(f->field, "code") != 0)
			return -1;
		r->status = request_status(q, f);
		return show(q, r, setup.secret, arena_strdup(q->arena, f->text),
			    f);
	}
	return reply_page(r, &page, f);
}
