#include "ledger/run_snapshot.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/numeric.h"
#include "base/zone.h"
#include "base/zone_cache.h"
#include "campaign/alarm.h"
#include "campaign/campaign.h"
#include "campaign/follow.h"
#include "campaign/schedule.h"
#include "ledger/ledger.h"
#include "ledger/number_pool.h"
#include "store/db.h"

#define REFUSED_MINUTES (24 * 60)
/* A run with one contact tries again after 10 minutes at most, and may let it
 * ring before the refusal. */
#define REFUSAL_GAP_MIN (2 * FOLLOW_BACKOFF_MOST_US / US_PER_MINUTE)

/* clang-format off */
/* The columns of RUN_LOOK after those of the schedule. */
static const struct field run_fields[] = {
	{ FIELD(run_look, workspace_id) },
	{ FIELD(run_look, campaign_id) },
	{ FIELD(run_look, rest), .words = run_rest_words },
	{ FIELD(run_look, mine) },
	{ FIELD(run_look, started_at) },
	{ FIELD(run_look, now) },
	{ FIELD(run_look, status), .words = campaign_status_words },
	{ FIELD(run_look, epoch) },
	{ FIELD(run_look, current) },
	{ FIELD(run_look, mode), .words = campaign_mode_words },
	{ FIELD(run_look, always_on) },
	{ FIELD(run_look, seats) },
	{ FIELD(run_look, pacing), .words = campaign_pacing_words },
	{ FIELD(run_look, max_attempts) },
	{ FIELD(run_look, ring_ms) },
	{ FIELD(run_look, own_list) },
	{ FIELD(run_look, bot) },
	{ FIELD(run_look, on_hold) },
	{ FIELD(run_look, holidays) },
	{ FIELD(run_look, day_from) },
	{ FIELD(run_look, wait) },
	{ FIELD(run_look, wait_until) },
	{ FIELD(run_look, home) },
};
static const struct field sum_fields[] = {
	{ FIELD(run_look, active) },
	{ FIELD(run_look, held) },
	{ FIELD(run_look, retry) },
	{ FIELD(run_look, callback) },
};
static const struct field cursor_fields[] = {
	{ FIELD(look_cursor, seg) },
	{ FIELD(look_cursor, list) },
	{ FIELD(look_cursor, part) },
	{ FIELD(look_cursor, upto) },
	{ FIELD(look_cursor, next) },
	{ FIELD(look_cursor, zone) },
	{ FIELD(look_cursor, prio) },
	{ FIELD(look_cursor, due[0]) },
	{ FIELD(look_cursor, due[1]) },
	{ FIELD(look_cursor, due[2]) },
};
static const struct field refusal_fields[] = {
	{ FIELD(refusals, taken) },
	{ FIELD(refusals, last) },
	{ FIELD(refusals, tried) },
};
/* clang-format on */
static const struct record run_record = RECORD(run_fields);
static const struct record sum_record = RECORD(sum_fields);
static const struct record cursor_record = RECORD(cursor_fields);
static const struct record refusal_record = RECORD(refusal_fields);

static const struct rows_kind sums = { STMT_RUN_SUMS, &sum_record, 0 };
static const struct rows_kind cursors = { STMT_RUN_CURSORS, &cursor_record,
					  sizeof(struct look_cursor) };
static const struct rows_kind refused = { STMT_RUN_REFUSALS, &refusal_record,
					  0 };

static int
read_run(struct db *db, const struct ledger_node *me, int64_t run_id,
	 struct arena *a, struct run_look *l, struct fault *f)
{
	struct campaign_settings set = { 0 };
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_RUN_LOOK,
		     ARGS(ARG_INT(me->boot), ARG_INT(run_id)), f))
		return -1;
	got = rows_fetch(&r, &schedule_record, &set, a, f);
	if (got > 0)
		got = rows_into(&r, SCHEDULE_COLUMNS, &run_record, l, a, f);
	rows_close(&r);
	if (got == 0)
		return fault_set(f, FAULT_ABSENT, "This run has ended.");
	if (got < 0)
		return -1;
	l->zone = set.zone;
	l->window = campaign_window(&set, holidays_read(l->holidays, a));
	return 0;
}

static int
read_sums(struct db *db, int64_t run_id, struct run_look *l, struct fault *f)
{
	return rows_one(db, &sums, ARGS(ARG_INT(run_id)), l, f) < 0 ? -1 : 0;
}

