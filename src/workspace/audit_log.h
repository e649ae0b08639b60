/*
 * audit_log.h - reads the audit log, newest first, a page at a time.
 *
 * A page is a range of a key, however far back it lies: of the campaign's
 * entries, else the person's, the program's, the action's, or all of the
 * workspace.  What else is asked for is looked up in that range, in at most
 * AUDIT_LOOK_MOST entries; a page that ends there has a next one.
 */
#ifndef WORKSPACE_AUDIT_LOG_H
#define WORKSPACE_AUDIT_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;

#define AUDIT_LOOK_MOST 2000
#define AUDIT_WORDS_MOST 200 /* actors, and actions, that are offered */

struct audit_entry {
	int64_t id, at;
	int64_t campaign_id; /* 0: of no campaign */
	int64_t user_id;     /* 0: of no person */
	/* Who did it; "" is the dialler.  behalf: for whom; "": not known, or
	 * for nobody else. */
	const char *actor, *behalf;
	const char *action;
	const char *was, *became; /* JSON; NULL: nothing */
	const char *campaign;	  /* its name; NULL: deleted, or of none */
};

struct audit_place {
	int64_t at, id; /* of an entry; 0: before the newest */
};

struct audit_query {
	int64_t workspace_id;
	int64_t campaign_id, user_id; /* 0: any */
	const char *actor, *action;   /* NULL: any */
	int64_t from, to;	      /* from <= at < to; to 0: no end */
	struct audit_place past;      /* older than that */
	size_t limit;
};

struct audit_page {
	struct audit_entry *entries;
	size_t count;
	bool more;		/* there may be older ones, past 'end' */
	struct audit_place end; /* of the last entry that was looked at */
};

int audit_read(struct db *db, const struct audit_query *q,
	       struct audit_page *out, struct arena *a, struct fault *f);

/* The actors and the actions of a workspace's entries, in order; the first
 * AUDIT_WORDS_MOST. */
struct audit_word {
	const char *text;
};
struct audit_words {
	struct audit_word *list;
	size_t count;
};
int audit_actors(struct db *db, int64_t workspace_id, struct audit_words *out,
		 struct arena *a, struct fault *f);
int audit_actions(struct db *db, int64_t workspace_id,
		  struct audit_words *out, struct arena *a, struct fault *f);

#endif
