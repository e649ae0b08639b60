/*
 * call_result.h - what a bot reports of a call: before it ends, after, again,
 * or never (doc/product.md 6.16).
 *
 * A report is stored by the call it is about; the latest replaces those before
 * it, whole.  Where it changes what follows, it does so once, in whichever
 * order report and end come: who stores one and who records the end write the
 * same row of live_call.
 */
#ifndef CAMPAIGN_CALL_RESULT_H
#define CAMPAIGN_CALL_RESULT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/uuid.h"

struct actor;
struct arena;
struct db;
struct fault;
struct record;

#define RESULT_LINK_MOST 500
#define RESULT_DATA_MOST 8192
#define RESULT_CALLBACK_DAYS 366

/* A report as it was sent; texts may be NULL. */
struct call_result {
	const char *disposition; /* [a-z0-9_-]{1,40} */
	/* When to call again: "2026-12-01T10:00:00Z", or with an offset in
	 * place of Z; what is past is now. */
	const char *callback_at;
	unsigned answered_by; /* enum call_answered_by */
	bool opt_out;	      /* goes on the do-not-call list at once */
	const char *recording, *transcript; /* https links */
	int64_t talk_ms;		    /* -1: not told */
	const char *data;		    /* any JSON */
};
/* Of the members that are a field: all but the data. */
extern const struct record call_result_record;

/* A link to a recording or transcript: https, without what an address cannot
 * have; "" and NULL are none.  FAULT_INVALID names 'name'. */
int result_link_check(const char *name, const char *link, struct fault *f);

/* What came of a report. */
struct result_answer {
	bool has_ended; /* the call is over */
	bool changed;	/* another call follows, or none any more */
	int64_t run_id; /* to wake after the commit; 0: none */
};

/*
 * Stores a report of a call of who->workspace_id, for a supervisor or a key
 * with that role.  FAULT_ABSENT: there is no such call, or none was sent under
 * this id; FAULT_INVALID names the field; FAULT_DENIED, also where the call is
 * of another campaign than who->campaign_id.
 *
 * If the call is over, its contact has not been called since, and it stands as
 * the call (and the report before) left it, then a callback is scheduled or
 * taken back, or a disposition retries, as if the report had come first.
 */
int call_result_store(struct db *db, const struct actor *who,
		      const uint8_t id[static UUID_LEN],
		      const struct call_result *r, struct result_answer *out,
		      struct fault *f);

#endif
