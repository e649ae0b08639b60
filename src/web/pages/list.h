/*
 * list.h - the table of campaigns and the summary of figures above it, cached.
 *
 * What they show depends on workspace, role, zone and filter, and on a version
 * that goes up with every change (list_invalidate()).  Redis and the thread's
 * page cache keep the rendered parts under these; a client that has the current
 * version is up to date.  A version lives for a minute at most, which also
 * repairs a lost increment; a missing one starts at a value never used before.
 */
#ifndef WEB_PAGES_LIST_H
#define WEB_PAGES_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/pages/list_frame.h"
#include "web/pages/list_query.h"
#include "web/server/request.h"
#include "web/server/route.h"

struct fault;
struct reply;

/* The parts of the page that are cached. */
struct list_parts {
	struct bytes summary;	 /* the same for every filter */
	struct bytes rows;	 /* the list as it is cached, and ... */
	struct framed_list list; /* ... to be sent and compared */
};

struct list {
	struct list_query query;
	char filter[LIST_NAME_LEN + 1]; /* the query's name in keys and tags */
	const char *version; /* of what is shown; NULL: Redis is away */
	const char *tag;     /* version, filter, session; "" without version */
	bool same;	     /* the client has this version */
	bool same_summary;   /* the client has this version's summary */
	bool other;	     /* the client's page is of another session */
	const char *held;    /* version that the client has; NULL: unknown */

	/* data NULL: not needed, or not known */
	struct list_parts now, old; /* now; as it was at 'held' */
	struct bytes changes;	    /* from 'held' to 'version' */
};

/* The list's prefetch: the version. */
prefetch_fn list_keys;

/*
 * The version alone, for the page of one campaign, whose route has the prefetch
 * list_version_keys: as text, NULL while Redis is away.
 */
prefetch_fn list_version_keys;
const char *list_version(struct request *q);

/* True when a tag ("VERSION.WHAT.SIGN-IN") is of another session than 'own':
 * the layout around the part then has the wrong CSRF token. */
bool list_tag_is_others(const char *tag, const char *own);

/*
 * Loads the parts that the request asks for, from the cache or from MariaDB.
 * FAULT_INVALID with q->refused 400 for an invalid query.
 */
int list_load(struct request *q, struct list **out, struct fault *f);

/*
 * Answers with the rows and the summary that differ from what the client has.
 * Returns false, with nothing written, when that is not known or when more than
 * the contents of rows differs.
 */
bool list_changes(struct reply *r, const struct list *l);

/* Answers with a summary that replaces the one on the page. */
void list_summary(struct reply *r, struct bytes summary);

/* Answers a button of the summary with the summary as it is now. */
int list_summary_now(struct request *q, struct reply *r, struct fault *f);

#endif
