/* One's own account: look of the pages, password, sessions. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/words.h"
#include "web/pages/fill_account.h"
#include "web/pages/fill_pages.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"
#include "workspace/second_factor.h"
#include "workspace/sign_in.h"

#define SIGNED_OUT "/login?why=out"

static handler_fn show, set_look, look_again, set_password, end_one, end_all,
	switch_off;

/* clang-format off */
const struct route account_routes[] = {
	/* method path                     least role   handler       arg prefetch, flags */
	{ GET,    ACCOUNT_PATH,            ROLE_VIEWER, show,         0,  NULL, 0 },
	{ POST,   ACCOUNT_PATH,            ROLE_VIEWER, set_look,     0,  NULL, 0 },
	{ GET,    ACCOUNT_PATH "/password", ROLE_VIEWER, look_again,  0,  NULL, 0 },
	{ POST,   ACCOUNT_PATH "/password", ROLE_VIEWER, set_password, 0, NULL, 0 },
	{ POST,   ACCOUNT_PATH "/sign-out", ROLE_VIEWER, end_one,     0,  NULL, 0 },
	{ POST,   ACCOUNT_PATH "/sign-out-everywhere", ROLE_VIEWER, end_all, 0, NULL, 0 },
	{ GET,    ACCOUNT_PATH "/second-factor/off", ROLE_VIEWER, look_again, 0, NULL, 0 },
	{ POST,   ACCOUNT_PATH "/second-factor/off", ROLE_VIEWER, switch_off, 0, NULL, 0 },
	{ 0 }
};
/* clang-format on */

static const char *
entered(const struct request *q, const char *name)
{
	const char *value = pairs_get(&q->form, name);

	return value ? value : "";
}

static int
reply_account(struct request *q, struct reply *r, struct account_page *data,
	      struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct seen_session *list;
	struct page page = { .title = "Your account",
			     .tpl = "page_account.tpl",
			     .fill = fill_account,
			     .data = data,
			     .wizard = true };

	if (session_list(q->db, q->session->account.user_id, &list,
			 &data->session_count, q->arena, f))
		return -1;
	if (factor_is_on(q->db, q->session->account.user_id, &data->factor,
			 f) ||
	    factor_recovery_left(q->db, q->session->account.user_id,
				 &data->recovery_left, f))
		return -1;
	data->sessions = list;
	data->viewer = &viewer;
	data->who = &q->session->account;
	data->csrf = q->session->csrf;
	data->own_key = q->session->key;
	for (size_t i = 0; i < ACCOUNT_FIELDS; i++) {
		if (data->wrong[i])
			page.title = "Error: Your account";
	}
	return reply_page(r, &page, f);
}

/* Shows a fault of a field at that field. */
static int
refuse(struct request *q, struct reply *r, struct fault *f)
{
	struct account_page data = { .csrf = NULL };
	int field = word_find(account_field_words, f->field);

	if (q->json || field < 0)
		return -1;
	data.wrong[field] = arena_strdup(q->arena, f->text);
	r->status = request_status(q, f);
	return reply_account(q, r, &data, f);
}

static int
done(struct reply *r, const char *text)
{
	reply_toast(r, false, text, "");
	reply_redirect(r, ACCOUNT_PATH);
	return 0;
}

/* GET /dashboard/account */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct account_page data = { .csrf = NULL };

	return reply_account(q, r, &data, f);
}

/* GET .../password: the address in the browser after a password was refused */
static int
look_again(struct request *q, struct reply *r, struct fault *f)
{
	(void)q;
	(void)f;
	reply_redirect(r, ACCOUNT_PATH);
	return 0;
}

/* POST /dashboard/account: theme, density, letter keys */
static int
set_look(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	const char *keys = pairs_get(&q->form, "letter_keys");
	struct own_look look;

	q->failed = "Failed to save";
	for (size_t i = 0; i < own_look_record.count; i++) {
		const struct field *fd = &own_look_record.fields[i];
		const char *text = entered(q, fd->name);

		if (fd->type == FIELD_BOOL) /* a box that is not ticked */
			text = keys ? keys : "no";
		if (field_set(fd, &look, text, q->arena, f))
			return refuse(q, r, f);
	}
	if (own_look_set(q->db, &who, &look, q->arena, f))
		return -1;
	session_tell_changed(q, who.user_id);
	return done(r, "Appearance saved");
}

