/*
 * lifecycle.h - what may be done to a campaign, and the status it gets.
 *
 * One table in lifecycle.c answers every such question: the buttons a page
 * shows, what the API and the command line refuse, what the dialler may do by
 * itself.  No other file compares statuses to decide about an action.
 */
#ifndef CAMPAIGN_LIFECYCLE_H
#define CAMPAIGN_LIFECYCLE_H

#include <stdbool.h>
#include <stdint.h>

#include "workspace/account.h"

struct arena;
struct campaign;
struct db;
struct fault;

enum campaign_action {
	ACTION_START,
	ACTION_PAUSE,
	ACTION_RESUME,
	ACTION_STOP,
	ACTION_RESTART,
	ACTION_UNRESTART, /* cancel a prepared restart */
	ACTION_EDIT,
	ACTION_CLONE,
	ACTION_DELETE,
	ACTION_ARCHIVE,
	ACTION_UNARCHIVE,
	ACTION_MAX
};

struct campaign_transition {
	const char *word;  /* "start": URL segment and audit log */
	const char *label; /* "Start": the button's name */
	const char *done;  /* "Campaign started": toast, "" if none */
	const char *fail;  /* "Failed to start" */
	const char *icon;  /* name of the symbol */
	const char *ask;   /* question before it, %s is the name; NULL: none */
	/* The same for several at once, %s is "3 campaigns"; NULL: not
	 * offered, or no question. */
	const char *done_many, *ask_many;
	enum role role;	   /* least role */
	unsigned from;	   /* bit set of enum campaign_status */
	int to;		   /* enum campaign_status, or -1: unchanged, or what
			      it was before (Cancel restart, Unarchive) */
	int slot;	   /* place in the row, 1-4; 0: not in the row */
	enum { WHEN_ANY, WHEN_NEVER_RAN, WHEN_PREPARED } when;
};
extern const struct campaign_transition campaign_transitions[ACTION_MAX];

int campaign_action_find(const char *word); /* -1: no such action */

/* What the table allows for a campaign that was started 'runs' times. */
bool campaign_allows(unsigned status, int64_t runs,
		     enum campaign_action action);

/* What a page shows for this role; campaign_apply() may still refuse. */
bool campaign_offers(const struct campaign *c, enum campaign_action action,
		     enum role role);

/*
 * Does 'action' (one that changes the status) for 'who' and writes it to the
 * audit log, in one transaction with a mark: after a lost reply the mark tells
 * whether it happened.  'from' is the status that the page showed (-1: any that
 * allows it).
 *
 * Returns 0, or -1 with *f set and nothing done:
 *   FAULT_ABSENT    no such campaign in who->workspace_id
 *   FAULT_DENIED    the role
 *   FAULT_CONFLICT  the status does not allow it, or it changed meanwhile
 *   FAULT_INVALID   a Start check failed (one sentence; f->field names it)
 *   FAULT_BUSY, FAULT_UNKNOWN, FAULT_BROKEN  the database
 *
 * Once 0 is returned for Pause or Stop, no call is placed more than 250 ms
 * later, on any node.
 */
int campaign_apply(struct db *db, int64_t id, enum campaign_action action,
		   int from, const struct actor *who, struct arena *a,
		   struct fault *f);

#endif
