/*
 * outcome.h - how an attempt can end: the only list of outcomes.  It makes the
 * enum, the words, the table of what follows (campaign/outcome.c) and the
 * columns of statements.
 *
 * To add an outcome: its line here; a migration with its column o_N; if
 * carriers report it, a code in carrier/outcome.c.
 */
#ifndef APP_OUTCOME_H
#define APP_OUTCOME_H

/*
 * X(number, name, word, counts, picked_up, may_retry, final)
 *   number     is stored; run_count has a column o_N for each
 *   counts     in Max Attempts and Answer Rate
 *   picked_up  by a person or a machine: ALWAYS, NEVER, IF_ANSWERED
 *   may_retry  if the campaign's list says so
 *   final      what the contact becomes when no retry follows
 *
 * Completed: answered, and one side hung up.  Abandoned: answered, and no seat
 * or bot was free.  Timeout: no end was reported in time.  Lost: what became of
 * it is not known.  Congestion, blocked and cancelled are the carrier's fault
 * or ours: they do not count, and the contact waits again.
 */
/* clang-format off */
#define OUTCOMES(X) \
	X(1,  COMPLETED,      "completed",      true,  ALWAYS,      false, CONTACT_COMPLETED) \
	X(2,  NO_ANSWER,      "no_answer",      true,  NEVER,       true,  CONTACT_EXHAUSTED) \
	X(3,  BUSY,           "busy",           true,  NEVER,       true,  CONTACT_EXHAUSTED) \
	X(4,  REJECTED,       "rejected",       true,  NEVER,       true,  CONTACT_EXHAUSTED) \
	X(5,  UNREACHABLE,    "unreachable",    true,  NEVER,       true,  CONTACT_EXHAUSTED) \
	X(6,  INVALID_NUMBER, "invalid_number", true,  NEVER,       false, CONTACT_INVALID) \
	X(7,  VOICEMAIL,      "voicemail",      true,  ALWAYS,      true,  CONTACT_VOICEMAIL) \
	X(8,  ABANDONED,      "abandoned",      true,  ALWAYS,      true,  CONTACT_ABANDONED) \
	X(9,  ERROR,          "error",          true,  NEVER,       true,  CONTACT_EXHAUSTED) \
	X(10, TIMEOUT,        "timeout",        true,  NEVER,       true,  CONTACT_EXHAUSTED) \
	X(11, LOST,           "lost",           true,  IF_ANSWERED, true,  CONTACT_EXHAUSTED) \
	X(12, CONGESTION,     "congestion",     false, NEVER,       false, CONTACT_HELD) \
	X(13, BLOCKED,        "blocked",        false, NEVER,       false, CONTACT_HELD) \
	X(14, CANCELLED,      "cancelled",      false, NEVER,       false, CONTACT_HELD)
/* clang-format on */

enum outcome {
	OUTCOME_NONE,
#define X(number, name, ...) OUTCOME_##name = number,
	OUTCOMES(X)
#undef X
	OUTCOME_MAX
};

/* By number, NULL after the last: "", "completed", "no_answer", ... */
extern const char *const outcome_words[];

/* A completed call that was no longer is a short one; also in statements. */
#define BRIEF_MS 6000
#define BRIEF_MS_TEXT "6000"

/* Who hung up, by enum cr_by (carrier/outcome.h) and attempt.hung_by: "none",
 * "callee", "bot", "us", "network"; NULL after the last. */
extern const char *const hung_by_words[];

#endif
