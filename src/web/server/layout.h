/*
 * layout.h - what pages and parts show: one struct and one fill function a
 * template.  They write nothing and know no request, so a page, a live update
 * and the answer to a button show a thing by the same function.
 *
 *     view_expand("part_campaign_row.tpl", fill_campaign_row, &row, out, f)
 *
 * Everything that a struct points to is borrowed for that one call.
 */
#ifndef WEB_SERVER_LAYOUT_H
#define WEB_SERVER_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "view/view.h"

struct account;
struct arena;

/* part_toast.tpl */
struct toast {
	bool bad;
	const char *text;   /* "Campaign started" */
	const char *detail; /* why not; NULL or "": none */
};
void fill_toast(struct view *v, const void *toast);

/* part_banner.tpl, in <div id="banner">; takes a sentence */
void fill_banner(struct view *v, const void *text);

/*
 * layout.tpl: the whole page around one of page_*.tpl.  With who NULL it is a
 * page of somebody who is not signed in: no menu, no forms.
 */
struct layout {
	const char *title; /* "Campaigns" */
	const struct account *who;
	const char *csrf;
	const char *back;   /* where an action without JavaScript returns to:
			       path and query of this page */
	const char *banner; /* NULL: none */
	const struct toast *toasts;
	size_t toast_count;
	const char *content; /* "page_campaigns.tpl" */
	fill_fn *fill;	     /* of that page */
	const void *data;    /* for that fill */
	bool list;	     /* without the sheet of single pages */
	bool wizard;	     /* with the wizard's sheet and script */
};
void fill_layout(struct view *v, const void *layout);

/* page_login.tpl */
struct login_form {
	const char *email; /* what was typed; "" */
	const char *next;  /* path to go on to; "" */
	const char *wrong; /* a sentence; NULL: nothing is */
	const char *why;   /* they are here: a sentence; NULL: they came */
	/* They have to wait until then, whatever they type, which goes on the
	 * sentence: "Try again"; 0: no. */
	int64_t wait_until;
};
void fill_login(struct view *v, const void *form);

/* page_error.tpl */
struct error_page {
	int status;	     /* 404 */
	const char *text;    /* a sentence; NULL: the usual one of the status */
	const char *request; /* number to quote */
	bool home;	     /* offers the way to the campaigns */
};
void fill_error(struct view *v, const void *page);
/* "Not found": the title of an error page. */
const char *error_title(int status);

#define SETTINGS_PATH "/dashboard/settings"

/* page_settings.tpl: the pages below Settings; takes nothing */
void fill_settings_index(struct view *v, const void *unused);

/* page_confirm.tpl: a question without JavaScript; posts to the same address
 * again, with confirm=1 for OK and confirm=0 for Cancel. */
struct confirm_page {
	const char *action; /* path and query of the request */
	const char *ask;    /* as in campaign_transitions */
	const char *what;   /* for its %s; NULL: it has none */
	/* The campaign that it is about, and the action's name; id NULL: none
	 * in particular. */
	const char *id, *name, *label;
	const char *icon;
	bool grave;		/* red */
	const char *const *ids; /* to be posted again */
	size_t id_count;
	const char *csrf, *back;
	struct arena *arena;
};
void fill_confirm(struct view *v, const void *page);

#endif
