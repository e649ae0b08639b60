/*
 * layout.h - what pages and parts show: one struct and one fill function for
 * each template.  A fill function writes nothing and knows no request, so a
 * page, a live update and the answer to a button use the same one.
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
	const char *detail; /* a sentence or two; NULL or "": none */
};
void fill_toast(struct view *v, const void *toast);

/* part_banner.tpl, in <div id="banner">; takes a sentence */
void fill_banner(struct view *v, const void *text);

/*
 * layout.tpl: the whole page around one of page_*.tpl.  'who' NULL: not signed
 * in, so the page has no menu and no forms.
 */
struct layout {
	const char *title; /* "Campaigns" */
	const struct account *who;
	const char *csrf;
	const char *back;   /* path and query of this page: an action without
			       JavaScript returns here */
	const char *banner; /* NULL: none */
	const struct toast *toasts;
	size_t toast_count;
	const char *content; /* "page_campaigns.tpl" */
	fill_fn *fill;	     /* of that page */
	const void *data;    /* for that fill */
	bool list;	     /* without the style sheet of single pages */
	bool wizard;	     /* with the wizard's style sheet and script */
};
void fill_layout(struct view *v, const void *layout);

/* "Administrator" */
const char *role_label(unsigned role);

/* page_error.tpl */
struct error_page {
	int status;	     /* 404 */
	const char *text;    /* a sentence; NULL: the default of the status */
	const char *request; /* number to quote */
	bool home;	     /* with a link to the campaigns */
};
void fill_error(struct view *v, const void *page);
/* "Not found": the title of an error page. */
const char *error_title(int status);

#define SETTINGS_PATH "/dashboard/settings"
#define ACCOUNT_PATH "/dashboard/account"

#endif
