/*
 * reply.h - the answer to a request: status, headers and body, in pieces that
 * are sent without being copied together.
 *
 * Handlers need not know the client: reply_page() (page.h) sends the whole page
 * to a browser that navigates and the content alone to htmx.
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
 * Makes a body while it is sent, by calling 'write' for each piece; 'write'
 * returns -1 when the client has gone.  Returns as upload_write_rejects() does.
 */
typedef int write_fn(void *to, const char *p, size_t len);
typedef int stream_fn(void *arg, write_fn *write, void *to, struct fault *f);

struct reply {
	struct request *q;
	int status;
	stream_fn *stream; /* NULL: the body is here */
	void *stream_arg;
	int file; /* that is sent, and closed when the answer is; -1: none */
	const char *type;
	const char *location; /* of what was made; NULL: nothing */
	bool leaves;  /* for another site, which is not told where from */
	bool secret; /* the body has one: see idempotency.h */
	struct buf lines; /* headers of this answer */
	struct buf head, body;
	struct {
		size_t at; /* the REPLY_SLOT in the body */
		struct bytes html;
	} slots[SLOTS_MAX];
	size_t slot_count;
	struct toast toasts[TOASTS_MAX]; /* not shown yet */
	size_t toast_count;
};

/* Starts an answer, in the memory of the one before. */
void reply_begin(struct reply *r, struct request *q);
void reply_free(struct reply *r);

/* The answer has been sent: frees a large body at once. */
void reply_sent(struct reply *r);

/* Asserts that the value has no line ends: never pass a client's text on
 * unchecked. */
void reply_header(struct reply *r, const char *name, const char *value);

/* Sets a cookie, HttpOnly and for the whole site; age 0 deletes it. */
void reply_cookie(struct reply *r, const char *name, const char *value,
		  int64_t age_s);

/* Appends a part to the answer. */
int reply_part(struct reply *r, const char *tpl, fill_fn *fill,
	       const void *data, struct fault *f);
void reply_html(struct reply *r, const char *html, size_t len);

/*
 * Inserts 'html' at the page's next REPLY_SLOT, a character that no value can
 * hold.  The text is not copied: it must last as long as the answer.
 */
#define REPLY_SLOT "\x1a"
void reply_insert(struct reply *r, struct bytes html);

/* Appends an <hx-partial>, which htmx puts into another place of the page. */
int reply_partial(struct reply *r, const char *target, const char *swap,
		  const char *tpl, fill_fn *fill, const void *data,
		  struct fault *f);
void reply_partial_html(struct reply *r, const char *target, const char *swap,
			const char *html, size_t len);

/*
 * Shows a toast with this answer, or on the next page if this is a redirect.
 * The texts are copied, as a fault does not last as long as the answer.
 */
void reply_toast(struct reply *r, bool bad, const char *text,
		 const char *detail);

/*
 * Sends a body of any length that is never in memory as a whole.  A fault while
 * it is sent cuts the connection, which tells the client; so check what can be
 * wrong first.
 */
void reply_stream(struct reply *r, stream_fn *fn, void *arg);

/* The same with an open file, from its beginning; it is the reply's now. */
void reply_file(struct reply *r, int fd);

/* The body, wherever it comes from, is a file of that type; browsers save it
 * under that name. */
void reply_download(struct reply *r, const char *type, const char *name);
/* The same for a CSV file. */
void reply_csv(struct reply *r, const char *name);

/* Answers with JSON that the caller writes into r->body; r->status stays. */
void reply_begin_json(struct reply *r);

/* Where what this request made can be read (201). */
void reply_location(struct reply *r, const char *path);

/* Leads to another site (302), without a referrer; the caller has checked the
 * address. */
void reply_leave(struct reply *r, const char *url);

/* Answers without content: 204, or 304 when the client's copy is current. */
void reply_empty(struct reply *r, int status);

/* Answers {"name":"value",...}; pass name, value, ..., NULL. */
void reply_json(struct reply *r, int status, ...) __attribute__((sentinel));

/* "Not Found" of 404. */
const char *reply_reason(int status);

/* Lists the bytes to send, in order; returns the number of pieces. */
#define REPLY_PIECES (2 + 2 * SLOTS_MAX)
size_t reply_finish(struct reply *r, struct bytes out[static REPLY_PIECES]);

#endif
