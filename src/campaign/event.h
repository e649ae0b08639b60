/*
 * event.h - what happens to attempts, contacts and campaigns, written down for
 * programs outside (doc/product.md 10).
 *
 * An event is a small row that names its key in the ledger; what is sent is
 * made of the ledger later (hook/event_read.h).  The events of a workspace have
 * numbers without a gap: they are taken from one row, which is the last that a
 * transaction writes before its COMMIT.
 *
 * Only workspaces that want events have any.  A dialler node reads once a
 * second which these are, so that the others pay nothing an attempt; a new
 * endpoint gets its first events within two seconds.
 */
#ifndef CAMPAIGN_EVENT_H
#define CAMPAIGN_EVENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"

struct arena;
struct db;
struct fault;

/* Stored in event.kind, and as bits in endpoint.kinds. */
enum event_kind {
	EVENT_RINGING,
	EVENT_ANSWERED, /* by whomever; a seat may be missing */
	EVENT_JOINED,	/* it has a seat, and the bot talks */
	EVENT_FINISHED,
	EVENT_FINAL, /* the contact is not called again */
	EVENT_STATUS,
	EVENT_CHOICES,		   /* those that an endpoint may ask for */
	EVENT_TEST = EVENT_CHOICES /* goes to the endpoint that asked for it */
};
extern const char *const event_kind_words[]; /* "attempt.ringing", ... NULL */
const char *event_kind_word(enum event_kind kind); /* of a test, too */

#define EVENT_BIT(kind) (1U << (kind))
#define EVENT_ALL (EVENT_BIT(EVENT_CHOICES) - 1)
/* What the feed has, unless an endpoint asks for more. */
#define EVENT_FEED                                            \
	(EVENT_BIT(EVENT_FINISHED) | EVENT_BIT(EVENT_FINAL) | \
	 EVENT_BIT(EVENT_STATUS))

/* Workspaces and the kinds of event that they want, sorted by workspace. */
struct event_want {
	int64_t workspace_id, kinds;
};
struct event_wants {
	struct event_want *list;
	size_t count;
};
int event_wants_read(struct db *db, struct event_wants *out, struct arena *a,
		     struct fault *f);
/* 0: the workspace wants none; 'w' may be NULL. */
unsigned event_wants_of(const struct event_wants *w, int64_t workspace_id);

struct event {
	enum event_kind kind;
	int64_t workspace_id, campaign_id, run_id, seg, ordinal;
	int64_t attempt;	/* its seq; 0: the contact had none */
	const uint8_t *call_id; /* UUID_LEN bytes; NULL: no attempt */
	unsigned state;		/* EVENT_FINAL: enum contact_state */
};

/*
 * Numbers and writes events, inside the caller's transaction and as its last
 * write.  Those of a workspace that wants none any more are dropped.
 */
int event_write(struct db *db, const struct event *list, size_t count,
		struct arena *a, struct fault *f);

/* The same for the status that a campaign has got, if anybody wants it. */
int event_status(struct db *db, int64_t workspace_id, int64_t campaign_id,
		 struct fault *f);

#endif
