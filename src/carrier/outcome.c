#include "carrier/outcome.h"

#include <stddef.h>

#define O(word) OUTCOME_##word

/* One line for each code: what it means before and after the phone rang. */
struct meaning {
	int code;
	enum outcome silent, rung;
};

/* clang-format off */
static const struct meaning by_sip[] = {
	{ 301, O(INVALID_NUMBER), O(INVALID_NUMBER) }, /* number changed */
	{ 302, O(ERROR),          O(ERROR) },          /* never followed */
	{ 305, O(ERROR),          O(ERROR) },
	{ 401, O(ERROR),          O(ERROR) },          /* credentials */
	{ 402, O(ERROR),          O(ERROR) },          /* no credit */
	{ 403, O(BLOCKED),        O(BLOCKED) },
	{ 404, O(INVALID_NUMBER), O(INVALID_NUMBER) },
	{ 407, O(ERROR),          O(ERROR) },
	{ 408, O(CONGESTION),     O(NO_ANSWER) },      /* silent: trunk dead */
	{ 410, O(INVALID_NUMBER), O(INVALID_NUMBER) },
	{ 429, O(CONGESTION),     O(CONGESTION) },
	{ 480, O(UNREACHABLE),    O(NO_ANSWER) },
	{ 483, O(ERROR),          O(ERROR) },
	{ 484, O(INVALID_NUMBER), O(INVALID_NUMBER) },
	{ 485, O(INVALID_NUMBER), O(INVALID_NUMBER) },
	{ 486, O(BUSY),           O(BUSY) },
	{ 487, O(ERROR),          O(ERROR) },          /* not asked by us */
	{ 488, O(ERROR),          O(ERROR) },          /* codec */
	{ 500, O(CONGESTION),     O(CONGESTION) },
	{ 502, O(UNREACHABLE),    O(UNREACHABLE) },
	{ 503, O(CONGESTION),     O(CONGESTION) },
	{ 504, O(CONGESTION),     O(CONGESTION) },
	{ 580, O(CONGESTION),     O(CONGESTION) },
	{ 600, O(BUSY),           O(BUSY) },
	{ 603, O(REJECTED),       O(REJECTED) },
	{ 604, O(INVALID_NUMBER), O(INVALID_NUMBER) },
	{ 606, O(ERROR),          O(ERROR) },
	{ 607, O(BLOCKED),        O(BLOCKED) },        /* unwanted */
	{ 608, O(BLOCKED),        O(BLOCKED) },        /* by analytics */
};

static const struct meaning by_q850[] = {
	{ 1,   O(INVALID_NUMBER), O(INVALID_NUMBER) },
	{ 16,  O(ERROR),          O(NO_ANSWER) },
	{ 17,  O(BUSY),           O(BUSY) },
	{ 18,  O(CONGESTION),     O(NO_ANSWER) },      /* silent: timer B */
	{ 19,  O(UNREACHABLE),    O(NO_ANSWER) },
	{ 20,  O(UNREACHABLE),    O(UNREACHABLE) },
	{ 21,  O(REJECTED),       O(REJECTED) },
	{ 22,  O(INVALID_NUMBER), O(INVALID_NUMBER) },
	{ 26,  O(CANCELLED),      O(CANCELLED) },
	{ 27,  O(UNREACHABLE),    O(UNREACHABLE) },
	{ 28,  O(INVALID_NUMBER), O(INVALID_NUMBER) },
	{ 34,  O(CONGESTION),     O(CONGESTION) },
	{ 38,  O(CONGESTION),     O(CONGESTION) },
	{ 41,  O(CONGESTION),     O(CONGESTION) },
	{ 42,  O(CONGESTION),     O(CONGESTION) },
	{ 44,  O(CONGESTION),     O(CONGESTION) },
	{ 47,  O(CONGESTION),     O(CONGESTION) },
	{ 52,  O(BLOCKED),        O(BLOCKED) },
	{ 54,  O(BLOCKED),        O(BLOCKED) },
	{ 55,  O(BLOCKED),        O(BLOCKED) },
	{ 57,  O(BLOCKED),        O(BLOCKED) },
	{ 63,  O(CONGESTION),     O(CONGESTION) },
	{ 102, O(CONGESTION),     O(CONGESTION) },
};

/* clang-format on */

static enum outcome
answered(unsigned saw)
{
	if (saw & CR_SAW_NO_BOT)
		return OUTCOME_ABANDONED;
	return saw & CR_SAW_MACHINE ? OUTCOME_VOICEMAIL : OUTCOME_COMPLETED;
}

static const struct meaning *
find(const struct meaning *table, size_t count, int code)
{
	for (size_t i = 0; i < count; i++) {
		if (table[i].code == code)
			return &table[i];
	}
	return NULL;
}

/*
 * The SIP status takes precedence: a PBX maps several of them to one cause (483
 * and 480 both become 19).
 */
static enum outcome
by_code(const struct cr_facts *facts)
{
	const struct meaning *m =
		find(by_sip, sizeof(by_sip) / sizeof(*by_sip), facts->sip);

	if (!m && facts->sip < 300)
		m = find(by_q850, sizeof(by_q850) / sizeof(*by_q850),
			 facts->q850);
	if (!m)
		return OUTCOME_ERROR;
	return facts->saw & CR_SAW_RINGING ? m->rung : m->silent;
}

enum outcome
cr_outcome_of(const struct cr_facts *facts)
{
	bool was_answered = facts->saw & CR_SAW_ANSWERED;

	if (facts->gone == CR_GONE_UNKNOWN)
		return OUTCOME_LOST;
	if (facts->gone != CR_GONE_NOT && !was_answered)
		return facts->gone == CR_GONE_RESTART ? OUTCOME_LOST
						      : OUTCOME_TIMEOUT;
	if (facts->saw & CR_SAW_CANCEL)
		return OUTCOME_CANCELLED;
	if (was_answered)
		return answered(facts->saw);
	if (facts->saw & CR_SAW_OUR_TIMER)
		return facts->saw & CR_SAW_RINGING ? OUTCOME_NO_ANSWER
						   : OUTCOME_UNREACHABLE;
	return facts->saw & CR_SAW_BLOCKED ? OUTCOME_BLOCKED : by_code(facts);
}

const char *
cr_by_word(enum cr_by by)
{
	return hung_by_words[by];
}
