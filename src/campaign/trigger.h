/*
 * trigger.h - adds contacts to a campaign one call at a time, and takes them
 * back (doc/product.md 4.10 to 4.12).
 *
 * They are appended to the campaign's own list, in a part for each priority.
 * Calls that append to one campaign follow each other by a row of its list, and
 * so do Start, Restart, Stop and the end of a run: what a call was told to be
 * accepted belongs to the run, or to the next one.
 */
#ifndef CAMPAIGN_TRIGGER_H
#define CAMPAIGN_TRIGGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct actor;
struct arena;
struct db;
struct fault;
struct record;

#define TRIGGER_MOST 1000 /* contacts in a call */

/* A contact as it was sent.  Texts may be NULL, except the number. */
struct trigger_contact {
	const char *phone_number; /* as a person writes it */
	const char *variables;	  /* JSON: an object of texts */
	const char *external_id;
	int64_t priority;
	/* Not supported yet: a contact that has one is rejected. */
	const char *time_zone, *not_before, *expires_at;
};
/* Of the members that are a field: all but the variables. */
extern const struct record trigger_contact_record;

enum trigger_fate { TRIGGER_ACCEPTED, TRIGGER_DUPLICATE, TRIGGER_REJECTED };
extern const char *const trigger_fate_words[];

/* What becomes of a contact. */
struct trigger_result {
	enum trigger_fate fate;
	/* Why it is not accepted: "invalid", "not_supported", "excluded",
	 * "do_not_call", "repeated" (in the call), "duplicate" (in the
	 * campaign); "": it is accepted. */
	const char *code;
	const char *field; /* to blame; "": none */
	const char *text;  /* a sentence; also a warning of an accepted one */
	char phone[16];	   /* digits; "": it could not be read */
	int64_t seg, ordinal; /* of an accepted one in the campaign */
};

struct trigger_order {
	int64_t campaign_id;
	const struct trigger_contact *contacts;
	size_t count;
	bool dry_run; /* only says what would happen */
};

struct trigger_answer {
	struct trigger_result *results; /* of each contact, in their order */
	size_t accepted, duplicate, rejected;
	int64_t batch_id; /* by which it can be undone; 0: nothing accepted */
	int64_t run_id;	  /* to wake after the commit (wake_run()); 0: none */
};

/*
 * Adds the contacts of an order.  FAULT_ABSENT: no such campaign in
 * who->workspace_id; FAULT_DENIED: the role; FAULT_CONFLICT: it is completed or
 * has failed; FAULT_INVALID: none or too many contacts.  The contacts are then
 * in the campaign although each may be rejected alone.
 */
int campaign_trigger(struct db *db, const struct actor *who,
		     const struct trigger_order *o, struct arena *a,
		     struct trigger_answer *out, struct fault *f);

/*
 * The same in two steps, for a caller that writes rows of its own in the same
 * transaction: trigger_prepare() reads the numbers and checks each contact;
 * trigger_add() runs inside the caller's transaction, again if that is
 * repeated.
 */
struct trigger;
struct trigger *trigger_prepare(struct db *db, const struct actor *who,
				const struct trigger_order *o, struct arena *a,
				struct fault *f);
int trigger_add(struct db *db, struct trigger *t, struct trigger_answer *out,
		struct fault *f);

/*
 * Takes back what a call added and what was never called: such contacts become
 * excluded when their turn comes, in this run and all others, and a call that
 * is queued does not leave.  A call that may have left goes on.  A second undo
 * finds nothing to take back.  FAULT_ABSENT: no such campaign, or the batch is
 * not of it; FAULT_DENIED.
 */
struct trigger_undone {
	int64_t contacts; /* taken back now */
	int64_t others;	  /* called before, or taken back before */
	int64_t run_id;	  /* to wake; 0: none */
};
int campaign_trigger_undo(struct db *db, const struct actor *who,
			  int64_t campaign_id, int64_t batch_id,
			  struct trigger_undone *out, struct fault *f);

#endif
