/*
 * list.h - the table of campaigns, cached.
 *
 * What it shows depends on workspace, role, zone and filter, and on a version
 * that goes up with every change (list_changed()); so a rendered part is kept
 * under these, in Redis and by the thread, and whoever holds the same version
 * has nothing to learn.  A version that is gone begins anew at a value never
 * used before, and lives for a minute at most, which also mends a bump that
 * was lost.
 */
#ifndef WEB_LIST_H
#define WEB_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/request.h"
#include "web/route.h"

struct fault;
struct reply;

struct list_query {
	const char *q;
	unsigned status; /* 0: all, else enum campaign_status + 1 */
	int64_t size;
	const char *after; /* key of the page above */
};

struct list {
	struct list_query query;
	char filter[17];     /* names the query, in keys and tags */
	const char *version; /* of what is shown; NULL: Redis is away */
	const char *tag;     /* version, filter, sign-in; "" without version */
	bool same;	     /* the client has this version */
	bool other;	     /* its page belongs to another sign-in */
	const char *held;    /* version that the client has; NULL: unknown */

	struct bytes html;    /* the part; NULL when the client needs none */
	struct bytes old;     /* the part of 'held' */
	struct bytes changes; /* what leads from 'held' to 'version' */
};

/* What the list wants of Redis beside the session. */
also_fn list_keys;

/*
 * The part that the request asks for, from the cache or from MariaDB.
 * FAULT_INVALID with q->refused 400 for a filter that cannot be.
 */
int list_load(struct request *q, struct list **out, struct fault *f);

/*
 * Answers with the rows that differ from what the client has.  False, with
 * nothing written, when that is unknown or more than the inside of rows
 * differs.
 */
bool list_changes(struct reply *r, const struct list *l);

#endif
