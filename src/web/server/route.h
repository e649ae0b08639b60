/*
 * route.h - which function answers which address.
 *
 * A page's file has a constant table of its routes; pages.c lists them once.
 * Before a handler runs, dispatch has seen to method, session, role, the form
 * and its token; after it failed, dispatch makes the answer and the line in
 * the log.  A GET changes nothing.
 *
 * To add a page: a file with handlers and a table, and a line in pages.c.
 */
#ifndef WEB_SERVER_ROUTE_H
#define WEB_SERVER_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "web/server/request.h"
#include "workspace/account.h"

struct fault;
struct reply;

typedef int handler_fn(struct request *q, struct reply *r, struct fault *f);

/*
 * Names what Redis is asked for together with the session, in one round trip;
 * the answers go to q->prefetched.  The workspace and role come from the cookie
 * and are not proved yet: struct session says whether they were right.
 */
typedef size_t prefetch_fn(struct request *q, int64_t workspace_id,
			   enum role role,
			   const char *keys[static PREFETCH_MAX]);

#define ANYBODY (-1)	     /* no session needed */
#define FORM_MAX_PLAIN 16384 /* bytes of an ordinary form */

/* A POST whose form brings a file: the handler reads it, and checks its token,
 * by file_upload_file(). */
#define ROUTE_UPLOAD 1U

struct route {
	enum method method;
	const char *path; /* ":id" stands for any one segment */
	int role;	  /* least role, or ANYBODY */
	handler_fn *handler;
	int arg;	       /* the handler's own */
	prefetch_fn *prefetch; /* NULL: nothing */
	unsigned flags;
};

/* The tables of all pages, NULL after the last; before anything else here. */
void route_init(const struct route *const *tables);

/* Answers the request, always. */
void route_dispatch(struct request *q, struct reply *r);

/* True when a browser can go there: a GET takes this path, with its query. */
bool route_is_page(const char *path);

/* Every route in its tables' order, NULL after the last. */
const struct route *route_at(size_t i);

/* "POST /dashboard/campaigns/:id/start supervisor", one a line. */
void route_print(FILE *out);

#endif
