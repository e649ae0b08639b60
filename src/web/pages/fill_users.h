/* fill_users.h - the people of a workspace, one of them, and their links. */
#ifndef WEB_PAGES_FILL_USERS_H
#define WEB_PAGES_FILL_USERS_H

#include <stdbool.h>
#include <stdint.h>

#include "view/view.h"
#include "web/server/layout.h"
#include "workspace/people.h"

#define USERS_PATH SETTINGS_PATH "/users"

struct link_holder;
struct viewer;

/* The fields of the forms. */
enum user_field {
	USER_EMAIL,
	USER_NAME,
	USER_ROLE,
	USER_PASSWORD,
	USER_FIELDS
};
extern const char *const user_field_words[];

/* What was entered, and what is wrong with it: a sentence each; NULL: nothing.
 */
struct user_entries {
	const char *value[USER_FIELDS];
	const char *wrong[USER_FIELDS];
};

/* page_users.tpl */
struct users_page {
	const struct viewer *viewer;
	const char *csrf;
	struct people people;
	bool first;  /* the first page of the list */
	int64_t own; /* the id of who looks */
	struct user_entries e;
};
fill_fn fill_users;

/* The questions before something is done to a user; %s is their name. */
extern const char *const user_asks[]; /* by enum person_action; NULL: none */

/* page_user.tpl */
struct user_page {
	const struct viewer *viewer;
	const char *csrf;
	const struct person *person;
	bool own; /* it is who looks */
	struct user_entries e;
};
fill_fn fill_user;

/* page_user_link.tpl: a link, which is shown only now */
struct user_link_page {
	const struct person *person;
	const char *address;
	enum link_kind kind;
};
fill_fn fill_user_link;

/* page_invitation.tpl: who opens a link sets a password */
struct invitation_page {
	const char *action; /* the path of the link */
	const struct link_holder *holder;
	struct user_entries e;
};
fill_fn fill_invitation;

#endif
