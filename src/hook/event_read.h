/*
 * event_read.h - the events of a workspace with what the ledger has of them, as
 * they are sent and as the feed shows them.
 */
#ifndef HOOK_EVENT_READ_H
#define HOOK_EVENT_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;
struct result_site;

#define EVENT_DAYS 7 /* as long are events and deliveries kept */
#define EVENTS_READ_MOST 1000

struct sent_event {
	int64_t seq;   /* its number in the workspace, from 1 without a gap */
	unsigned kind; /* enum event_kind */
	const char *type; /* "attempt.finished" */
	int64_t at;
	const char *data;      /* a JSON object */
	int64_t endpoint_id;   /* of a test; else 0 */
	int64_t tries, age_us; /* of one that is sent again; else 0 */
};

struct event_page {
	struct sent_event *list;
	size_t count;
	int64_t next;	/* the "after" of the next page: the last number read */
	int64_t oldest; /* the first that is kept, or will come */
	/* Events after "after" are gone; the list begins with the oldest. */
	bool gap;
};

/* The events after a number, in their order, at most 'limit' (up to
 * EVENTS_READ_MOST).  After 0: from the oldest that is kept.  With a site those
 * of an attempt have the address at which its result is reported
 * (campaign/result_address.h), from the answer on. */
struct events_query {
	int64_t workspace_id, after;
	size_t limit;
	const struct result_site *site; /* NULL: none has an address */
};
int events_read(struct db *db, const struct events_query *q,
		struct event_page *out, struct arena *a, struct fault *f);

/* Those of an endpoint that are to be sent again: that are due, or that wait.
 */
struct events_again {
	int64_t endpoint_id, workspace_id;
	bool due;
	size_t limit;
	const struct result_site *site; /* as above */
};
int events_read_again(struct db *db, const struct events_again *q,
		      struct sent_event **out, size_t *count, struct arena *a,
		      struct fault *f);

/* The number of the first event at that time or later; if there is none, that
 * of the next one to come. */
int event_since(struct db *db, int64_t workspace_id, int64_t at, int64_t *seq,
		struct fault *f);

/* "evt_4_1234": the same at every try, and at a replay. */
const char *event_id(int64_t workspace_id, int64_t seq, struct arena *a);

/* The whole body: {"type":...,"timestamp":...,"data":{...}} */
const char *event_body(const struct sent_event *e, struct arena *a);

/* Deletes events and deliveries that are older than EVENT_DAYS, and the
 * deliveries of endpoints that are gone; a piece of each.  *left: there is
 * more. */
int event_sweep(struct db *db, bool *left, struct arena *a, struct fault *f);

#endif
