/* Asterisk's manager interface: what is written, what is read, and what became
 * of a call by all that was said of its end. */
#include <string.h>

#include "base/arena.h"
#include "carrier/ami/action.h"
#include "carrier/ami/message.h"
#include "carrier/ami/verdict.h"
#include "tests/tap.h"

static void
check_actions(void)
{
	struct buf out = BUF_INIT;
	struct ami_action a = ami_begin(&out, "Originate", "id#1");
	char longest[AMI_LINE_MOST], *v = longest;

	ami_header_int(&a, "Timeout", 30000);
	ami_set(&a, "X", "a,b \"c\" \\ ${EPOCH}");
	is_int(ami_end(&a), 0, "an action is written");
	is_str(out.data,
	       "Action: Originate\r\nActionID: id#1\r\nTimeout: 30000\r\n"
	       "Variable: X=\"a,b \\\"c\\\" \\\\ ${EPOCH}\"\r\n\r\n",
	       "its variables are quoted");
	static const char *const hostile[] = {
		"a\nAction: Originate", "a\rb", "a\tb", "\x7f",
		"a\r\nApplication: System"
	};
	for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
		a = ami_begin(&out, "Originate", "id#2");
		ami_header(&a, "CallerID", hostile[i]);
		is_int(ami_end(&a), -1, "a control byte in a header is refused");
		a = ami_begin(&out, "Originate", "id#2");
		ami_set(&a, "X", hostile[i]);
		is_int(ami_end(&a), -1, "and in a variable");
		ok(!ami_can_set("X", hostile[i]), "which can be asked before");
	}
	ok(!strstr(out.data, "id#2"), "nothing of a refused action is written");
	memset(v, 'x', sizeof(longest));
	v[AMI_LINE_MOST - strlen("Variable: X=\"\"\r\n")] = '\0';
	ok(ami_can_set("X", v), "a line may be as long as the server reads");
	a = ami_begin(&out, "Originate", "id#3");
	ami_set(&a, "X", v);
	is_int(ami_end(&a), 0, "and is written");
	v[strlen(v) - 1] = '"';
	ok(!ami_can_set("X", v), "what is quoted counts twice");
	a = ami_begin(&out, "Originate", "id#4");
	ami_set(&a, "X", v);
	is_int(ami_end(&a), -1, "a longer line is refused");
	buf_free(&out);
}

static bool
take(struct ami_message *m, const char *const *lines)
{
	bool complete = false;

	for (; *lines; lines++)
		complete = ami_message_take(m, *lines);
	return complete;
}

static void
check_messages(void)
{
	static struct ami_message m;
	static const char *const hangup[] = {
		"Asterisk Call Manager/11.0.0",
		"Event: Hangup",
		"Timestamp: 1796075871.450373",
		"Uniqueid:od-1",
		"ChanVariable: X_TECH=SIP 603 a: b",
		"ChanVariable: X_STEP=",
		"no header",
		": no name",
		"cause: 21",
		"Cause: 22",
		"",
		NULL,
	};
	static const char *const next[] = { "", "Event: Other", "", NULL };

	ok(take(&m, hangup), "an empty line ends a message");
	is_str(ami_get(&m, "Event"), "Hangup", "a header is read");
	is_str(ami_get(&m, "uniqueid"), "od-1",
	       "in any case, with a space after the colon or none");
	is_int(ami_number(&m, "Cause", -1), 21, "the first one counts");
	is_int(ami_number(&m, "Event", -1), -1, "what is no number is missing");
	is_str(ami_variable(&m, "X_TECH"), "SIP 603 a: b",
	       "a variable of the channel is read");
	is_str(ami_variable(&m, "X_STEP"), "", "also an empty one");
	is_str(ami_variable(&m, "X_TEC"), NULL, "another one is not there");
	is_str(ami_get(&m, "Reason"), "", "nor is another header");
	is_int(ami_time(&m), 1796075871450373, "the event has its time");
	ok(take(&m, next), "another message follows");
	is_str(ami_get(&m, "Uniqueid"), "", "which has nothing of the last");
	is_int(ami_time(&m), 0, "nor its time");
	ami_message_take(&m, "Event: Long");
	for (int i = 0; i < 1000; i++)
		ami_message_take(&m, "X: y");
	ok(ami_message_take(&m, "") && m.count == AMI_HEADERS,
	   "too many lines are left out");
}

