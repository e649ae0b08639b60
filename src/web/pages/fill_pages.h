/*
 * fill_pages.h - the small pages: the sign-in, the index of settings, and a
 * question; see web/server/layout.h.
 */
#ifndef WEB_PAGES_FILL_PAGES_H
#define WEB_PAGES_FILL_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "view/view.h"

struct arena;

/* page_login.tpl */
struct login_form {
	const char *email; /* what was typed; "" */
	const char *next;  /* path to go on to; "" */
	const char *wrong; /* what is wrong: a sentence; NULL: nothing */
	const char *why;   /* reason for this page: a sentence; NULL: none */
	/* Every attempt is refused until then (wall clock, us); the time
	 * completes 'wrong', which ends in "try again".  0: no wait. */
	int64_t wait_until;
};
void fill_login(struct view *v, const void *form);

/* page_code.tpl: the second step of a sign-in */
struct code_form {
	const char *state; /* whose sign-in it is, sealed */
	const char *next;  /* path to go on to */
	const char *wrong; /* what is wrong: a sentence; NULL: nothing */
};
void fill_code(struct view *v, const void *form);

/* page_settings.tpl: the pages below Settings that a struct viewer may open */
fill_fn fill_settings_index;

/* page_confirm.tpl: a question without JavaScript; posts to the same address
 * again, with confirm=1 for OK and confirm=0 for Cancel. */
struct confirm_page {
	const char *action; /* path and query of the request */
	const char *ask;    /* as in campaign_transitions */
	const char *what;   /* for the %s of 'ask'; NULL: it has none */
	/* The campaign that the question is about, and the action's label; id
	 * NULL: no particular campaign. */
	const char *id, *name, *label;
	const char *icon;
	bool grave;		/* red */
	const char *const *ids; /* the selected rows, posted again */
	size_t id_count;
	const char *csrf, *back;
	struct arena *arena;
};
void fill_confirm(struct view *v, const void *page);

#endif
