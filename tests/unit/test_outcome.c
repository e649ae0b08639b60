/* What follows each outcome: one line an outcome, as the product says. */
#include "base/arena.h"
#include "campaign/outcome.h"
#include "tests/tap.h"

#define ALL UINT32_MAX
#define DELAY 1800000000
#define BACKOFF 5000000

/* clang-format off */
static const struct {
	const char *word;
	enum outcome outcome;
	const char *final; /* state when no retry follows */
	bool counts, retries, picked_up, picked_up_answered;
} cases[] = {
	{ "completed",      OUTCOME_COMPLETED,      "completed", true,  false, true,  true  },
	{ "no_answer",      OUTCOME_NO_ANSWER,      "exhausted", true,  true,  false, false },
	{ "busy",           OUTCOME_BUSY,           "exhausted", true,  true,  false, false },
	{ "rejected",       OUTCOME_REJECTED,       "exhausted", true,  true,  false, false },
	{ "unreachable",    OUTCOME_UNREACHABLE,    "exhausted", true,  true,  false, false },
	{ "invalid_number", OUTCOME_INVALID_NUMBER, "invalid",   true,  false, false, false },
	{ "voicemail",      OUTCOME_VOICEMAIL,      "voicemail", true,  true,  true,  true  },
	{ "abandoned",      OUTCOME_ABANDONED,      "abandoned", true,  true,  true,  true  },
	{ "error",          OUTCOME_ERROR,          "exhausted", true,  true,  false, false },
	{ "timeout",        OUTCOME_TIMEOUT,        "exhausted", true,  true,  false, false },
	{ "lost",           OUTCOME_LOST,           "exhausted", true,  true,  false, true  },
	{ "congestion",     OUTCOME_CONGESTION,     "pending",   false, false, false, false },
	{ "blocked",        OUTCOME_BLOCKED,        "pending",   false, false, false, false },
	{ "cancelled",      OUTCOME_CANCELLED,      "pending",   false, false, false, false },
};
/* clang-format on */

static void
check_case(size_t i)
{
	enum outcome o = cases[i].outcome;
	struct outcome_next next;

	is_str(outcome_words[o], cases[i].word, cases[i].word);
	is_int(outcome_counts(o), cases[i].counts,
	       "the outcome counts as an attempt or does not");
	is_int(outcome_picked_up(o, false), cases[i].picked_up,
	       "the contact picked up, or not, without an answer event");
	is_int(outcome_picked_up(o, true), cases[i].picked_up_answered,
	       "the contact picked up, or not, after an answer event");
	is_str(outcome_retry_words[o], cases[i].retries ? cases[i].word : "",
	       "the form offers the outcome if it can retry");

	next = outcome_next(o, 0, 1, 3, DELAY, BACKOFF, false);
	is_str(contact_state_words[next.state], cases[i].final,
	       "an outcome that is not listed leads to its final state");
	next = outcome_next(o, ALL, 3, 3, DELAY, BACKOFF, false);
	is_str(contact_state_words[next.state], cases[i].final,
	       "the last attempt leads to the final state");

	next = outcome_next(o, ALL, 2, 3, DELAY, BACKOFF, true);
	if (cases[i].retries)
		ok(next.state == CONTACT_RETRY && next.delay_us == DELAY,
		   "a listed outcome with an attempt left retries after its "
		   "delay");
	else if (!cases[i].counts)
		ok(next.state == CONTACT_RETRY && next.delay_us == BACKOFF,
		   "an outcome that does not count waits for its retry again");
	else
		is_str(contact_state_words[next.state], cases[i].final,
		       "an outcome that never retries leads to its final "
		       "state");
}

int
main(void)
{
	struct outcome_next next;

	is_int(ARRAY_LEN(cases), OUTCOME_MAX - 1, "every outcome has a line");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check_case(i);
	next = outcome_next(OUTCOME_CONGESTION, ALL, 0, 3, DELAY, BACKOFF,
			    false);
	ok(next.state == CONTACT_HELD && next.delay_us == BACKOFF,
	   "a contact refused at its first call waits as if never dialled");
	next = outcome_next(OUTCOME_BUSY, 1u << OUTCOME_NO_ANSWER, 1, 3, DELAY,
			    BACKOFF, false);
	is_int(next.state, CONTACT_EXHAUSTED,
	       "the bit of another outcome permits no retry");
	for (int i = 0; i < OUTCOME_MAX; i++)
		ok(outcome_words[i] != NULL, "each outcome has a word");
	ok(!outcome_words[OUTCOME_MAX] &&
		   !contact_state_words[CONTACT_STATE_MAX],
	   "no word follows the last outcome or the last state");
	return tap_done();
}
