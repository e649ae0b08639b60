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

#include "app/outcome.h"

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
	CR_SAW_CANCEL = 32,    /* we asked to end it before the answer */
	CR_SAW_BLOCKED = 64    /* the carrier's own refusal: 603 “Network
				  Blocked” (ATIS-1000099) */
};

/* What answering machine detection made of who answered: a hint. */
enum cr_amd { CR_AMD_NONE, CR_AMD_HUMAN, CR_AMD_MACHINE, CR_AMD_UNSURE };

struct cr_facts {
	int sip;  /* final SIP status, -1: not reported */
	int q850; /* Q.850 cause, -1: not reported */
	unsigned saw;
	enum cr_by by;
	enum cr_gone gone;
};

/* Pure; never fails: codes that are not in the table are OUTCOME_ERROR. */
enum outcome cr_outcome_of(const struct cr_facts *facts);

/* "callee", "bot", ...: for logs and tests. */
const char *cr_by_word(enum cr_by by);

#endif
