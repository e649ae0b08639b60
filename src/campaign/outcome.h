/*
 * outcome.h - what becomes of a contact when its attempt ends
 * (doc/product.md 6.6).  The list in app/outcome.h answers every such question.
 */
#ifndef CAMPAIGN_OUTCOME_H
#define CAMPAIGN_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

#include "app/outcome.h"

/* Stored in run_contact.state. */
enum contact_state {
	CONTACT_HELD,	  /* waits: passed by the cursor, never dialled */
	CONTACT_ACTIVE,	  /* has a row in live_call */
	CONTACT_RETRY,	  /* waits */
	CONTACT_CALLBACK, /* waits */
	CONTACT_COMPLETED,
	CONTACT_EXHAUSTED,
	CONTACT_ABANDONED,
	CONTACT_VOICEMAIL,
	CONTACT_INVALID,
	CONTACT_EXCLUDED,
	CONTACT_WINDOW_CLOSED,	/* read only: waited when the window closed */
	CONTACT_MANUAL_STOPPED, /* read only: waited when stopped */
	CONTACT_STATE_MAX
};

#define CONTACT_STATE_WORDS                                        \
	"pending", "active", "retry_scheduled", "callback_scheduled", \
		"completed", "exhausted", "abandoned", "voicemail",   \
		"invalid", "excluded", "window_closed", "manual_stopped"

/* A held contact reads "pending"; an "active" one shows what its call does. */
extern const char *const contact_state_words[];
/* The same after "any". */
extern const char *const contact_state_filter[];

/* For a call, its first or another one. */
bool contact_waits(enum contact_state state);

/* By outcome, "" where a campaign cannot choose to retry. */
extern const char *const outcome_retry_words[];

/* Counts in Max Attempts and Answer Rate: the carrier took it. */
bool outcome_counts(enum outcome o);

/* The call was picked up by a person or a machine ('answered': it was reported
 * as answered). */
bool outcome_picked_up(enum outcome o, bool answered);

/* What follows an attempt that ended. */
struct outcome_next {
	enum contact_state state; /* final, or RETRY, or HELD (not counted) */
	int64_t delay_us;	  /* RETRY and HELD: due after this */
};

/*
 * 'retry_on' bit n: outcome n retries; 'tries' includes this attempt;
 * 'dialled_before': the contact has a counted attempt (HELD becomes RETRY);
 * 'backoff_us': the delay after an attempt that is not counted.
 */
struct outcome_next outcome_next(enum outcome o, uint32_t retry_on,
				 int64_t tries, int64_t max_attempts,
				 int64_t retry_delay_us, int64_t backoff_us,
				 bool dialled_before);

/* due.class, live_call.class: what a contact waits for. */
enum due_class { DUE_CALLBACK, DUE_HELD, DUE_RETRY };

/* The state of a contact that waits in this class, and back. */
enum contact_state state_of_class(enum due_class class);
enum due_class class_of_state(enum contact_state state);

#endif
