/* The people of a workspace: all may read who they are, administrators invite,
 * change, disable and remove them. */
#include <string.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/words.h"
#include "web/pages/fill_pages.h"
#include "web/pages/fill_users.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"
#include "workspace/people.h"
#include "workspace/second_factor.h"

static handler_fn show, invite, edit, change, look_again, make_link, act,
	clear_factor;

/* clang-format off */
const struct route user_routes[] = {
	/* method path             least role   handler arg prefetch, flags */
	{ GET,    USERS_PATH,      ROLE_VIEWER, show,   0,  NULL, 0 },
	{ POST,   USERS_PATH,      ROLE_ADMIN,  invite, 0,  NULL, 0 },
	{ GET,    USERS_PATH "/edit", ROLE_ADMIN, edit, 0,  NULL, 0 },
	{ POST,   USERS_PATH "/edit", ROLE_ADMIN, change, 0, NULL, 0 },
	{ GET,    USERS_PATH "/link", ROLE_ADMIN, look_again, 0, NULL, 0 },
	{ POST,   USERS_PATH "/link", ROLE_ADMIN, make_link, 0, NULL, 0 },
	{ POST,   USERS_PATH "/disable", ROLE_ADMIN, act, PERSON_DISABLE, NULL, 0 },
	{ POST,   USERS_PATH "/enable", ROLE_ADMIN, act, PERSON_ENABLE, NULL, 0 },
	{ POST,   USERS_PATH "/remove", ROLE_ADMIN, act, PERSON_REMOVE, NULL, 0 },
	{ POST,   USERS_PATH "/second-factor", ROLE_ADMIN, clear_factor, 0, NULL, 0 },
	{ 0 }
};
/* clang-format on */

static int64_t
own_workspace(const struct request *q)
{
	return q->session->account.workspace_id;
}

static const char *
entered(const struct request *q, const char *name)
{
	const char *value = pairs_get(&q->form, name);

	return value ? value : "";
}

static bool
is_wrong(const struct user_entries *e)
{
	for (size_t i = 0; i < USER_FIELDS; i++) {
		if (e->wrong[i])
			return true;
	}
	return false;
}

/* Keeps a fault of a field, to be shown there; -1: it is none of these. */
static int
keep_wrong(struct request *q, struct reply *r, struct user_entries *e,
	   struct fault *f)
{
	int field = word_find(user_field_words, f->field);

	if (q->json || field < 0)
		return -1;
	e->wrong[field] = arena_strdup(q->arena, f->text);
	r->status = request_status(q, f);
	return 0;
}

static int
reply_list(struct request *q, struct reply *r, struct user_entries e,
	   struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	const char *after = pairs_get(&q->query, "after");
	struct users_page data = { .viewer = &viewer,
				   .csrf = q->session->csrf,
				   .first = !after,
				   .own = q->session->account.user_id,
				   .e = e };
	struct page page = { .title = is_wrong(&e) ? "Error: Users" : "Users",
			     .tpl = "page_users.tpl",
			     .fill = fill_users,
			     .data = &data,
			     .wizard = true };

	if (people_list(q->db, own_workspace(q), after ? after : "",
			&data.people, q->arena, f))
		return -1;
	return reply_page(r, &page, f);
}

/* GET .../users?after= */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	const struct user_entries none = {
		.value = { "", "", role_words[ROLE_VIEWER], "" }
	};

	return reply_list(q, r, none, f);
}

/* The link itself is in no address and no log: this page is all there is. */
static int
show_link(struct request *q, struct reply *r, const struct person *p,
	  const struct person_link *link, struct fault *f)
{
	struct user_link_page data = {
		.person = p,
		.address = person_link_address(q->config->public_url, link,
					       q->arena),
		.kind = link->kind,
	};
	struct page page = { .title = arena_printf(q->arena, "Link, %s",
						   p->name),
			     .tpl = "page_user_link.tpl",
			     .fill = fill_user_link,
			     .data = &data,
			     .wizard = true };

	if (!q->json)
		return reply_page(r, &page, f);
	reply_json(r, 200, "link", data.address, NULL);
	return 0;
}

/* POST .../users: invites a person */
static int
invite(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct user_entries e = { .value = { entered(q, "email"),
					     entered(q, "name"),
					     entered(q, "role"), "" } };
	const struct person_form form = { e.value[USER_EMAIL],
					  e.value[USER_NAME],
					  e.value[USER_ROLE] };
	struct person_link link;
	struct person p;

	q->failed = "Failed to invite";
	if (person_invite(q->db, &who, &form, &link, q->arena, f))
		return keep_wrong(q, r, &e, f) ? -1 : reply_list(q, r, e, f);
	if (person_find(q->db, who.workspace_id,
			text_trim(q->arena, form.email), &p, q->arena, f))
		return -1;
	return show_link(q, r, &p, &link, f);
}

