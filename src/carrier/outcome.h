/*
 * outcome.h - the outcome of a finished call, found from the facts of its end.
 *
 * A carrier reports facts (codes, who hung up, what was seen); one constant
 * table turns them into one of these outcomes, the same for every kind of
 * carrier.  To add a code: one line in the table of outcome.c and one in
 * tests/unit/test_outcome_map.c.
 */
#ifndef CARRIER_OUTCOME_H
#define CARRIER_OUTCOME_H

#include <stdbool.h>

enum cr_outcome {
	CR_OUTCOME_COMPLETED, /* answered, and one side hung up */
	CR_OUTCOME_NO_ANSWER, /* it rang and was not answered */
	CR_OUTCOME_BUSY,
	CR_OUTCOME_REJECTED,	   /* by the person */
	CR_OUTCOME_UNREACHABLE,	   /* the phone is off; try later */
	CR_OUTCOME_INVALID_NUMBER, /* never dial it again */
	CR_OUTCOME_VOICEMAIL,	   /* answered by a machine */
	CR_OUTCOME_ABANDONED,	   /* answered, and no bot was free */
	CR_OUTCOME_ERROR,	   /* set-up or configuration */
	CR_OUTCOME_TIMEOUT,	   /* no end reported in time: we ended it */
	CR_OUTCOME_LOST,	   /* what became of it is not known */
	CR_OUTCOME_CONGESTION,	   /* our side or the network; not an attempt */
	CR_OUTCOME_BLOCKED,	   /* caller number or policy; not an attempt */
	CR_OUTCOME_CANCELLED,	   /* by us before the answer; not an attempt */
	CR_OUTCOME_MAX
};

enum cr_by {
	CR_BY_NONE, /* not reported */
	CR_BY_CALLEE,
	CR_BY_BOT,
	CR_BY_US,
	CR_BY_NETWORK,
	CR_BY_MAX
};

/* Why a call counts as ended although the carrier did not report its end. */
enum cr_gone {
	CR_GONE_NOT,	 /* it was reported */
	CR_GONE_RESTART, /* the carrier restarted: proof that it is over */
	CR_GONE_SILENT,	 /* asked and hung up by the watchdog, no answer */
	CR_GONE_UNKNOWN	 /* the carrier knows nothing of it */
};

/* What was seen of a call, bit set. */
enum cr_saw {
	CR_SAW_RINGING = 1, /* ringing or progress (18x) */
	CR_SAW_ANSWERED = 2,
	CR_SAW_MACHINE = 4,    /* the carrier says a machine answered */
	CR_SAW_NO_BOT = 8,     /* answered, and the bot could not be joined */
	CR_SAW_OUR_TIMER = 16, /* the ring time we gave ran out */
	CR_SAW_CANCEL = 32     /* we asked to end it before the answer */
};

struct cr_facts {
	int sip;  /* final SIP status, -1: not reported */
	int q850; /* Q.850 cause, -1: not reported */
	unsigned saw;
	enum cr_by by;
	enum cr_gone gone;
};

/* Pure; never fails: codes that are not in the table are CR_OUTCOME_ERROR. */
enum cr_outcome cr_outcome_of(const struct cr_facts *facts);

/* "completed", "no_answer", ...; "callee", "bot", ...: for logs and tests. */
const char *cr_outcome_word(enum cr_outcome outcome);
const char *cr_by_word(enum cr_by by);

#endif
