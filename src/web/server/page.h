/*
 * page.h - answers that are pages or parts of one, in the form that the client
 * understands: a whole page, a part for htmx, or JSON; a toast goes out with
 * the answer or waits for the next page.
 */
#ifndef WEB_SERVER_PAGE_H
#define WEB_SERVER_PAGE_H

#include <stdbool.h>

#include "view/view.h"
#include "web/server/reply.h"

struct fault;

/* A page: what stands between the layout's head and foot. */
struct page {
	const char *title;
	const char *tpl;
	fill_fn *fill;
	const void *data;
	bool list;   /* it does without the sheet of single pages */
	bool wizard; /* it needs the wizard's sheet and script */
};
int reply_page(struct reply *r, const struct page *p, struct fault *f);

/* The banner of a page that is open already: what it says now, or nothing. */
void reply_banner(struct reply *r);

/*
 * Sends the client on to a path of ours (303, for htmx a header), with the
 * toasts waiting there.
 */
void reply_redirect(struct reply *r, const char *path);

/* What the client gets for a fault, in the form that it understands. */
void reply_fault(struct reply *r, int status, const struct fault *f);

/* Last of all: the toasts of this answer, into it. */
void reply_show_toasts(struct reply *r);

#endif
