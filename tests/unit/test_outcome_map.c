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
	{ "an answered call that the callee ends is completed",
	  { 200, 16, ANSWERED, CR_BY_CALLEE, 0 }, O(COMPLETED) },
	{ "a call that is answered without ringing is completed",
	  { 200, 16, CR_SAW_ANSWERED, CR_BY_BOT, 0 }, O(COMPLETED) },
	{ "an answered call that loses its media is completed",
	  { -1, 44, ANSWERED, CR_BY_NETWORK, 0 }, O(COMPLETED) },
	{ "an answered call that ends with 404 is completed",
	  { 404, 1, ANSWERED, CR_BY_NETWORK, 0 }, O(COMPLETED) },
	{ "a call that a machine answers is voicemail",
	  { 200, 16, ANSWERED | CR_SAW_MACHINE, CR_BY_BOT, 0 }, O(VOICEMAIL) },
	{ "an answered call without a free bot is abandoned",
	  { 200, 41, ANSWERED | CR_SAW_NO_BOT, CR_BY_NETWORK, 0 }, O(ABANDONED) },
	{ "a machine without a free bot is abandoned",
	  { 200, 41, ANSWERED | CR_SAW_NO_BOT | CR_SAW_MACHINE, CR_BY_NETWORK, 0 }, O(ABANDONED) },
	/* our cancel and our timer go before the codes */
	{ "a call that we cancel is cancelled",
	  { 487, 16, RANG | CR_SAW_CANCEL, CR_BY_US, 0 }, O(CANCELLED) },
	{ "a cancelled call that is busy meanwhile is cancelled",
	  { 486, 17, CR_SAW_CANCEL, CR_BY_NETWORK, 0 }, O(CANCELLED) },
	{ "a call that rings out has no answer",
	  { 487, 19, RANG | CR_SAW_OUR_TIMER, CR_BY_US, 0 }, O(NO_ANSWER) },
	{ "a call that rings out without a code has no answer",
	  { -1, 0, RANG | CR_SAW_OUR_TIMER, CR_BY_US, 0 }, O(NO_ANSWER) },
	{ "a call that is silent until our timer is unreachable",
	  { 480, 19, CR_SAW_OUR_TIMER, CR_BY_US, 0 }, O(UNREACHABLE) },
	/* SIP */
	{ "status 301 is an invalid number",
	  { 301, 22, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "status 302 is an error", { 302, 23, 0, 0, 0 }, O(ERROR) },
	{ "status 400 is an error", { 400, 127, 0, 0, 0 }, O(ERROR) },
	{ "status 401 is an error", { 401, 21, 0, 0, 0 }, O(ERROR) },
	{ "status 402 is an error", { 402, 21, 0, 0, 0 }, O(ERROR) },
	{ "status 403 is blocked", { 403, 21, 0, 0, 0 }, O(BLOCKED) },
	{ "status 404 is an invalid number",
	  { 404, 1, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "status 407 is an error", { 407, 21, 0, 0, 0 }, O(ERROR) },
	{ "status 408 of a dead trunk is congestion",
	  { 408, 18, 0, 0, 0 }, O(CONGESTION) },
	{ "status 408 after ringing is no answer",
	  { 408, 18, RANG, 0, 0 }, O(NO_ANSWER) },
	{ "status 410 is an invalid number",
	  { 410, 22, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "status 429 is congestion", { 429, -1, 0, 0, 0 }, O(CONGESTION) },
	{ "status 480 at once is unreachable",
	  { 480, 20, 0, 0, 0 }, O(UNREACHABLE) },
	{ "status 480 after ringing is no answer",
	  { 480, 19, RANG, 0, 0 }, O(NO_ANSWER) },
	{ "status 483 with cause 19 of a PBX is an error",
	  { 483, 19, RANG, 0, 0 }, O(ERROR) },
	{ "status 484 is an invalid number",
	  { 484, 28, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "status 485 is an invalid number",
	  { 485, 1, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "status 486 is busy", { 486, 17, 0, 0, 0 }, O(BUSY) },
	{ "status 486 after early media is busy",
	  { 486, 17, RANG, 0, 0 }, O(BUSY) },
	{ "status 487 that we did not ask for is an error",
	  { 487, 127, RANG, 0, 0 }, O(ERROR) },
	{ "status 488 is an error", { 488, 88, 0, 0, 0 }, O(ERROR) },
	{ "status 500 is congestion", { 500, 41, 0, 0, 0 }, O(CONGESTION) },
	{ "status 501 is an error", { 501, 29, 0, 0, 0 }, O(ERROR) },
	{ "status 502 is unreachable", { 502, 27, 0, 0, 0 }, O(UNREACHABLE) },
	{ "status 503 is congestion", { 503, 34, 0, 0, 0 }, O(CONGESTION) },
	{ "status 504 is congestion", { 504, 102, 0, 0, 0 }, O(CONGESTION) },
	{ "status 580 is congestion", { 580, 47, 0, 0, 0 }, O(CONGESTION) },
	{ "status 600 is busy", { 600, 17, 0, 0, 0 }, O(BUSY) },
	{ "status 603 is rejected", { 603, 21, RANG, 0, 0 }, O(REJECTED) },
	{ "status 604 is an invalid number",
	  { 604, 1, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "status 606 is an error", { 606, 88, 0, 0, 0 }, O(ERROR) },
	{ "status 607 is blocked", { 607, 127, 0, 0, 0 }, O(BLOCKED) },
	{ "status 608 is blocked", { 608, 21, 0, 0, 0 }, O(BLOCKED) },
	{ "an unknown SIP status is an error", { 699, 17, 0, 0, 0 }, O(ERROR) },
	/* Q.850 alone */
	{ "cause 0 is an error", { -1, 0, 0, 0, 0 }, O(ERROR) },
	{ "cause 1 is an invalid number",
	  { -1, 1, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "cause 3 is an error", { -1, 3, 0, 0, 0 }, O(ERROR) },
	{ "cause 16 after ringing is no answer",
	  { -1, 16, RANG, 0, 0 }, O(NO_ANSWER) },
	{ "cause 16 without ringing is an error",
	  { -1, 16, 0, 0, 0 }, O(ERROR) },
	{ "cause 17 is busy", { -1, 17, 0, 0, 0 }, O(BUSY) },
	{ "cause 18 in silence is congestion",
	  { -1, 18, 0, 0, 0 }, O(CONGESTION) },
	{ "cause 18 after ringing is no answer",
	  { -1, 18, RANG, 0, 0 }, O(NO_ANSWER) },
	{ "cause 19 in silence is unreachable",
	  { -1, 19, 0, 0, 0 }, O(UNREACHABLE) },
	{ "cause 19 after ringing is no answer",
	  { -1, 19, RANG, 0, 0 }, O(NO_ANSWER) },
	{ "cause 20 is unreachable", { -1, 20, 0, 0, 0 }, O(UNREACHABLE) },
	{ "cause 21 is rejected", { -1, 21, 0, 0, 0 }, O(REJECTED) },
	{ "cause 22 is an invalid number",
	  { -1, 22, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "cause 26 is cancelled", { -1, 26, 0, 0, 0 }, O(CANCELLED) },
	{ "cause 27 is unreachable", { -1, 27, 0, 0, 0 }, O(UNREACHABLE) },
	{ "cause 28 is an invalid number",
	  { -1, 28, 0, 0, 0 }, O(INVALID_NUMBER) },
	{ "cause 31 is an error", { -1, 31, 0, 0, 0 }, O(ERROR) },
	{ "cause 34 is congestion", { -1, 34, 0, 0, 0 }, O(CONGESTION) },
	{ "cause 42 is congestion", { -1, 42, 0, 0, 0 }, O(CONGESTION) },
	{ "cause 54 is blocked", { -1, 54, 0, 0, 0 }, O(BLOCKED) },
	{ "cause 57 is blocked", { -1, 57, 0, 0, 0 }, O(BLOCKED) },
	{ "cause 102 is congestion", { -1, 102, 0, 0, 0 }, O(CONGESTION) },
	{ "cause 127 is an error", { -1, 127, 0, 0, 0 }, O(ERROR) },
	{ "a call that ends without any code is an error",
	  { -1, -1, 0, 0, 0 }, O(ERROR) },
	/* ends that were not reported */
	{ "a restart while a call rings makes it lost",
	  { -1, -1, RANG, 0, CR_GONE_RESTART }, O(LOST) },
	{ "a restart during a conversation makes it completed",
	  { -1, -1, ANSWERED, 0, CR_GONE_RESTART }, O(COMPLETED) },
	{ "a restart after we asked to cancel makes the call lost",
	  { -1, -1, RANG | CR_SAW_CANCEL, 0, CR_GONE_RESTART }, O(LOST) },
	{ "the watchdog before the answer makes a timeout",
	  { -1, -1, RANG, CR_BY_US, CR_GONE_SILENT }, O(TIMEOUT) },
	{ "the watchdog after the answer makes the call completed",
	  { -1, -1, ANSWERED, CR_BY_US, CR_GONE_SILENT }, O(COMPLETED) },
	{ "a call that its carrier forgot is lost",
	  { -1, -1, RANG, 0, CR_GONE_UNKNOWN }, O(LOST) },
	{ "an answered call that its carrier forgot is lost",
	  { -1, -1, ANSWERED, 0, CR_GONE_UNKNOWN }, O(LOST) },
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
