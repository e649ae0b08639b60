/*
 * contacts.h - the contacts of a campaign in a run, page by page
 * (doc/product.md 6.7).  A page reads a bounded number of rows wherever it
 * begins, and whatever is looked for.
 */
#ifndef REPORT_CONTACTS_H
#define REPORT_CONTACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "campaign/outcome.h"

struct arena;
struct db;
struct fault;
struct record;

#define CONTACTS_PAGE_MOST 100 /* of a page that people or programs see */
#define CONTACTS_MOST 500      /* of one that is worked through */
/* Contacts that one page looks at. */
#define CONTACTS_SCANNED 2000

struct contact_query {
	int64_t workspace_id, campaign_id;
	int64_t run_id;		 /* of the campaign; 0: it has no run */
	int state;		 /* enum contact_state; -1: any */
	int outcome;		 /* of its last attempt; 0: any */
	const char *disposition; /* of its last report; NULL: any */
	bool callback;		 /* its last report asks for a callback */
	int64_t due_after;	 /* waits for a retry or a callback that is due
				    after that; 0: any */
	const char *phone;	 /* digits; NULL: any */
	const char *external_id; /* NULL: any */
	int64_t after_seg, after_ordinal; /* of the row before; -1, 0: none */
	size_t limit;	      /* at most CONTACTS_MOST; 0: CONTACTS_PAGE_MOST */
	int64_t seg, ordinal; /* contact_load(): which one */
};

struct contact_row {
	int64_t seg, part, ordinal;
	const char *phone, *country;
	const char *external_id; /* NULL: none */
	unsigned state;		 /* enum contact_state, as people read it */
	unsigned outcome;	 /* enum outcome of its last attempt; 0: none */
	int64_t tries;		 /* counted attempts */
	int64_t seq;		 /* attempts, with one that is up */
	int64_t due_at;		 /* 0: it does not wait for a time */
	/* What a bot reported of its last call that has a report; "" and 0:
	 * none. */
	const char *disposition;
	int64_t callback_at;
	int64_t list_id;
	const char *zone; /* of its place; "": the campaign's */
	unsigned rest;	  /* enum run_rest, of the run */
	bool ahead;	  /* its cursor has not reached it */
	bool gone;	  /* taken back (campaign/trigger.h) */
};
/* Of the members that people see. */
extern const struct record contact_row_record;

/*
 * Where 'more' is set, the next page begins after (next_seg, next_ordinal).
 * There may be a next page although this one has fewer rows than were asked
 * for, or none: what was looked for is rare.
 */
struct contact_page {
	struct contact_row *rows;
	size_t count;
	bool more;
	int64_t next_seg, next_ordinal;
};

/* FAULT_ABSENT: no such campaign or run in the workspace. */
int contacts_page(struct db *db, const struct contact_query *q,
		  struct contact_page *out, struct arena *a, struct fault *f);

/*
 * How many contacts match: exactly where the list or the counters of the run
 * tell.  Otherwise at most CONTACTS_COUNTED are counted, in the first
 * CONTACTS_COUNT_PAGES times CONTACTS_SCANNED; 'more': there may be more.
 */
#define CONTACTS_COUNTED 10000
#define CONTACTS_COUNT_PAGES 100
struct contact_count {
	int64_t n;
	bool more;
};
int contacts_count(struct db *db, const struct contact_query *q,
		   struct contact_count *out, struct arena *a, struct fault *f);

/* The contact q->seg, q->ordinal of a run, and its variables as JSON ("":
 * none). */
int contact_load(struct db *db, const struct contact_query *q,
		 struct contact_row *out, const char **vars, struct arena *a,
		 struct fault *f);

#endif
