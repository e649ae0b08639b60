/*
 * erasure.h - erases one person everywhere in a workspace, by phone number:
 * history keeps that there were calls, not to whom.
 *
 * A row says that it was asked for: from its commit on no call to the number is
 * placed.  When calls in flight have ended the contacts of all lists and their
 * attempts lose the number and all that is known of the person, then exclusions
 * and what is kept of rejected rows; at last the row itself loses it.  Who is on
 * a do-not-call list stays there, without the reason.  Each step is one
 * transaction that also says how far it has come, so after a crash anybody goes
 * on.
 */
#ifndef CAMPAIGN_ERASURE_H
#define CAMPAIGN_ERASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct actor;
struct arena;
struct db;
struct fault;

enum erasure_state {
	ERASURE_CALLS, /* waits for calls in flight */
	ERASURE_LISTS,
	ERASURE_EXCLUSIONS,
	ERASURE_UPLOADS,
	ERASURE_DONE
};

struct erasure {
	int64_t id, workspace_id;
	int64_t state; /* enum erasure_state */
	int64_t place; /* id of the last list or upload that is done */
	/* What was erased; uploads: files of whose rejected or first rows. */
	int64_t contacts, attempts, exclusions, uploads;
	const char *asked_by;
	int64_t asked_at, done_at; /* 0: not yet */
	const char *phone;	   /* "" when done */
	int64_t user_id;	   /* 0: none */
};

/*
 * Asks for a person to be erased; the same while it is not done is one.
 * FAULT_DENIED below administrator; FAULT_INVALID: not a phone number.
 */
int erasure_begin(struct db *db, const struct actor *who, const char *phone,
		  int64_t *id, struct arena *a, struct fault *f);

int erasure_load(struct db *db, int64_t id, struct erasure *out,
		 struct arena *a, struct fault *f);

/* The newest of a workspace, at most ERASURES_MOST. */
#define ERASURES_MOST 50
int erasure_list(struct db *db, int64_t workspace_id, struct erasure **out,
		 size_t *count, struct arena *a, struct fault *f);

/* Does the next step.  *left: there is another one, now; false when it is done
 * or waits for a call to end. */
int erasure_step(struct db *db, int64_t id, bool *left, struct arena *a,
		 struct fault *f);

/* Ids of those that are not done, at most 100, after an id. */
int erasure_work(struct db *db, int64_t after, int64_t **out, size_t *count,
		 struct arena *a, struct fault *f);

/* Takes the number out of do-not-call lists and the rejected rows of their
 * files, in the caller's transaction; adds what it found to *found. */
int erasure_dnc(struct db *db, const struct erasure *e, struct erasure *found,
		struct arena *a, struct fault *f);

/* The text without the rows (CSV records) that have the number, in any
 * spelling; the same text when there are none. */
const char *erasure_filter(const char *body, size_t len, const char *phone,
			   size_t *out_len, struct arena *a);

#endif