/* clang-format off */
#define NO_CODE .responded = true, .reason = 0, .ended = true
#define BY_US .responded = true, .reason = 3, .ended = true, .cause = 19, .tech_cause = 480
#define KNOWN(text) .tech_known = true, .tech = text
static const struct {
	struct ami_end end;
	enum outcome outcome;
	enum cr_by by;
	const char *what;
} ends[] = {
	/* answered: whoever ended it */
	{ { .up = true, .ended = true, .cause = 16, KNOWN("SIP 200 OK"), .step = "answered", .bot = "ANSWER", .by = CR_BY_CALLEE }, OUTCOME_COMPLETED, CR_BY_CALLEE, "the callee hangs up" },
	{ { .up = true, .ended = true, .cause = 16, KNOWN("SIP 200 OK"), .step = "botend", .by = CR_BY_BOT }, OUTCOME_COMPLETED, CR_BY_BOT, "the bot hangs up" },
	{ { .up = true, .ended = true, .cause = 16, KNOWN("SIP 200 OK"), .step = "answered", .hung_up = true }, OUTCOME_COMPLETED, CR_BY_US, "we hang up" },
	{ { .up = true, .ended = true, .cause = 0, KNOWN("SIP 200 OK"), .step = "waiting", .dial_end = "ANSWER", .by = CR_BY_CALLEE }, OUTCOME_COMPLETED, CR_BY_CALLEE, "the callee leaves before the bot is there" },
	{ { .up = true, .ended = true, .cause = 41, KNOWN("SIP 200 OK"), .step = "abandoned-SUCCESS" }, OUTCOME_ABANDONED, CR_BY_NETWORK, "no bot, with a message" },
	{ { .up = true, .ended = true, .cause = 41, KNOWN("SIP 200 OK"), .step = "abandoned" }, OUTCOME_ABANDONED, CR_BY_NETWORK, "no bot, without one" },
	{ { .up = true, .cancelled = true, .hung_up = true, .ended = true, .cause = 16, KNOWN("SIP 200 OK"), .step = "answered" }, OUTCOME_COMPLETED, CR_BY_US, "an answer that crossed our cancel" },
	{ { .responded = true, .reason = 4, .ended = true, .cause = 16 }, OUTCOME_COMPLETED, CR_BY_NETWORK, "Success is all that came" },
	/* the last response */
	{ { NO_CODE, .cause = 17, .tech_cause = 486, KNOWN("SIP 486 Busy Here"), .dial_end = "BUSY" }, OUTCOME_BUSY, CR_BY_NETWORK, "486" },
	{ { NO_CODE, .cause = 21, .tech_cause = 603, KNOWN("SIP 603 Decline") }, OUTCOME_REJECTED, CR_BY_NETWORK, "603" },
	{ { NO_CODE, .cause = 21, .tech_cause = 603, KNOWN("SIP 603 Network Blocked") }, OUTCOME_BLOCKED, CR_BY_NETWORK, "603+" },
	{ { NO_CODE, .cause = 21, .tech_cause = 603, KNOWN("sip 603 NETWORK BLOCKED") }, OUTCOME_BLOCKED, CR_BY_NETWORK, "603+ in other letters" },
	{ { NO_CODE, .cause = 21, .tech_cause = 603, KNOWN("SIP 603 Network Blocked by you") }, OUTCOME_REJECTED, CR_BY_NETWORK, "603 with more words" },
	{ { NO_CODE, .cause = 127, .tech_cause = 607, KNOWN("SIP 607 Unwanted") }, OUTCOME_BLOCKED, CR_BY_NETWORK, "607" },
	{ { NO_CODE, .cause = 127, .tech_cause = 608, KNOWN("SIP 608 Rejected") }, OUTCOME_BLOCKED, CR_BY_NETWORK, "608" },
	{ { NO_CODE, .cause = 19, .tech_cause = 480, KNOWN("SIP 480 Temporarily Unavailable") }, OUTCOME_UNREACHABLE, CR_BY_NETWORK, "480 at once" },
	{ { NO_CODE, .rang = true, .cause = 19, .tech_cause = 480, KNOWN("SIP 480 Temporarily Unavailable") }, OUTCOME_NO_ANSWER, CR_BY_NETWORK, "480 after ringing" },
	{ { NO_CODE, .cause = 19, .tech_cause = 483, KNOWN("SIP 483 Too Many Hops") }, OUTCOME_ERROR, CR_BY_NETWORK, "483, whose cause says no answer" },
	{ { NO_CODE, .cause = 34, .tech_cause = 503, KNOWN("SIP 503 Service Unavailable") }, OUTCOME_CONGESTION, CR_BY_NETWORK, "503" },
	{ { NO_CODE, .cause = 18, .tech_cause = 408, KNOWN("SIP 408 Request Timeout") }, OUTCOME_CONGESTION, CR_BY_NETWORK, "408 of the far end, silent" },
	/* our own timers, which Asterisk reports as codes of the far end */
	{ { BY_US, .rang = true, KNOWN("SIP 180 Ringing") }, OUTCOME_NO_ANSWER, CR_BY_US, "it rang until our time was over" },
	{ { BY_US, KNOWN("SIP 183 Session Progress") }, OUTCOME_NO_ANSWER, CR_BY_US, "the same with early media" },
	{ { BY_US, KNOWN("SIP 100 Trying") }, OUTCOME_UNREACHABLE, CR_BY_US, "only 100 came" },
	{ { BY_US, KNOWN("") }, OUTCOME_UNREACHABLE, CR_BY_US, "nothing came" },
	{ { NO_CODE, .cause = 18, .tech_cause = 408, KNOWN("") }, OUTCOME_CONGESTION, CR_BY_NETWORK, "nothing came for 32 s: the trunk is dead" },
	/* redirected */
	{ { NO_CODE, .cause = 23, .tech_cause = 302, KNOWN("SIP 302 Moved") }, OUTCOME_ERROR, CR_BY_NETWORK, "302" },
	{ { NO_CODE, .cause = 0, KNOWN("SIP 180 Ringing"), .dial_end = "CANCEL" }, OUTCOME_ERROR, CR_BY_NETWORK, "302 that only the cancelled dialling tells" },
	{ { .responded = true, .reason = 4, .ended = true, .cause = 23, .tech_cause = 302, KNOWN("SIP 302 Moved") }, OUTCOME_ERROR, CR_BY_NETWORK, "302 that was followed" },
	/* ours */
	{ { NO_CODE, .cancelled = true, .cause = 16, KNOWN("SIP 180 Ringing"), .dial_end = "NOANSWER" }, OUTCOME_CANCELLED, CR_BY_US, "we cancel" },
	/* from the database of the PBX */
	{ { .from_db = true, .cause = 17, KNOWN("SIP 486 Busy Here") }, OUTCOME_BUSY, CR_BY_NETWORK, "busy while nobody looked" },
	{ { .from_db = true, .cause = 19, KNOWN("SIP 180 Ringing") }, OUTCOME_NO_ANSWER, CR_BY_US, "rang out while nobody looked" },
	{ { .from_db = true, .cause = 19, KNOWN("") }, OUTCOME_UNREACHABLE, CR_BY_US, "silent while nobody looked" },
	{ { .from_db = true, .cause = 16, KNOWN("SIP 200 OK"), .step = "answered", .bot = "ANSWER" }, OUTCOME_COMPLETED, CR_BY_NETWORK, "talked while nobody looked" },
	{ { .from_db = true, .cause = 41, KNOWN("SIP 200 OK"), .step = "abandoned" }, OUTCOME_ABANDONED, CR_BY_NETWORK, "abandoned while nobody looked" },
	/* an old PBX, without the hangup handler */
	{ { BY_US, .rang = true }, OUTCOME_NO_ANSWER, CR_BY_US, "rang out, by the reason" },
	{ { .responded = true, .reason = 3, .ended = true }, OUTCOME_UNREACHABLE, CR_BY_US, "silent, by the reason, with Cause 0" },
	{ { NO_CODE, .cause = 17 }, OUTCOME_BUSY, CR_BY_NETWORK, "busy, by the cause" },
	{ { NO_CODE, .cause = 19, .tech_cause = 480 }, OUTCOME_UNREACHABLE, CR_BY_NETWORK, "480, by TechCause" },
	{ { .responded = true, .reason = 5, .ended = true }, OUTCOME_BUSY, CR_BY_NETWORK, "busy, by the reason" },
	{ { NO_CODE, .dial_end = "CONGESTION" }, OUTCOME_CONGESTION, CR_BY_NETWORK, "congestion, by the dialling" },
	{ { .responded = true, .reason = 0 }, OUTCOME_ERROR, CR_BY_NETWORK, "no channel ever appeared" },
};
/* clang-format on */

static void
check_verdicts(void)
{
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		struct cr_facts facts = ami_verdict(&ends[i].end);

		is_str(outcome_words[cr_outcome_of(&facts)],
		       outcome_words[ends[i].outcome], ends[i].what);
		is_str(cr_by_word(facts.by), cr_by_word(ends[i].by),
		       "who ended it");
	}
}

int
main(void)
{
	struct ami_end e = { .tech = "SIP 603 Network Blocked" };

	check_actions();
	check_messages();
	check_verdicts();
	is_str(ami_phrase(&e), "Network Blocked", "the phrase is the carrier’s");
	memcpy(e.tech, "SIP 603", 8);
	is_str(ami_phrase(&e), "", "there may be none");
	e = (struct ami_end){ .responded = true,
			      .reason = 4,
			      .tech_cause = 302 };
	ok(ami_was_redirected(&e), "a redirect that was followed is seen");
	e.reason = 0;
	ok(!ami_was_redirected(&e), "one that was not is none");
	return tap_done();
}
