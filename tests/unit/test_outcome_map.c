/* What each end of a call means: one line a fact of the carriers. */
#include "carrier/outcome.h"
#include "tests/tap.h"

#define O(word) OUTCOME_##word
#define RANG CR_SAW_RINGING
#define ANSWERED (CR_SAW_RINGING | CR_SAW_ANSWERED)

/* clang-format off */
static const struct {
	const char *what;
	struct cr_facts facts;
	enum outcome outcome;
} cases[] = {
	/* the answer decides, whatever code follows it */
	{ "answered, callee hangs up", { 200, 16, ANSWERED, CR_BY_CALLEE, 0 }, O(COMPLETED) },
	{ "answered without ringing", { 200, 16, CR_SAW_ANSWERED, CR_BY_BOT, 0 }, O(COMPLETED) },
	{ "answered, media lost", { -1, 44, ANSWERED, CR_BY_NETWORK, 0 }, O(COMPLETED) },
	{ "answered, 404 later", { 404, 1, ANSWERED, CR_BY_NETWORK, 0 }, O(COMPLETED) },
	{ "a machine", { 200, 16, ANSWERED | CR_SAW_MACHINE, CR_BY_BOT, 0 }, O(VOICEMAIL) },
	{ "no bot free", { 200, 41, ANSWERED | CR_SAW_NO_BOT, CR_BY_NETWORK, 0 }, O(ABANDONED) },
	{ "no bot for a machine", { 200, 41, ANSWERED | CR_SAW_NO_BOT | CR_SAW_MACHINE, CR_BY_NETWORK, 0 }, O(ABANDONED) },
	/* our cancel and our timer go before the codes */
	{ "cancelled by us", { 487, 16, RANG | CR_SAW_CANCEL, CR_BY_US, 0 }, O(CANCELLED) },
	{ "cancelled, busy meanwhile", { 486, 17, CR_SAW_CANCEL, CR_BY_NETWORK, 0 }, O(CANCELLED) },
	{ "rang out", { 487, 19, RANG | CR_SAW_OUR_TIMER, CR_BY_US, 0 }, O(NO_ANSWER) },
	{ "rang out, no code", { -1, 0, RANG | CR_SAW_OUR_TIMER, CR_BY_US, 0 }, O(NO_ANSWER) },
	{ "silence till our timer", { 480, 19, CR_SAW_OUR_TIMER, CR_BY_US, 0 }, O(UNREACHABLE) },
	/* SIP */
	{ "301", { 301, 22, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "302", { 302, 23, 0, 0, 0 }, O(ERROR) },
	{ "400", { 400, 127, 0, 0, 0 }, O(ERROR) },
	{ "401", { 401, 21, 0, 0, 0 }, O(ERROR) },
	{ "402", { 402, 21, 0, 0, 0 }, O(ERROR) },
	{ "403", { 403, 21, 0, 0, 0 }, O(BLOCKED) },
	{ "404", { 404, 1, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "407", { 407, 21, 0, 0, 0 }, O(ERROR) },
	{ "408 of a dead trunk", { 408, 18, 0, 0, 0 }, O(CONGESTION) },
	{ "408 after ringing", { 408, 18, RANG, 0, 0 }, O(NO_ANSWER) },
	{ "410", { 410, 22, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "429", { 429, -1, 0, 0, 0 }, O(CONGESTION) },
	{ "480 at once", { 480, 20, 0, 0, 0 }, O(UNREACHABLE) },
	{ "480 after ringing", { 480, 19, RANG, 0, 0 }, O(NO_ANSWER) },
	{ "483 that a PBX calls 19", { 483, 19, RANG, 0, 0 }, O(ERROR) },
	{ "484", { 484, 28, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "485", { 485, 1, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "486", { 486, 17, 0, 0, 0 }, O(BUSY) },
	{ "486 after early media", { 486, 17, RANG, 0, 0 }, O(BUSY) },
	{ "487 not asked by us", { 487, 127, RANG, 0, 0 }, O(ERROR) },
	{ "488", { 488, 88, 0, 0, 0 }, O(ERROR) },
	{ "500", { 500, 41, 0, 0, 0 }, O(CONGESTION) },
	{ "501", { 501, 29, 0, 0, 0 }, O(ERROR) },
	{ "502", { 502, 27, 0, 0, 0 }, O(UNREACHABLE) },
	{ "503", { 503, 34, 0, 0, 0 }, O(CONGESTION) },
	{ "504", { 504, 102, 0, 0, 0 }, O(CONGESTION) },
	{ "580", { 580, 47, 0, 0, 0 }, O(CONGESTION) },
	{ "600", { 600, 17, 0, 0, 0 }, O(BUSY) },
	{ "603", { 603, 21, RANG, 0, 0 }, O(REJECTED) },
	{ "604", { 604, 1, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "606", { 606, 88, 0, 0, 0 }, O(ERROR) },
	{ "607", { 607, 127, 0, 0, 0 }, O(BLOCKED) },
	{ "608", { 608, 21, 0, 0, 0 }, O(BLOCKED) },
	{ "a SIP status nobody knows", { 699, 17, 0, 0, 0 }, O(ERROR) },
	/* Q.850 alone */
	{ "cause 0", { -1, 0, 0, 0, 0 }, O(ERROR) },
	{ "cause 1", { -1, 1, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "cause 3", { -1, 3, 0, 0, 0 }, O(ERROR) },
	{ "cause 16 after ringing", { -1, 16, RANG, 0, 0 }, O(NO_ANSWER) },
	{ "cause 16 without", { -1, 16, 0, 0, 0 }, O(ERROR) },
	{ "cause 17", { -1, 17, 0, 0, 0 }, O(BUSY) },
	{ "cause 18 in silence", { -1, 18, 0, 0, 0 }, O(CONGESTION) },
	{ "cause 18 after ringing", { -1, 18, RANG, 0, 0 }, O(NO_ANSWER) },
	{ "cause 19 in silence", { -1, 19, 0, 0, 0 }, O(UNREACHABLE) },
	{ "cause 19 after ringing", { -1, 19, RANG, 0, 0 }, O(NO_ANSWER) },
	{ "cause 20", { -1, 20, 0, 0, 0 }, O(UNREACHABLE) },
	{ "cause 21", { -1, 21, 0, 0, 0 }, O(REJECTED) },
	{ "cause 22", { -1, 22, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "cause 26", { -1, 26, 0, 0, 0 }, O(CANCELLED) },
	{ "cause 27", { -1, 27, 0, 0, 0 }, O(UNREACHABLE) },
	{ "cause 28", { -1, 28, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "cause 31", { -1, 31, 0, 0, 0 }, O(ERROR) },
	{ "cause 34", { -1, 34, 0, 0, 0 }, O(CONGESTION) },
	{ "cause 42", { -1, 42, 0, 0, 0 }, O(CONGESTION) },
	{ "cause 54", { -1, 54, 0, 0, 0 }, O(BLOCKED) },
	{ "cause 57", { -1, 57, 0, 0, 0 }, O(BLOCKED) },
	{ "cause 102", { -1, 102, 0, 0, 0 }, O(CONGESTION) },
	{ "cause 127", { -1, 127, 0, 0, 0 }, O(ERROR) },
	{ "nothing told", { -1, -1, 0, 0, 0 }, O(ERROR) },
	/* ends that were not reported */
	{ "restart while ringing", { -1, -1, RANG, 0, CR_GONE_RESTART }, O(LOST) },
	{ "restart in the talk", { -1, -1, ANSWERED, 0, CR_GONE_RESTART }, O(COMPLETED) },
	{ "restart, cancel asked", { -1, -1, RANG | CR_SAW_CANCEL, 0, CR_GONE_RESTART }, O(LOST) },
	{ "watchdog before the answer", { -1, -1, RANG, CR_BY_US, CR_GONE_SILENT }, O(TIMEOUT) },
	{ "watchdog after it", { -1, -1, ANSWERED, CR_BY_US, CR_GONE_SILENT }, O(COMPLETED) },
	{ "not known any more", { -1, -1, RANG, 0, CR_GONE_UNKNOWN }, O(LOST) },
	{ "answered, not known any more", { -1, -1, ANSWERED, 0, CR_GONE_UNKNOWN }, O(LOST) },
};
/* clang-format on */

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		is_str(outcome_words[cr_outcome_of(&cases[i].facts)],
		       outcome_words[cases[i].outcome], cases[i].what);
	return tap_done();
}
