#include "ledger/verify_count.h"

#include <inttypes.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "campaign/outcome.h"
#include "store/db.h"

void
verify_note(struct verify_report *out, struct arena *a, int no,
	    const char *name, int64_t run_id, const char *text)
{
	if (!out->list)
		out->list =
			ARENA_ARRAY(a, VERIFY_MOST, struct verify_violation);
	out->found++;
	if (out->count < VERIFY_MOST)
		out->list[out->count++] =
			(struct verify_violation){ no, name, run_id, text };
}

static int
read_row(struct db *db, int stmt, const int64_t *numbers, size_t n,
	 int64_t *out, size_t columns, struct fault *f)
{
	struct arg args[4];
	struct rows r;
	int got;

	for (size_t i = 0; i < n; i++)
		args[i] = ARG_INT(numbers[i]);
	memset(out, 0, columns * sizeof(*out));
	if (db_query(db, &r, stmt, args, n, f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		for (size_t i = 0; i < columns; i++)
			out[i] = rows_int(&r, (unsigned)i);
	}
	return got;
}

int
count_begin(struct db *db, struct recount *t, int64_t run_id, struct fault *f)
{
	*t = (struct recount){ .live = 0 };
	return read_row(db, STMT_VERIFY_COUNTED, &run_id, 1, t->counted,
			SUM_COUNT, f) ||
			       read_row(db, STMT_VERIFY_BREAKDOWN,
					(int64_t[]){ run_id, run_id }, 2,
					t->parts, PART_COUNT, f) ||
			       read_row(db, STMT_VERIFY_LIVE, &run_id, 1,
					&t->live, 1, f) ||
			       read_row(db, STMT_VERIFY_DUE, &run_id, 1,
					&t->due, 1, f) ||
			       read_row(db, STMT_VERIFY_MOST_TRIES, &run_id, 1,
					&t->limit, 1, f)
		       ? -1
		       : 0;
}

int
count_piece(struct db *db, struct recount *t, const int64_t piece[4],
	    struct fault *f)
{
	enum { CONTACT_SUMS = SUM_OUTCOMES, ATTEMPT_SUMS = OUTCOME_MAX };
	int64_t contacts[CONTACT_SUMS + 1];
	int64_t attempts[ATTEMPT_SUMS + 2]; /* and PART_BRIEF, PART_TALK */
	int64_t reports[2]; /* that nobody answered, with a disposition */

	if (read_row(db, STMT_VERIFY_CONTACTS, piece, 4, contacts,
		     ARRAY_LEN(contacts), f) ||
	    read_row(db, STMT_VERIFY_ATTEMPTS, piece, 4, attempts,
		     ARRAY_LEN(attempts), f) ||
	    read_row(db, STMT_VERIFY_REPORTS, piece, 4, reports,
		     ARRAY_LEN(reports), f))
		return -1;
	t->unanswered += reports[0];
	t->found_parts[PART_REPORTED] += reports[1];
	t->found_parts[PART_BRIEF] += attempts[ATTEMPT_SUMS];
	t->found_parts[PART_TALK] += attempts[ATTEMPT_SUMS + 1];
	for (size_t i = 0; i < CONTACT_SUMS; i++)
		t->found[i] += contacts[i];
	for (size_t i = 0; i < ATTEMPT_SUMS; i++)
		t->found[SUM_OUTCOMES + i] += attempts[i];
	if (contacts[CONTACT_SUMS] > t->most_tries)
		t->most_tries = contacts[CONTACT_SUMS];
	return 0;
}

static void
note(struct verify_result *c, const struct verify_check *k, const char *what,
     int64_t counted, int64_t found)
{
	verify_note(c->out, c->arena, k->no, k->name, c->run_id,
		    arena_printf(c->arena,
				 "%s: %" PRId64 " counted, %" PRId64 " found",
				 what, counted, found));
}

static void
compare(struct verify_result *c, const struct verify_check *k, const char *what,
	enum sum sum)
{
	const struct recount *t = &c->tally;

	if (t->counted[sum] != t->found[sum])
		note(c, k, what, t->counted[sum], t->found[sum]);
}

static void
compare_active(struct verify_result *c, const struct verify_check *k)
{
	compare(c, k, "active contacts", SUM_STATES + CONTACT_ACTIVE);
	if (c->tally.live != c->tally.counted[SUM_STATES + CONTACT_ACTIVE])
		note(c, k, "live calls",
		     c->tally.counted[SUM_STATES + CONTACT_ACTIVE],
		     c->tally.live);
}

static void
compare_states(struct verify_result *c, const struct verify_check *k)
{
	for (enum contact_state s = 0; s <= CONTACT_EXCLUDED; s++) {
		if (s != CONTACT_ACTIVE)
			compare(c, k, contact_state_words[s],
				SUM_STATES + (enum sum)s);
	}
}

/* Another check finds missing due rows, so a difference here means extra
 * rows. */
static void
compare_due(struct verify_result *c, const struct verify_check *k)
{
	const struct recount *t = &c->tally;
	int64_t waiting = t->found[SUM_STATES + CONTACT_HELD] +
			  t->found[SUM_STATES + CONTACT_RETRY] +
			  t->found[SUM_STATES + CONTACT_CALLBACK];

	if (t->due != waiting)
		note(c, k, "due and waiting", t->due, waiting);
}

static void
compare_outcomes(struct verify_result *c, const struct verify_check *k)
{
	for (int o = 1; o < OUTCOME_MAX; o++)
		compare(c, k, outcome_words[o], SUM_OUTCOMES + (enum sum)o - 1);
}

/* A lost attempt counts as answered if it had been, which no row tells; so
 * "answered" may be anything from 'sure' to 'perhaps'. */
static void
compare_sums(struct verify_result *c, const struct verify_check *k)
{
	const struct recount *t = &c->tally;
	int64_t sure = -t->unanswered, perhaps = -t->unanswered;

	for (enum outcome o = 1; o < OUTCOME_MAX; o++) {
		int64_t found = t->found[SUM_OUTCOMES + (enum sum)o - 1];

		sure += outcome_picked_up(o, false) ? found : 0;
		perhaps += outcome_picked_up(o, true) ? found : 0;
	}
	compare(c, k, "ended", SUM_ENDED);
	compare(c, k, "processed", SUM_PROCESSED);
	compare(c, k, "connected", SUM_CONNECTED);
	if (t->counted[SUM_ANSWERED] < sure ||
	    t->counted[SUM_ANSWERED] > perhaps)
		note(c, k, "answered", t->counted[SUM_ANSWERED], sure);
}

static void
compare_parts(struct verify_result *c, const struct verify_check *k)
{
	static const struct {
		const char *what;
		int sum; /* of the run, that it must be; -1: of its own */
	} parts[PART_COUNT] = {
		[PART_ENDED] = { "ended, by part", SUM_ENDED },
		[PART_CONNECTED] = { "completed, by part",
				     SUM_OUTCOMES + OUTCOME_COMPLETED - 1 },
		[PART_BLOCKED] = { "blocked, by part",
				   SUM_OUTCOMES + OUTCOME_BLOCKED - 1 },
		[PART_CONGESTED] = { "congestion, by part",
				     SUM_OUTCOMES + OUTCOME_CONGESTION - 1 },
		[PART_BRIEF] = { "short calls, by part", -1 },
		[PART_TALK] = { "ms of talk, by part", -1 },
		[PART_REPORTED] = { "dispositions", -1 },
	};
	const struct recount *t = &c->tally;

	for (size_t i = 0; i < PART_COUNT; i++) {
		int64_t found = parts[i].sum < 0 ? t->found_parts[i]
						 : t->found[parts[i].sum];

		if (t->parts[i] != found)
			note(c, k, parts[i].what, t->parts[i], found);
	}
}

static void
compare_limit(struct verify_result *c, const struct verify_check *k)
{
	if (c->tally.most_tries > c->tally.limit)
		note(c, k, "most tries", c->tally.most_tries, c->tally.limit);
}

void
count_compare(struct verify_result *c, const struct verify_check *k)
{
	static void (*const comparisons[BALANCE_MAX])(
		struct verify_result *, const struct verify_check *) = {
		[BALANCE_ACTIVE] = compare_active,
		[BALANCE_STATES] = compare_states,
		[BALANCE_DUE] = compare_due,
		[BALANCE_OUTCOMES] = compare_outcomes,
		[BALANCE_SUMS] = compare_sums,
		[BALANCE_PARTS] = compare_parts,
		[BALANCE_LIMIT] = compare_limit,
	};

	comparisons[k->what](c, k);
}
