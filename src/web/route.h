/*
 * route.h - which function answers which address.
 *
 * A page's file has a constant table of its routes, listed once in route.c.
 * Before a handler runs, dispatch has seen to method, session, role, the form
 * and its token; after it failed, dispatch makes the answer and the line in
 * the log.  A GET changes nothing.
 *
 * To add a page: a file with handlers and a table, and a line in route.c.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "web/request.h"
#include "workspace/account.h"

struct fault;
struct reply;

typedef int handler_fn(struct request *q, struct reply *r, struct fault *f);

/*
 * Names what Redis is asked for together with the session, in one round trip;
 * the answers go to q->also.  The workspace and role come from the cookie and
 * are not proved yet: struct session says whether they were right.
 */
typedef size_t also_fn(struct request *q, int64_t workspace_id, enum role role,
		       const char *keys[static ALSO_MAX]);

#define ANYBODY (-1)	     /* no session needed */
#define FORM_MAX_PLAIN 16384 /* bytes of an ordinary form */

struct route {
	enum method method;
	const char *path; /* ":id" stands for any one segment */
	int role;	  /* least role, or ANYBODY */
	handler_fn *handler;
	int arg;       /* the handler's own */
	also_fn *also; /* NULL: nothing */
};

/* In the place of 'also' of a POST that needs a session: its form brings a
 * file.  The handler reads it, and checks its token, by receive_file(). */
also_fn route_brings_file;

/* Answers the request, always. */
void route_dispatch(struct request *q, struct reply *r);

/* True when a browser can go there: a GET takes this path, with its query. */
bool route_is_page(const char *path);

/* Every route in its tables' order, NULL after the last. */
const struct route *route_at(size_t i);

/* "POST /dashboard/campaigns/:id/start supervisor", one a line. */
void route_print(FILE *out);

extern const struct route auth_routes[];
extern const struct route campaign_routes[];
extern const struct route detail_routes[];
extern const struct route home_routes[];
extern const struct route many_routes[];
extern const struct route hold_routes[];
extern const struct route holiday_routes[];
extern const struct route settings_routes[];
extern const struct route wizard_routes[];

#endif
