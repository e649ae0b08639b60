/*
 * route.h - which function answers which address.
 *
 * A page's file has a constant table of its routes; pages.c lists the tables.
 * Before a handler runs, dispatch has checked the method, session, role, form
 * and token; when a handler fails, dispatch writes the answer and the log
 * line.  A GET changes nothing.
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

#define API_BODY_MAX ((size_t)2 << 20) /* bytes; as in nginx/outdial.conf.in */
#define ANYBODY (-1)	     /* no session needed */
#define FORM_MAX_PLAIN 16384 /* bytes of an ordinary form */
#define FORM_MAX_LONG 131072 /* bytes of a long one; as Nginx allows */

/* A POST with a file: the handler reads the form and checks its token with
 * file_upload_file(); of the API a body that is one: file_upload_body(). */
#define ROUTE_UPLOAD 1U
/* A form with a text of many lines. */
#define ROUTE_LONG_FORM 2U
/* :id is a secret: no log names it. */
#define ROUTE_SECRET 4U

/* An operation of the API: it takes a key with that scope (no session, no
 * token), reads JSON and answers JSON. */
#define ROUTE_API 8U
#define ROUTE_SCOPE(scope) (ROUTE_API | (unsigned)(scope) << 8)
#define ROUTE_SCOPE_OF(flags) ((flags) >> 8)
#define API_PATH "/api/v1"

struct route {
	enum method method;
	const char *path; /* ":id" stands for any one segment */
	int role;	  /* least role, or ANYBODY */
	handler_fn *handler;
	int arg;	       /* for the handler */
	prefetch_fn *prefetch; /* NULL: nothing */
	unsigned flags;
};

/* Adds tables, NULL after the last, after those that are there; call it
 * first. */
void route_add(const struct route *const *tables);

/* Answers the request; a fault is an answer too. */
void route_dispatch(struct request *q, struct reply *r);

/* True when a GET route takes this path; its query is ignored. */
bool route_is_page(const char *path);

/* Every route in its tables' order, NULL after the last. */
const struct route *route_at(size_t i);

/* Prints "POST /dashboard/campaigns/:id/start supervisor", a route a line; of
 * the API the scope of its key: "POST /api/v1/campaigns key:edit"; " upload"
 * after one that takes a file. */
void route_print(FILE *out);

#endif
