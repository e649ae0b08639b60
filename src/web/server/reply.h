/*
 * reply.h - the answer to a request: status, headers, and a page or a part.
 *
 * Handlers do not look at who asks: reply_page() gives the whole page to a
 * browser that navigates and the content alone to htmx, reply_back() redirects
 * either, a toast goes out with the answer or waits for the next page.
 */
#ifndef WEB_SERVER_REPLY_H
#define WEB_SERVER_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/redis.h"
#include "view/view.h"
#include "web/server/layout.h"

struct fault;
struct request;

#define TOASTS_MAX 3
#define SLOTS_MAX 2

/*
 * Makes a body while it is sent, by calling 'write' for each piece; that gives
 * -1 when the client has gone.  Returns as upload_rejects() does.
 */
typedef int write_fn(void *to, const char *p, size_t len);
typedef int stream_fn(void *arg, write_fn *write, void *to, struct fault *f);

struct reply {
	struct request *q;
	int status;
	stream_fn *stream; /* NULL: the body is here */
	void *stream_arg;
	const char *type;
	struct buf lines; /* headers of this answer */
	struct buf head, body;
	struct {
		size_t at; /* where in the body ... */
		struct bytes html;
	} slots[SLOTS_MAX]; /* ... this stands */
	size_t slot_count;
	struct toast toasts[TOASTS_MAX]; /* not shown yet */
	size_t toast_count;
};

/* Starts afresh; keeps the memory of the answer before. */
void reply_begin(struct reply *r, struct request *q);
void reply_free(struct reply *r);

/* It is on its way: a large one does not wait in memory for the next. */
void reply_sent(struct reply *r);

/* Control characters in the value end the process: it is never the client's. */
void reply_header(struct reply *r, const char *name, const char *value);

/* HttpOnly, for the whole site; age 0 deletes it. */
void reply_cookie(struct reply *r, const char *name, const char *value,
		  int64_t age_s);

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

/* Appends a part to the answer. */
int reply_part(struct reply *r, const char *tpl, fill_fn *fill,
	       const void *data, struct fault *f);
void reply_html(struct reply *r, const char *html, size_t len);

/*
 * Puts text where the page has the next REPLY_SLOT, which no value can hold,
 * without copying it; it must last as long as the answer.
 */
#define REPLY_SLOT "\x1a"
void reply_insert(struct reply *r, struct bytes html);

/* <hx-partial>: goes to another place of the page than the answer does. */
int reply_partial(struct reply *r, const char *target, const char *swap,
		  const char *tpl, fill_fn *fill, const void *data,
		  struct fault *f);
void reply_partial_html(struct reply *r, const char *target, const char *swap,
			const char *html, size_t len);

/* The banner of a page that is open already: what it says now, or nothing. */
void reply_banner(struct reply *r);

/*
 * To be shown with this answer, or after the redirect that it is.  The texts
 * are copied: a fault is gone before the answer is.
 */
void reply_toast(struct reply *r, bool bad, const char *text,
		 const char *detail);

/*
 * Sends the client on to a path of ours (303, for htmx a header), with the
 * toasts waiting there.
 */
void reply_redirect(struct reply *r, const char *path);

/*
 * The body is as long as it gets and is never in memory as a whole.  A fault in
 * the middle ends the connection, so that the client knows: what can be wrong
 * should be found before.
 */
void reply_stream(struct reply *r, stream_fn *fn, void *arg);

/* No content: 204, or 304 for "what you have still holds". */
void reply_empty(struct reply *r, int status);

/* {"name":"value",...}: name, value, ..., NULL. */
void reply_json(struct reply *r, int status, ...) __attribute__((sentinel));

/* What the client gets for a fault, in the form that it understands. */
void reply_fault(struct reply *r, int status, const struct fault *f);

/* The bytes to be sent, in order; returns how many pieces they are. */
#define REPLY_PIECES (2 + 2 * SLOTS_MAX)
size_t reply_finish(struct reply *r, struct bytes out[static REPLY_PIECES]);

#endif
