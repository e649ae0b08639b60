/* fill_factor.h - setting up one's own second factor. */
#ifndef WEB_PAGES_FILL_FACTOR_H
#define WEB_PAGES_FILL_FACTOR_H

#include "view/view.h"
#include "web/server/layout.h"

struct arena;

#define FACTOR_PATH ACCOUNT_PATH "/second-factor"

/* page_factor.tpl */
struct factor_page {
	const char *csrf;
	const char *state; /* the secret, sealed */
	const char *uri;   /* for the app */
	const char *text;  /* the secret, for people who type it */
	const char *wrong; /* what is wrong with the code; NULL: nothing */
	struct arena *arena;
};
fill_fn fill_factor;

/* page_recovery.tpl: takes the RECOVERY_CODES codes */
fill_fn fill_recovery;

#endif
