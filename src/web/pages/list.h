/*
 * list.h - the table of campaigns and the strip of figures above it, cached.
 *
 * What they show depends on workspace, role, zone and filter, and on a version
 * that goes up with every change (list_invalidate()); so what was rendered is
 * kept under these, in Redis and by the thread, and whoever holds the same
 * version has nothing to learn.  A version that is gone begins anew at a value
 * never used before, and lives for a minute at most, which also mends a bump
 * that was lost.
 */
#ifndef WEB_PAGES_LIST_H
#define WEB_PAGES_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/pages/list_query.h"
#include "web/server/request.h"
#include "web/server/route.h"

struct fault;
struct reply;

/* What of the page is cached. */
struct list_parts {
	struct bytes strip; /* the same for every filter */
	struct bytes list;
};

struct list {
	struct list_query query;
	char filter[LIST_NAME_LEN + 1]; /* names it, in keys and tags */
	const char *version; /* of what is shown; NULL: Redis is away */
	const char *tag;     /* version, filter, sign-in; "" without version */
	bool same;	     /* the client has this version */
	bool same_strip;     /* it has this version of another filter */
	bool other;	     /* its page belongs to another sign-in */
	const char *held;    /* version that the client has; NULL: unknown */

	/* NULL: the client needs none */
	struct list_parts now, old; /* as it is; as it was at 'held' */
	struct bytes changes;	    /* what leads from 'held' to 'version' */
};

/* What the list wants of Redis beside the session. */
prefetch_fn list_keys;

/*
 * The version alone, for a page that shows one of its campaigns and wants
 * list_version_keys of Redis: as text, NULL while Redis is away.
 */
prefetch_fn list_version_keys;
const char *list_version(struct request *q);

/* True when a tag ("VERSION.WHAT.SIGN-IN") was given to another sign-in than
 * 'own': the frame around what it names holds that one's token. */
bool list_tag_is_others(const char *tag, const char *own);

/*
 * The part that the request asks for, from the cache or from MariaDB.
 * FAULT_INVALID with q->refused 400 for a filter that cannot be.
 */
int list_load(struct request *q, struct list **out, struct fault *f);

/*
 * Answers with the rows, and the strip, that differ from what the client has.
 * False, with nothing written, when that is unknown or more of the list than
 * the inside of rows differs.
 */
bool list_changes(struct reply *r, const struct list *l);

/* Puts the strip in the place of the one that is shown. */
void list_strip(struct reply *r, struct bytes strip);

/* The strip as it is now, for the answer to a button in it. */
int list_strip_now(struct request *q, struct reply *r, struct fault *f);

/* For whom a list is made. */
struct viewer list_reader(struct request *q);

#endif