static int
read_cursors(struct db *db, int64_t run_id, struct arena *a, struct run_look *l,
	     struct fault *f)
{
	l->cursors = rows_all(db, &cursors, ARGS(ARG_INT(run_id)),
			      &l->cursor_count, a, f);
	if (!l->cursors)
		return -1;
	for (size_t i = 0; i < l->cursor_count; i++) {
		struct look_cursor *c = &l->cursors[i];

		for (size_t k = 0; k < ARRAY_LEN(c->due); k++)
			c->due[k] = c->due[k] ? c->due[k] : INT64_MAX;
	}
	return 0;
}

int
ledger_look(struct db *db, const struct ledger_node *me, int64_t run_id,
	    struct arena *a, struct run_look *out, struct fault *f)
{
	struct run_look l = { .run_id = run_id };

	/* A contact may move between these reads, so everything is checked
	 * again with the run locked. */
	if (read_run(db, me, run_id, a, &l, f) ||
	    read_sums(db, run_id, &l, f) || read_cursors(db, run_id, a, &l, f))
		return -1;
	*out = l;
	return 0;
}

int64_t
look_over(const struct run_look *l, struct zones *z)
{
	return window_over(&l->window, zones_get(z, l->zone));
}

int64_t
look_closing(const struct run_look *l, struct zones *z)
{
	bool single = l->mode == MODE_SINGLE_DAY && !l->always_on;

	return window_run_end(&l->window, zones_get(z, l->zone),
			      single ? l->day_from : 0);
}

/* When the first contact of a class is due and its window is open. */
static int64_t
callable_at(const struct look_cursor *c, size_t class)
{
	int64_t due = c->due[class];

	return c->at.open || due > c->at.next ? due : c->at.next;
}

static void
look_due(struct run_look *l)
{
	for (size_t k = 0; k < ARRAY_LEN(l->due); k++) {
		l->due[k] = INT64_MAX;
		for (size_t i = 0; i < l->cursor_count; i++)
			l->due[k] = int64_min(l->due[k],
					      callable_at(&l->cursors[i], k));
	}
}

static void
look_day(struct run_look *l, struct zone *home)
{
	struct civil c;

	zone_civil(home, l->now, &c);
	l->day = days_from_civil(c.year, c.month, c.day);
	l->day_ends = zone_instant(home, c.year, c.month, c.day, 24 * 60);
}

void
look_windows(struct run_look *l, struct zones *z)
{
	int64_t closing = look_closing(l, z);
	struct window theirs = window_of_place(&l->window);

	look_day(l, zones_shown(z, l->home));
	l->zone_known = zones_get(z, l->zone) != NULL;
	l->at = window_at(&l->window, zones_get(z, l->zone), l->now);
	/* Consecutive whole days are one opening, but a single_day run ends
	 * with its day. */
	if (l->at.open && l->at.closes > closing)
		l->at.closes = closing;
	for (size_t i = 0; i < l->cursor_count; i++) {
		struct look_cursor *c = &l->cursors[i];

		c->at = *c->zone ? window_at(&theirs, zones_get(z, c->zone),
					     l->now)
				 : l->at;
	}
	look_due(l);
}

int64_t
look_ahead(const struct run_look *l)
{
	int64_t n = 0;

	for (size_t i = 0; i < l->cursor_count; i++)
		if (l->cursors[i].next <= l->cursors[i].upto)
			n += l->cursors[i].upto - l->cursors[i].next + 1;
	return n;
}

bool
look_is_done(const struct run_look *l)
{
	return l->active + l->held + l->retry + l->callback == 0 &&
	       look_ahead(l) == 0;
}

enum look_verdict
look_judge(const struct run_look *l, struct zones *z)
{
	if (look_is_done(l) && !l->always_on)
		return LOOK_DONE;
	if (!l->current ||
	    (l->status != CAMPAIGN_RUNNING && l->status != CAMPAIGN_PAUSED))
		return LOOK_HALTED;
	if (l->now >= look_closing(l, z))
		return LOOK_OVER;
	return l->status == CAMPAIGN_RUNNING ? LOOK_RUNS : LOOK_HALTED;
}

int64_t
look_next(const struct run_look *l, struct zones *z)
{
	int64_t next = look_closing(l, z);

	if (!l->at.open)
		return int64_min(next, l->at.next);
	next = int64_min(next, l->at.closes);
	for (size_t i = 0; i < l->cursor_count; i++) {
		const struct look_cursor *c = &l->cursors[i];

		if (c->next <= c->upto && !c->at.open)
			next = int64_min(next, c->at.next);
		for (size_t k = 0; k < ARRAY_LEN(c->due); k++)
			if (callable_at(c, k) > l->now)
				next = int64_min(next, callable_at(c, k));
	}
	return next;
}