/* The user that the query names. */
static int
asked_user(struct request *q, struct person *p, struct fault *f)
{
	const char *text = pairs_get(&q->query, "user");
	int64_t id = 0;

	if (text && text_int(text, &id))
		id = 0;
	return person_load(q->db, own_workspace(q), id, p, q->arena, f);
}

static int
reply_user(struct request *q, struct reply *r, const struct person *p,
	   struct user_entries e, struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct user_page data = { .viewer = &viewer,
				  .csrf = q->session->csrf,
				  .person = p,
				  .own = p->user_id ==
					 q->session->account.user_id,
				  .e = e };
	struct page page = { .title = arena_printf(
				     q->arena, "%s%s",
				     is_wrong(&e) ? "Error: " : "", p->name),
			     .tpl = "page_user.tpl",
			     .fill = fill_user,
			     .data = &data,
			     .wizard = true };

	return reply_page(r, &page, f);
}

/* GET .../users/edit?user= */
static int
edit(struct request *q, struct reply *r, struct fault *f)
{
	struct person p;

	if (asked_user(q, &p, f))
		return -1;
	return reply_user(
		q, r, &p,
		(struct user_entries){
			.value = { p.email, p.name, role_words[p.role], "" } },
		f);
}

/* POST .../users/edit?user= */
static int
change(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct user_entries e = { .value = { "", entered(q, "name"),
					     entered(q, "role"), "" } };
	struct person_change c = { .name = e.value[USER_NAME],
				   .role = pairs_get(&q->form, "role") };
	struct person p;

	q->failed = "Failed to change";
	if (asked_user(q, &p, f))
		return -1;
	c.user_id = p.user_id;
	if (text_int(entered(q, "version"), &c.version) || c.version < 0)
		c.version = INT64_MAX; /* of no page */
	if (person_change(q->db, &who, &c, q->arena, f))
		return keep_wrong(q, r, &e, f) ? -1
					       : reply_user(q, r, &p, e, f);
	session_tell(q, SESSION_CHANGED, &c.seen);
	reply_toast(r, false, "User changed", p.email);
	reply_redirect(r, USERS_PATH);
	return 0;
}

/* GET .../users/link: the address in the browser after a link was shown */
static int
look_again(struct request *q, struct reply *r, struct fault *f)
{
	(void)q;
	(void)f;
	reply_redirect(r, USERS_PATH);
	return 0;
}

/* POST .../users/link?user= */
static int
make_link(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct person_link link;
	struct person p;

	q->failed = "Failed to make a link";
	if (asked_user(q, &p, f) ||
	    person_link_make(q->db, &who, p.user_id, &link, q->arena, f))
		return -1;
	return show_link(q, r, &p, &link, f);
}

static const struct {
	const char *failed, *done, *label, *icon;
} words[] = {
	[PERSON_DISABLE] = { "Failed to disable", "User disabled", "Disable",
			     "lock" },
	[PERSON_ENABLE] = { "Failed to enable", "User enabled", "Enable",
			    "check" },
	[PERSON_REMOVE] = { "Failed to remove", "User removed", "Remove",
			    "trash-2" },
};

/* Without JavaScript the confirmation is a page of its own. */
static int
ask(struct request *q, struct reply *r, const struct person *p,
    enum person_action action, struct fault *f)
{
	struct confirm_page data = {
		.action = q->target,
		.ask = user_asks[action],
		.what = p->name,
		.icon = words[action].icon,
		.grave = true,
		.csrf = q->session->csrf,
		.back = USERS_PATH,
		.arena = q->arena,
	};
	struct page page = { .title =
				     arena_printf(q->arena, "%s, %s",
						  words[action].label, p->name),
			     .tpl = "page_confirm.tpl",
			     .fill = fill_confirm,
			     .data = &data };

	return reply_page(r, &page, f);
}

/* POST .../users/disable, /enable, /remove?user= */
static int
act(struct request *q, struct reply *r, struct fault *f)
{
	enum person_action action = (enum person_action)q->route->arg;
	struct actor who = session_actor(q->session);
	const char *sure = pairs_get(&q->form, "confirm");
	struct person_step step = { .action = action };
	struct person p;

	q->failed = words[action].failed;
	if (asked_user(q, &p, f))
		return -1;
	if (user_asks[action] && !sure)
		return ask(q, r, &p, action, f);
	if (!user_asks[action] || !strcmp(sure, "1")) {
		step.user_id = p.user_id;
		if (person_apply(q->db, &who, &step, q->arena, f))
			return -1;
		session_tell(q, SESSION_ENDED, &step.ended);
		reply_toast(r, false, words[action].done, p.email);
	}
	reply_redirect(r, USERS_PATH);
	return 0;
}

/* POST .../users/second-factor?user=: switches somebody else's off */
static int
clear_factor(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct person p;

	q->failed = "Failed to switch off";
	if (asked_user(q, &p, f) ||
	    factor_switch_off(q->db, &who, p.user_id, f))
		return -1;
	reply_toast(r, false, "Second factor switched off", p.email);
	reply_redirect(r, USERS_PATH);
	return 0;
}
