#include "campaign/follow.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/field.h"
#include "campaign/campaign.h"
#include "store/db.h"

#define RULES_AT_ONCE 8
/* seq has 12 bits in a call id; a contact that was dialled so often is
 * exhausted. */
#define SEQ_MOST 4000

const char *const answered_by_words[] = { "unknown", "human", "machine",
					  "screening", NULL };

/* A row of CAMPAIGN_RULES. */
struct rules_row {
	int64_t id, max_attempts, delay_min, retry_on;
	const char *delays, *dispositions;
	bool callbacks;
};
static const struct field rules_fields[] = {
	{ FIELD(rules_row, id) },	    { FIELD(rules_row, max_attempts) },
	{ FIELD(rules_row, delay_min) },    { FIELD(rules_row, delays) },
	{ FIELD(rules_row, retry_on) },	    { FIELD(rules_row, callbacks) },
	{ FIELD(rules_row, dispositions) },
};
static const struct record rules_record = RECORD(rules_fields);
static const struct rows_kind rules_kind = { STMT_CAMPAIGN_RULES, &rules_record,
					     sizeof(struct rules_row) };

static void
fill(struct follow_rules *k, const struct rules_row *r, struct arena *a)
{
	struct campaign_settings set = { .retry_delays = { .of = { 0 } } };
	struct fault unused;

	/* The text was valid when stored; if it is not, the usual delay
	 * applies. */
	field_set(record_find(&campaign_settings_record, "retry_delays"), &set,
		  r->delays, a, &unused);
	k->max_attempts = r->max_attempts;
	k->delay_us = r->delay_min * US_PER_MINUTE;
	k->delays = set.retry_delays;
	k->retry_on = (uint32_t)r->retry_on;
	k->callbacks = r->callbacks;
	k->dispositions = r->dispositions;
}

static int
read_some(struct db *db, struct follow_rules *rules, size_t n, struct arena *a,
	  struct fault *f)
{
	struct arg args[RULES_AT_ONCE];
	struct rules_row *rows;
	size_t count;

	for (size_t i = 0; i < RULES_AT_ONCE; i++)
		args[i] = ARG_INT(rules[i < n ? i : n - 1].campaign_id);
	rows = rows_all(db, &rules_kind, args, RULES_AT_ONCE, &count, a, f);
	if (!rows)
		return -1;
	for (size_t r = 0; r < count; r++)
		for (size_t i = 0; i < n; i++)
			if (rules[i].campaign_id == rows[r].id)
				fill(&rules[i], &rows[r], a);
	return 0;
}

int
follow_rules_read(struct db *db, struct follow_rules *rules, size_t n,
		  struct arena *a, struct fault *f)
{
	for (size_t i = 0; i < n; i += RULES_AT_ONCE) {
		size_t some = n - i < RULES_AT_ONCE ? n - i : RULES_AT_ONCE;

		if (read_some(db, rules + i, some, a, f))
			return -1;
	}
	return 0;
}

/* The number of earlier attempts that did not count tells how often the call
 * was refused. */
static int64_t
backoff(const struct call_end *e)
{
	int64_t us = FOLLOW_BACKOFF_US;

	for (int64_t i = e->tries + 1;
	     i < e->seq && us < FOLLOW_BACKOFF_MOST_US; i++)
		us *= 2;
	return us < FOLLOW_BACKOFF_MOST_US ? us : FOLLOW_BACKOFF_MOST_US;
}

static int64_t
delay_after(const struct follow_rules *k, enum outcome o)
{
	return k->delays.of[o] ? k->delays.of[o] * US_PER_MINUTE : k->delay_us;
}

static bool
retries(const struct follow_rules *k, const char *disposition)
{
	size_t len = disposition ? strlen(disposition) : 0;

	for (const char *s = k->dispositions; len && s && *s;) {
		size_t n = strcspn(s, ",");

		if (n == len && !memcmp(s, disposition, n))
			return true;
		s += n + (s[n] == ',');
	}
	return false;
}

/* A report changes what follows a call that counts, to a number that exists,
 * while the contact has attempts left. */
static bool
may_change(const struct follow_rules *k, const struct call_end *e)
{
	return outcome_counts(e->outcome) &&
	       e->outcome != OUTCOME_INVALID_NUMBER &&
	       e->tries < k->max_attempts;
}

/* By the outcome alone. */
static struct follow_next
by_outcome(const struct follow_rules *k, const struct call_end *e)
{
	bool counts = outcome_counts(e->outcome);
	struct outcome_next next = outcome_next(
		e->outcome, k->retry_on, e->tries, k->max_attempts,
		delay_after(k, e->outcome), backoff(e), e->tries > counts);
	struct follow_next out = { .state = next.state };

	/* A callback that the carrier refused stays a callback. */
	if (!counts && e->was_callback)
		out.state = CONTACT_CALLBACK;
	/* The planner decides whether it may be called then, because the
	 * schedule may change meanwhile. */
	if (contact_waits(out.state))
		out.due_at = e->now + next.delay_us;
	return out;
}

struct follow_next
follow(const struct follow_rules *k, const struct call_end *e,
       const struct call_said *s)
{
	struct follow_next next = by_outcome(k, e);

	if (may_change(k, e) && k->callbacks && s->callback_at) {
		next.state = CONTACT_CALLBACK;
		next.due_at = s->callback_at > e->now ? s->callback_at : e->now;
	} else if (may_change(k, e) && next.state != CONTACT_RETRY &&
		   retries(k, s->disposition)) {
		next.state = CONTACT_RETRY;
		next.due_at = e->now + delay_after(k, e->outcome);
	}
	if (next.due_at && e->seq >= SEQ_MOST)
		next = (struct follow_next){ .state = CONTACT_EXHAUSTED };
	return next;
}

bool
said_unanswered(const struct call_said *s, enum outcome o)
{
	return outcome_picked_up(o, false) &&
	       (s->answered_by == ANSWERED_MACHINE ||
		s->answered_by == ANSWERED_SCREENING);
}
