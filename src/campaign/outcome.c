#include "campaign/outcome.h"

#include <stddef.h>

#include "base/arena.h"

enum picked_up { NEVER, ALWAYS, IF_ANSWERED };

/* clang-format off */
static const struct {
	bool counts;        /* in Max Attempts and Answer Rate */
	enum picked_up picked_up;
	bool may_retry;     /* if the campaign's list says so */
	enum contact_state final; /* when no retry follows */
} table[OUTCOME_MAX] = {
	/*                           counts picked_up    retry  final */
	[OUTCOME_NONE]           = { false, NEVER,       false, CONTACT_HELD },
	[OUTCOME_COMPLETED]      = { true,  ALWAYS,      false, CONTACT_COMPLETED },
	[OUTCOME_NO_ANSWER]      = { true,  NEVER,       true,  CONTACT_EXHAUSTED },
	[OUTCOME_BUSY]           = { true,  NEVER,       true,  CONTACT_EXHAUSTED },
	[OUTCOME_REJECTED]       = { true,  NEVER,       true,  CONTACT_EXHAUSTED },
	[OUTCOME_UNREACHABLE]    = { true,  NEVER,       true,  CONTACT_EXHAUSTED },
	[OUTCOME_INVALID_NUMBER] = { true,  NEVER,       false, CONTACT_INVALID },
	[OUTCOME_VOICEMAIL]      = { true,  ALWAYS,      true,  CONTACT_VOICEMAIL },
	[OUTCOME_ABANDONED]      = { true,  ALWAYS,      true,  CONTACT_ABANDONED },
	[OUTCOME_ERROR]          = { true,  NEVER,       true,  CONTACT_EXHAUSTED },
	[OUTCOME_TIMEOUT]        = { true,  NEVER,       true,  CONTACT_EXHAUSTED },
	[OUTCOME_LOST]           = { true,  IF_ANSWERED, true,  CONTACT_EXHAUSTED },
	[OUTCOME_CONGESTION]     = { false, NEVER,       false, CONTACT_HELD },
	[OUTCOME_BLOCKED]        = { false, NEVER,       false, CONTACT_HELD },
	[OUTCOME_CANCELLED]      = { false, NEVER,       false, CONTACT_HELD },
};
/* clang-format on */

const char *const outcome_words[] = {
	"",	      "completed",   "no_answer",      "busy",
	"rejected",   "unreachable", "invalid_number", "voicemail",
	"abandoned",  "error",	     "timeout",	       "lost",
	"congestion", "blocked",     "cancelled",      NULL,
};

/* By the same numbers; "" where a campaign has no choice. */
const char *const outcome_retry_words[] = {
	"", "",		 "no_answer", "busy",  "rejected", "unreachable",
	"", "voicemail", "abandoned", "error", "timeout",  "lost",
	"", "",		 "",	      NULL,
};

const char *const contact_state_words[] = {
	"pending",   "active",	  "retry_scheduled", "callback_scheduled",
	"completed", "exhausted", "abandoned",	     "voicemail",
	"invalid",   "excluded",  "window_closed",   "manual_stopped",
	NULL,
};

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
