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

/* A page: the content between the layout's head and foot. */
struct page {
	const char *title;
	const char *tpl;
	fill_fn *fill;
	const void *data;
	bool list;   /* without the style sheet of single pages */
	bool wizard; /* with the wizard's style sheet and script */
};
int reply_page(struct reply *r, const struct page *p, struct fault *f);

/* Updates the banner of an open page: its text, or none. */
void reply_banner(struct reply *r);

/*
 * Redirects to a path of this site (303, for htmx a header); the toasts are
 * shown there.
 */
void reply_redirect(struct reply *r, const char *path);

/* Answers with a fault, in the form that the client understands. */
void reply_fault(struct reply *r, int status, const struct fault *f);

/* Appends the toasts to the answer; called when the answer is complete. */
void reply_show_toasts(struct reply *r);

#endif
