/* fill_users.c - the people of a workspace, one of them, and their links. */

#include "web/pages/fill_users.h"

#include <string.h>

#include "web/pages/viewer.h"
#include "workspace/account.h"
#include "workspace/password.h"

const char *const user_field_words[] = { "email", "name", "role", "password",
					 NULL };

const char *const user_asks[] = {
	[PERSON_DISABLE] = "Disable %s? They are signed out at once and cannot "
			   "sign in until they are enabled again.",
	[PERSON_ENABLE] = NULL,
	[PERSON_REMOVE] = "Remove %s? They are signed out at once. Their "
			  "campaigns stay, and the audit log keeps their name.",
};

static void
fill_wrong(struct view *v, const struct user_entries *e, enum user_field field)
{
	static const char *const marks[USER_FIELDS] = {
		[USER_EMAIL] = "BAD_EMAIL",
		[USER_NAME] = "BAD_NAME",
		[USER_ROLE] = "BAD_ROLE",
		[USER_PASSWORD] = "BAD_PASSWORD",
	};

	if (e->wrong[field])
		view_str(view_section(v, marks[field]), "WHY", e->wrong[field]);
}

static void
fill_name(struct view *v, const struct user_entries *e)
{
	view_str(v, "NAME", e->value[USER_NAME]);
	fill_wrong(v, e, USER_NAME);
}

/* The choices of a role, and what they mean. */
static void
fill_roles(struct view *v, const struct user_entries *e)
{
	fill_wrong(v, e, USER_ROLE);
	view_str(v, "ROLE_HELP",
		 record_find(&person_entry_record, "role")->help);
	for (unsigned i = 0; i < ROLE_MAX; i++) {
		struct view *one = view_section(v, "ROLE_OPTION");

		view_str(one, "WORD", role_words[i]);
		view_str(one, "LABEL", role_label(i));
		if (!strcmp(e->value[USER_ROLE], role_words[i]))
			view_show(one, "ON");
	}
}

/* "Active", "Disabled", or until when an invitation can be accepted. */
static void
fill_state(struct view *v, const struct person *p, const struct viewer *viewer)
{
	static const char *const marks[] = {
		[PERSON_ACTIVE] = "ACTIVE",
		[PERSON_INVITED] = "INVITED",
		[PERSON_DISABLED] = "DISABLED",
	};
	struct view *state = view_section(v, marks[p->state]);

	if (p->state == PERSON_INVITED && p->link_until)
		view_time(view_section(state, "UNTIL"), "AT", p->link_until,
			  VIEW_MOMENT, &viewer->zone);
	else if (p->state == PERSON_INVITED)
		view_show(state, "EXPIRED");
}

static void
fill_row(struct view *v, const struct users_page *u, const struct person *p)
{
	struct view *row = view_section(v, "USER");
	bool keeper = u->viewer->role == ROLE_ADMIN;

	view_str(row, "EMAIL", p->email);
	view_str(row, "ROLE", role_label(p->role));
	view_str(view_section(row, keeper ? "LINKED" : "PLAIN"), "NAME",
		 p->name);
	view_int(row, "ID", p->user_id);
	if (p->user_id == u->own)
		view_show(row, "YOU");
	fill_state(row, p, u->viewer);
}

void
fill_users(struct view *v, const void *data)
{
	const struct users_page *u = data;

	if (u->viewer->role == ROLE_ADMIN) {
		struct view *forms = view_section(v, "FORMS");

		view_str(forms, "CSRF", u->csrf);
		view_str(forms, "EMAIL", u->e.value[USER_EMAIL]);
		fill_wrong(forms, &u->e, USER_EMAIL);
		fill_name(forms, &u->e);
		fill_roles(forms, &u->e);
	}
	for (size_t i = 0; i < u->people.count; i++)
		fill_row(v, u, &u->people.list[i]);
	if (u->people.more)
		view_str(view_section(v, "MORE"), "AFTER",
			 u->people.list[u->people.count - 1].email);
	if (!u->first)
		view_show(v, "TO_FIRST");
}

/* A button that asks before it acts. */
static void
fill_step(struct view *v, const char *section, const struct user_page *u,
	  enum person_action action)
{
	struct view *button = view_section(v, section);

	view_int(button, "ID", u->person->user_id);
	if (user_asks[action])
		view_str(button, "ASK", user_asks[action]);
}

static void
fill_link(struct view *v, const struct person *p)
{
	bool invited = p->state == PERSON_INVITED;
	struct view *one = view_section(v, invited ? "INVITE" : "RESET");

	view_int(one, "ID", p->user_id);
	view_str(one, "LIFE",
		 person_link_life(invited ? LINK_INVITATION : LINK_RESET));
}

void
fill_user(struct view *v, const void *data)
{
	const struct user_page *u = data;
	const struct person *p = u->person;

	view_str(v, "CSRF", u->csrf);
	view_int(v, "ID", p->user_id);
	view_int(v, "VERSION", p->version);
	view_str(v, "TITLE", p->name);
	view_str(v, "ADDRESS", p->email);
	fill_name(v, &u->e);
	if (u->own) {
		view_str(view_section(v, "OWN"), "ROLE", role_label(p->role));
		return;
	}
	fill_roles(view_section(v, "ROLES"), &u->e);
	fill_state(v, p, u->viewer);
	if (p->state != PERSON_DISABLED)
		fill_link(view_section(v, "LINK"), p);
	if (p->second_factor)
		view_int(view_section(v, "FACTOR"), "ID", p->user_id);
	if (p->state == PERSON_DISABLED)
		fill_step(v, "ENABLE", u, PERSON_ENABLE);
	else
		fill_step(v, "DISABLE", u, PERSON_DISABLE);
	fill_step(v, "REMOVE", u, PERSON_REMOVE);
}

void
fill_user_link(struct view *v, const void *data)
{
	const struct user_link_page *l = data;

	view_int(v, "ID", l->person->user_id);
	view_str(v, "NAME", l->person->name);
	view_str(v, "EMAIL", l->person->email);
	view_str(v, "ADDRESS", l->address);
	view_str(v, "LIFE", person_link_life(l->kind));
	view_show(v, l->kind == LINK_INVITATION ? "INVITATION" : "RESET");
}

void
fill_invitation(struct view *v, const void *data)
{
	const struct invitation_page *i = data;

	view_str(v, "ACTION", i->action);
	view_str(v, "ADDRESS", i->holder->email);
	fill_wrong(v, &i->e, USER_PASSWORD);
	view_int(v, "PASSWORD_MIN", password_field.min);
	if (i->holder->kind == LINK_RESET) {
		view_str(view_section(v, "RESET"), "HOLDER", i->holder->name);
		return;
	}
	view_str(view_section(v, "WELCOME"), "WORKSPACE", i->holder->workspace);
	fill_name(view_section(v, "NAMED"), &i->e);
}
