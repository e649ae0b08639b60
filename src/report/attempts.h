/*
 * attempts.h - the attempts of a run, page by page, and of one contact.
 */
#ifndef REPORT_ATTEMPTS_H
#define REPORT_ATTEMPTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"
#include "campaign/call_id.h"

struct arena;
struct contact_row;
struct db;
struct fault;
struct record;

#define ATTEMPTS_PAGE_MOST 101 /* a page, and whether there are more */

struct attempt_query {
	int64_t workspace_id, campaign_id, run_id;
	int64_t after_seg, after_ordinal, after_seq; /* -1, 0, 0: none */
	size_t limit; /* at most ATTEMPTS_PAGE_MOST */
};

/* What its bot reported of a call, the latest (campaign/call_result.h). */
struct bot_report {
	int64_t seq, nonce;
	const char *disposition; /* "": none */
	int64_t answered_by;	 /* enum call_answered_by */
	int64_t callback_at;	 /* 0: none */
	bool opt_out;
	const char *recording, *transcript; /* links; "": none */
};

/* A call that has ended, or is up (outcome 0, counted 0). */
struct attempt_row {
	char id[UUID_TEXT]; /* of the call, by which its bot reports */
	int64_t seg, ordinal, seq, nonce;
	const char *phone;
	int64_t carrier_id, number_id, slot; /* slot: of the node */
	int64_t sent_at;		     /* 0: not yet */
	int64_t ring_ms, talk_ms;	     /* -1: not reported */
	unsigned outcome;		     /* enum outcome */
	int64_t q850, sip;		     /* -1: not reported */
	int64_t hung_by, counted;
	int64_t join_ms;     /* from the answer to the bot, -1: not joined */
	const char *phrase;  /* of the SIP response, the carrier's; "" */
	int64_t amd;	     /* enum cr_amd */
	const char *caller, *carrier; /* NULL: no longer known */
	int64_t live; /* enum live_state and 1; 0: it has ended */
	const struct bot_report *report; /* NULL: none, or it was not read */
};
extern const struct record attempt_row_record;

struct attempt_list {
	struct attempt_row *rows;
	size_t count;
};

/* Of a run, in the order of contacts; of another workspace's there are none. */
int attempts_page(struct db *db, const struct attempt_query *q,
		  struct attempt_list *out, struct arena *a, struct fault *f);

/* The calls of a run that are queued or up, in the order of their ids. */
int calls_page(struct db *db, const struct attempt_query *q,
	       struct attempt_list *out, struct arena *a, struct fault *f);

/* The calls that are up now. */
struct live_calls {
	int64_t of[LIVE_STATE_MAX]; /* how many, by enum live_state */
	struct attempt_list newest; /* the last that were sent, newest first */
};
/* Of the run of q->run_id; q->limit is of the newest. */
int live_calls(struct db *db, const struct attempt_query *q,
	       struct live_calls *out, struct arena *a, struct fault *f);

/* Of one contact, the first first, with the call that is up at the end; begins
 * after attempt q->after_seq. */
int attempts_of_contact(struct db *db, const struct attempt_query *q,
			const struct contact_row *contact,
			struct attempt_list *out, struct arena *a,
			struct fault *f);

/* Adds what bots reported to those attempts of a contact.  What was said of a
 * person who is erased is told to nobody. */
int attempts_read_reports(struct db *db, const struct attempt_query *q,
			  const struct contact_row *contact,
			  struct attempt_list *list, struct arena *a,
			  struct fault *f);

#endif
