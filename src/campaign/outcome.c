#include "campaign/outcome.h"

#include <stddef.h>

#include "base/arena.h"
#include "base/field.h"

enum picked_up { NEVER, ALWAYS, IF_ANSWERED };

static const struct {
	bool counts;
	enum picked_up picked_up;
	bool may_retry;
	enum contact_state final;
} table[OUTCOME_MAX] = {
#define X(number, name, word, counts, picked_up, may_retry, final) \
	[number] = { counts, picked_up, may_retry, final },
	OUTCOMES(X)
#undef X
};

const char *const outcome_retry_words[] = {
	"",
#define X(number, name, word, counts, picked_up, may_retry, final) \
	[number] = (may_retry) ? (word) : "",
	OUTCOMES(X)
#undef X
		NULL,
};

const char *const contact_state_words[] = { CONTACT_STATE_WORDS, NULL };
const char *const contact_state_filter[] = { "any", CONTACT_STATE_WORDS, NULL };

bool
contact_waits(enum contact_state state)
{
	return state == CONTACT_HELD || state == CONTACT_RETRY ||
	       state == CONTACT_CALLBACK;
}

bool
outcome_counts(enum outcome o)
{
	return table[o].counts;
}

bool
outcome_picked_up(enum outcome o, bool answered)
{
	return table[o].picked_up == ALWAYS ||
	       (table[o].picked_up == IF_ANSWERED && answered);
}

struct outcome_next
outcome_next(enum outcome o, uint32_t retry_on, int64_t tries,
	     int64_t max_attempts, int64_t retry_delay_us, int64_t backoff_us,
	     bool dialled_before)
{
	struct outcome_next next = { .state = table[o].final };

	if (!table[o].counts) {
		next.state = dialled_before ? CONTACT_RETRY : CONTACT_HELD;
		next.delay_us = backoff_us;
	} else if (table[o].may_retry && retry_on >> o & 1 &&
		   tries < max_attempts) {
		next.state = CONTACT_RETRY;
		next.delay_us = retry_delay_us;
	}
	return next;
}

enum contact_state
state_of_class(enum due_class class)
{
	static const enum contact_state states[] = {
		[DUE_CALLBACK] = CONTACT_CALLBACK,
		[DUE_HELD] = CONTACT_HELD,
		[DUE_RETRY] = CONTACT_RETRY,
	};

	return states[class];
}

enum due_class
class_of_state(enum contact_state state)
{
	if (state == CONTACT_CALLBACK)
		return DUE_CALLBACK;
	return state == CONTACT_RETRY ? DUE_RETRY : DUE_HELD;
}
