/* fill_account.h - the page of one's own account. */
#ifndef WEB_PAGES_FILL_ACCOUNT_H
#define WEB_PAGES_FILL_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "view/view.h"
#include "workspace/own_account.h"
#include "workspace/own_session.h"

struct account;
struct arena;
struct viewer;

#define SIGN_OUT_ASK                                                           \
	"Sign out everywhere? Every browser in which you are signed in, this " \
	"one too, has to sign in again."

enum account_field {
	ACCOUNT_THEME,
	ACCOUNT_DENSITY,
	ACCOUNT_PRESENT,
	ACCOUNT_PASSWORD,
	ACCOUNT_FACTOR, /* the password by which it is switched off */
	ACCOUNT_FIELDS
};
extern const char *const account_field_words[];

/* page_account.tpl */
struct account_page {
	const struct viewer *viewer;
	const struct account *who;
	const char *csrf;
	const char *own_key; /* the session of this request */
	const struct seen_session *sessions;
	size_t session_count;
	bool factor; /* the second factor is on */
	int64_t recovery_left;
	const char *wrong[ACCOUNT_FIELDS]; /* a sentence each; NULL: nothing */
};
fill_fn fill_account;

/* "Firefox on Linux" of what a browser says of itself. */
const char *agent_words(const char *agent, struct arena *a);

#endif