/* The present password is counted like one at a sign-in; 'field': where a fault
 * is shown. */
static int
may_try(struct request *q, struct reply *r, const struct sign_in *try,
	const char *field, struct fault *f)
{
	int64_t wait_s;

	if (sign_in_count(q->db, try, &wait_s, q->arena, f))
		return -1;
	if (!wait_s)
		return 0;
	reply_header(r, "Retry-After",
		     arena_printf(q->arena, "%" PRId64, wait_s));
	q->refused = 429;
	return fault_field(f, field,
			   "Too many wrong passwords. Try again in %" PRId64
			   " minutes.",
			   wait_s / 60);
}

static struct sign_in
own_try(struct request *q)
{
	return (struct sign_in){
		.email = arena_printf(q->arena, "password of %s",
				      q->session->account.email),
		.address = q->address,
	};
}

/* POST .../second-factor/off: asks for the password */
static int
switch_off(struct request *q, struct reply *r, struct fault *f)
{
	const struct sign_in try = own_try(q);
	struct actor who = session_actor(q->session);
	struct fault unused;

	q->failed = "Failed to switch off";
	if (may_try(q, r, &try, "factor", f))
		return refuse(q, r, f);
	if (own_password_check(q->db, &q->session->account,
			       entered(q, "factor"), q->arena, f)) {
		if (!strcmp(f->field, "present"))
			fault_field(f, "factor", "The password is wrong.");
		return refuse(q, r, f);
	}
	sign_in_forgive(q->db, &try, q->arena, &unused);
	if (factor_switch_off(q->db, &who, who.user_id, f))
		return -1;
	return done(r, "Second factor switched off");
}

/* POST .../password */
static int
set_password(struct request *q, struct reply *r, struct fault *f)
{
	const struct account *who = &q->session->account;
	const struct sign_in try = own_try(q);
	struct own_password p = { .present = entered(q, "present"),
				  .password = entered(q, "password"),
				  .keep = q->session->digest };
	struct fault unused;

	q->failed = "Failed to change the password";
	if (may_try(q, r, &try, "present", f) ||
	    own_password_set(q->db, who, &p, q->arena, f))
		return refuse(q, r, f);
	sign_in_forgive(q->db, &try, q->arena, &unused);
	session_tell(q, SESSION_ENDED, &p.ended);
	return done(r, "Password changed");
}

/* POST .../sign-out?session= */
static int
end_one(struct request *q, struct reply *r, struct fault *f)
{
	const char *key = pairs_get(&q->query, "session");
	struct digests ended;

	q->failed = "Failed to sign out";
	if (key && !strcmp(key, q->session->key)) {
		if (session_finish(q, r, f))
			return -1;
		reply_redirect(r, SIGNED_OUT);
		return 0;
	}
	if (session_end_own(q->db, q->session->account.user_id, key ? key : "",
			    &ended, q->arena, f))
		return -1;
	session_tell(q, SESSION_ENDED, &ended);
	return done(r, "Session signed out");
}

/* Without JavaScript the confirmation is a page of its own. */
static int
ask(struct request *q, struct reply *r, struct fault *f)
{
	struct confirm_page data = {
		.action = q->target,
		.ask = SIGN_OUT_ASK,
		.icon = "log-out",
		.csrf = q->session->csrf,
		.back = ACCOUNT_PATH,
		.arena = q->arena,
	};
	struct page page = { .title = "Sign out everywhere",
			     .tpl = "page_confirm.tpl",
			     .fill = fill_confirm,
			     .data = &data };

	return reply_page(r, &page, f);
}

/* POST .../sign-out-everywhere */
static int
end_all(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	const char *sure = pairs_get(&q->form, "confirm");
	struct digests ended;

	q->failed = "Failed to sign out";
	if (!sure)
		return ask(q, r, f);
	if (strcmp(sure, "1") != 0) {
		reply_redirect(r, ACCOUNT_PATH);
		return 0;
	}
	if (own_sign_out(q->db, &who, &ended, q->arena, f))
		return -1;
	session_tell(q, SESSION_ENDED, &ended);
	session_forget(q, r);
	reply_redirect(r, SIGNED_OUT);
	return 0;
}
