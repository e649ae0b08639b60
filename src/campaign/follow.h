/*
 * follow.h - what becomes of a contact when its call has ended: by the outcome,
 * the rules of its campaign, and what its bot reported
 * (doc/product.md 6.6, 6.8, 6.16).  The same question is asked when the call
 * ends and when a report comes later, so both orders lead to the same.
 */
#ifndef CAMPAIGN_FOLLOW_H
#define CAMPAIGN_FOLLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "campaign/outcome.h"
#include "campaign/retry_delays.h"

struct arena;
struct db;
struct fault;

/* How long a contact waits after the carrier refused its call; twice as long
 * after each further refusal, up to the second. */
#define FOLLOW_BACKOFF_US 5000000
#define FOLLOW_BACKOFF_MOST_US 600000000

/* What decides in one campaign. */
struct follow_rules {
	int64_t campaign_id, max_attempts, delay_us;
	struct retry_delays delays; /* override delay_us */
	uint32_t retry_on;
	bool callbacks;		  /* Callback Detection */
	const char *dispositions; /* that retry: "call_later,no_time" */
};

/* Reads the rules of 'n' campaigns, whose ids are set, as they are now. */
int follow_rules_read(struct db *db, struct follow_rules *rules, size_t n,
		      struct arena *a, struct fault *f);

/* Who answered, as the bot says. */
enum call_answered_by {
	ANSWERED_UNKNOWN,
	ANSWERED_HUMAN,
	ANSWERED_MACHINE,
	ANSWERED_SCREENING /* a phone that asks who is calling */
};
extern const char *const answered_by_words[];

/* What a bot reported, as far as it changes what follows; all 0: nothing. */
struct call_said {
	int64_t answered_by;
	int64_t callback_at;	 /* 0: none */
	const char *disposition; /* NULL, "": none */
};

/* A call that has ended. */
struct call_end {
	enum outcome outcome;
	int64_t tries, seq; /* of its contact, with this attempt */
	bool was_callback;
	int64_t now; /* the time from which delays count */
};

struct follow_next {
	enum contact_state state;
	int64_t due_at; /* if it waits, else 0 */
};
struct follow_next follow(const struct follow_rules *k,
			  const struct call_end *e, const struct call_said *s);

/* True for an attempt that was picked up, but not by a person who answered: it
 * does not count as answered. */
bool said_unanswered(const struct call_said *s, enum outcome o);

#endif