/* When the next contact may be called, and why not now. */
static enum run_wait
first_due(const struct run_look *l, int64_t *next)
{
	static const enum run_wait of_class[] = { WAIT_CALLBACK, WAIT_TRY,
						  WAIT_RETRY };
	enum run_wait wait = WAIT_CONTACTS;

	*next = INT64_MAX;
	for (size_t i = 0; i < ARRAY_LEN(l->due); i++)
		if (l->due[i] < *next) {
			*next = l->due[i];
			wait = of_class[i];
		}
	for (size_t i = 0; i < l->cursor_count; i++) {
		const struct look_cursor *c = &l->cursors[i];
		int64_t opens = c->at.open ? l->now : c->at.next;

		if (c->next <= c->upto && opens < *next) {
			*next = opens;
			wait = WAIT_TRY;
		}
	}
	return wait;
}

enum run_wait
look_wait(const struct run_look *l, struct zones *z, int64_t *until)
{
	int64_t closing = look_closing(l, z), next;
	enum run_wait wait = first_due(l, &next);

	*until = 0;
	if (l->active > 0 || next <= l->now)
		return WAIT_NOT;
	if (next == INT64_MAX)
		return WAIT_CONTACTS;
	next = window_on_or_after(&l->window, zones_get(z, l->zone), next);
	if (next >= closing)
		wait = WAIT_END;
	*until = next < closing ? next : closing;
	return wait;
}

int
ledger_wait(struct db *db, const struct ledger_node *me, int64_t run_id,
	    enum run_wait wait, int64_t until, struct fault *f)
{
	/* first, so that a node that dies in between does it again */
	if (wait == WAIT_CARRIER &&
	    alarm_raise(db, ALARM_CARRIER, run_id, 0, "", f))
		return -1;
	return db_exec(db, NULL, STMT_RUN_WAIT,
		       ARGS(ARG_INT(wait), until ? ARG_TIME(until) : ARG_NULL,
			    ARG_INT(run_id), ARG_INT(me->boot)),
		       f);
}

static size_t
carrier_index(struct number_pool *p, int64_t id, struct arena *a)
{
	size_t i = 0;

	while (i < p->carrier_count && p->carriers[i].id != id)
		i++;
	if (i == p->carrier_count) {
		p->carriers =
			arena_grow(a, p->carriers, i, sizeof(*p->carriers));
		p->carriers[p->carrier_count++].id = id;
	}
	return i;
}

static int
read_numbers(struct db *db, const struct run_look *l, struct arena *a,
	     struct number_pool *p, bool *fresh, struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_POOL_NUMBERS,
		     ARGS(ARG_INT(p->day), ARG_INT(l->campaign_id)), f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		struct pool_number *n;

		p->numbers = arena_grow(a, p->numbers, p->count, sizeof(*n));
		n = &p->numbers[p->count++];
		n->id = rows_int(&r, 0);
		n->phone = rows_str(&r, 1, a);
		n->carrier = carrier_index(p, rows_int(&r, 2), a);
		n->cap = rows_int(&r, 3);
		n->used = rows_int(&r, 4);
		n->last_used = rows_int(&r, 5);
		*fresh |= rows_null(&r, 5);
	}
	return got;
}

int
ledger_pool(struct db *db, const struct run_look *l, struct arena *a,
	    struct number_pool *out, struct fault *f)
{
	struct number_pool p = { .day = l->day, .day_ends = l->day_ends };
	bool fresh = false;

	if (read_numbers(db, l, a, &p, &fresh, f) ||
	    (fresh &&
	     db_exec(db, NULL, STMT_POOL_ENTER,
		     ARGS(ARG_INT(p.day), ARG_INT(l->campaign_id)), f)))
		return -1;
	number_pool_order(&p, a);
	*out = p;
	return 0;
}

int
ledger_refusals(struct db *db, int64_t run_id, struct refusals *out,
		struct fault *f)
{
	int got = rows_one(db, &refused,
			   ARGS(ARG_INT(REFUSAL_GAP_MIN), ARG_INT(run_id),
				ARG_INT(run_id)),
			   out, f);

	return got < 0 ? -1 : 0;
}

bool
refusals_last(const struct refusals *r, int64_t at)
{
	return r->last && at / US_PER_MINUTE - r->last <= REFUSAL_GAP_MIN;
}

bool
refusals_are_final(const struct refusals *r, int64_t now)
{
	return r->tried >= REFUSED_MINUTES && refusals_last(r, now);
}

int
ledger_note_refusal(struct db *db, const struct ledger_node *me, int64_t run_id,
		    int64_t now, struct fault *f)
{
	struct arg none = ARG_INT(0);

	return db_exec(db, NULL, STMT_MINUTE_ADD,
		       ARGS(ARG_INT(run_id), ARG_INT(now / US_PER_MINUTE),
			    ARG_INT(me->slot), none, none, none, none, none,
			    ARG_INT(1), none, none),
		       f);
}
