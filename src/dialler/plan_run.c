/* One step of one run: end it, close it, complete it, or plan its calls. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "campaign/campaign.h"
#include "dialler/dialler.h"
#include "dialler/planner.h"
#include "ledger/plan_calls.h"
#include "ledger/run_close.h"
#include "ledger/send.h"

#define AGAIN_US (200 * US_PER_MS)    /* after a fault */
#define CAPPED_US US_PER_S	      /* when numbers are at their caps */
#define POOL_US US_PER_S	      /* until numbers are read again */
#define CLOSED_US (5 * US_PER_MINUTE) /* the tz database may be updated */
#define UNSERVED_US (10 * US_PER_S) /* before it counts as a refusal */
#define REFUSED_US (10 * US_PER_S)  /* until refusals are read again */
#define WAIT_US (5 * US_PER_S)	    /* shorter waits are not shown */
#define VOID_MOST 200
#define CONFLICTS_MOST 3

static void
look_in(struct plan_run *r, int64_t us)
{
	int64_t at = clock_boot_us() + us;

	if (at < r->next_us)
		r->next_us = at;
}

/* 'at' is the database's time. */
static void
look_at(struct plan_run *r, const struct run_look *l, int64_t at)
{
	if (at < INT64_MAX)
		look_in(r, at > l->now ? at - l->now : 0);
}

static void
failed(struct planner *p, struct plan_run *r, const char *what,
       const struct fault *f)
{
	dialler_tell_db(p->d, what, f);
	look_in(r, AGAIN_US);
}

/* Withdraws calls that were queued under rules that no longer hold. */
static int
take_back(struct planner *p, struct run_look *l, struct fault *f)
{
	size_t n;

	do {
		struct withdrawal w = { .from = LIVE_QUEUED };
		struct call_id *ids;

		if (calls_void(p->db, l->run_id, VOID_MOST, p->arena, &ids, &n,
			       f))
			return -1;
		w.runs = ARENA_ARRAY(p->arena, n + 1, int64_t);
		if (ledger_withdraw(p->db, &p->me, ids, n, &w, p->arena, f))
			return -1;
		l->active -= (int64_t)w.withdrawn;
	} while (n == VOID_MOST);
	return 0;
}

static void
run_closed(struct planner *p, struct plan_run *r, struct run_look *l)
{
	struct fault f;

	if (take_back(p, l, &f)) {
		failed(p, r, "withdraw", &f);
		return;
	}
	if (l->active > 0)
		return; /* the end of its last call comes as a wake-up */
	if (ledger_end(p->db, l, &f)) {
		if (f.code != FAULT_CONFLICT)
			failed(p, r, "end a run", &f);
		else
			look_in(r, AGAIN_US);
		return;
	}
	planner_changed(p, l->workspace_id, true);
	planner_remove_run(p, r);
}

/* Handles the result of closing a run; its next step ends it. */
static void
closed(struct planner *p, struct plan_run *r, const struct run_look *l, int rc,
       const char *how, const struct fault *f)
{
	if (rc == 0) {
		log_info("run=%lld %s", (long long)r->id, how);
		planner_changed(p, l->workspace_id, true);
		r->dirty = true;
	} else if (f->code == FAULT_CONFLICT) {
		look_in(r, AGAIN_US); /* it has changed: look again */
	} else {
		failed(p, r, how, f);
	}
}

static void
complete(struct planner *p, struct plan_run *r, const struct run_look *l)
{
	struct fault f;

	closed(p, r, l, ledger_complete(p->db, &p->me, l, &f), "completed", &f);
}

static void
fail(struct planner *p, struct plan_run *r, const struct run_look *l,
     const char *reason)
{
	struct fault f;

	closed(p, r, l, ledger_fail(p->db, &p->me, l, reason, &f), "failed",
	       &f);
}

/* The single day or the last day is over: closes the run, or fails it when
 * nothing could be placed. */
static void
close_window(struct planner *p, struct plan_run *r, const struct run_look *l)
{
	int64_t started = l->started_at / US_PER_MINUTE;
	struct refusals ref = { 0 };
	struct fault f;

	if (ledger_refusals(p->db, r->id, &ref, &f)) {
		failed(p, r, "refusals", &f);
		return;
	}
	if (l->status == CAMPAIGN_RUNNING && ref.taken < started &&
	    refusals_last(&ref, look_closing(l, p->zones))) {
		fail(p, r, l,
		     "The carriers refused every call until the calling hours "
		     "ended.");
		return;
	}
	closed(p, r, l, ledger_close_window(p->db, &p->me, l, &f),
	       "window closed", &f);
}

/* True when carriers have refused everything for a day; reads that only now and
 * then. */
static bool
is_refused(struct planner *p, struct plan_run *r, const struct run_look *l)
{
	struct refusals ref = { 0 };
	struct fault f;

	if (r->looked_us - r->asked_us < REFUSED_US)
		return false;
	r->asked_us = r->looked_us;
	if (ledger_refusals(p->db, l->run_id, &ref, &f))
		return false;
	return refusals_are_final(&ref, l->now);
}

/* Stores what the list shows of a run that places no calls. */
static void
tell_wait(struct planner *p, const struct run_look *l, enum run_wait wait,
	  int64_t until)
{
	struct fault f;

	if (l->wait == (int64_t)wait && l->wait_until == until)
		return;
	if (ledger_wait(p->db, &p->me, l->run_id, wait, until, &f))
		dialler_tell_db(p->d, "note a wait", &f);
	else
		planner_changed(p, l->workspace_id, false);
}

/* The window is open, but no contact may be called now. */
static void
idle(struct planner *p, const struct run_look *l)
{
	int64_t until;
	enum run_wait wait = look_wait(l, p->zones, &until);

	if (wait != WAIT_NOT && (!until || until - l->now > WAIT_US))
		tell_wait(p, l, wait, until);
}

/* No node can reach any carrier of the pool. */
static void
unserved(struct planner *p, struct plan_run *r, const struct run_look *l)
{
	int64_t minute = l->now / US_PER_MINUTE;
	struct fault f;

	plan_wait_for_room(r);
	look_in(r, US_PER_S);
	if (!r->unserved_us)
		r->unserved_us = r->looked_us;
	/* A node that has just started has no carrier yet. */
	if (r->refused_min == minute ||
	    r->looked_us - r->unserved_us < UNSERVED_US)
		return;
	r->refused_min = minute;
	if (l->wait != WAIT_CARRIER)
		tell_wait(p, l, WAIT_CARRIER, l->now);
	if (ledger_note_refusal(p->db, &p->me, r->id, l->now, &f))
		dialler_tell_db(p->d, "note a refusal", &f);
}

static void
unknown_zone(struct planner *p, struct plan_run *r, const struct run_look *l)
{
	if (!r->told_zone)
		log_warn("run=%lld waits: the tz database of this node does "
			 "not know the time zone %s",
			 (long long)r->id, l->zone);
	r->told_zone = true;
	tell_wait(p, l, WAIT_ZONE, 0);
}

static int
read_pool(struct planner *p, struct plan_run *r, const struct run_look *l,
	  int64_t now, struct fault *f)
{
	if (r->pool_us && now - r->pool_us < POOL_US && r->pool.day == l->day)
		return 0;
	if (!r->pool_arena)
		r->pool_arena = arena_new();
	arena_reset(r->pool_arena);
	r->pool = (struct number_pool){ 0 };
	r->pool_us = 0;
	if (ledger_pool(p->db, l, r->pool_arena, &r->pool, f))
		return -1;
	r->pool_us = now;
	return 0;
}

/* True when a contact could be called now. */
static bool
is_ready(const struct run_look *l)
{
	bool ahead = false;

	for (size_t i = 0; i < l->cursor_count; i++) {
		const struct look_cursor *c = &l->cursors[i];

		ahead |= c->at.open && c->next <= c->upto;
	}
	return ahead || l->due[DUE_CALLBACK] <= l->now ||
	       l->due[DUE_HELD] <= l->now || l->due[DUE_RETRY] <= l->now;
}

/* No number can call: none has a carrier with room, or they are at their caps.
 */
static void
no_room(struct plan_run *r)
{
	plan_wait_for_room(r);
	if (!r->starved)
		look_in(r, CAPPED_US);
}

static void
planned(struct planner *p, struct plan_run *r, const struct run_look *l,
	const struct plan_result *result)
{
	r->conflicts = 0;
	plan_send_jobs(p, result->jobs, result->count);
	plan_paced(r, result->count);
	if (result->count)
		tell_wait(p, l, WAIT_NOT, 0);
	if (result->count || result->excluded)
		planner_changed(p, l->workspace_id, false);
	if (result->starved)
		no_room(r);
	r->dirty |= result->more;
	/* The cursor may have passed the last contact: look once more. */
	r->dirty |= result->excluded > 0;
}

static void
plan(struct planner *p, struct plan_run *r, const struct run_look *l,
     const struct plan_pace *pace)
{
	struct ledger_node me = p->me;
	struct plan_order order = { .me = &me,
				    .look = l,
				    .pool = &r->pool,
				    .target = pace->target,
				    .most = pace->most,
				    .seated = pace->seated };
	struct plan_result result;
	struct fault f;

	me.wants = dialler_wants(p->d, p->arena);
	if (ledger_plan(p->db, &order, p->arena, &result, &f) == 0) {
		dialler_tell_db(p->d, "plan", NULL);
		planned(p, r, l, &result);
		return;
	}
	r->pool_us = 0;
	if (f.code == FAULT_CONFLICT && ++r->conflicts < CONFLICTS_MOST) {
		r->dirty = true;
		return;
	}
	if (f.code == FAULT_CONFLICT)
		log_warn("run=%lld cannot be planned: %s", (long long)r->id,
			 f.cause);
	failed(p, r, "plan", &f);
}

/* Plans as many calls as there are seats and room for. */
static void
dial(struct planner *p, struct plan_run *r, const struct run_look *l,
     int64_t now)
{
	struct plan_pace pace = plan_pace(p, r, l, now);
	bool served;

	if (pace.again_us)
		look_in(r, pace.again_us);
	if (l->active >= pace.target)
		return; /* the end of a call comes as a wake-up */
	if (!plan_room(p, r, &served)) {
		look_in(r, 500 * US_PER_MS);
		return;
	}
	if (!served) {
		unserved(p, r, l);
		return;
	}
	r->unserved_us = 0;
	if (number_pool_room(&r->pool) > 0) {
		plan(p, r, l, &pace);
		return;
	}
	no_room(r);
	if (number_pool_is_spent(&r->pool))
		tell_wait(p, l, WAIT_NUMBERS, l->day_ends);
}

static void
run_open(struct planner *p, struct plan_run *r, const struct run_look *l)
{
	int64_t now = clock_boot_us();
	struct fault f;

	if (l->on_hold) { /* its release comes as a wake-up, or with the beat */
		look_at(r, l, look_closing(l, p->zones));
		return;
	}
	if (!l->bot) {
		fail(p, r, l, "The campaign’s bot no longer exists.");
		return;
	}
	if (read_pool(p, r, l, now, &f)) {
		failed(p, r, "read the pool", &f);
		return;
	}
	if (r->pool.count == 0) {
		fail(p, r, l, "The number pool has no usable number left.");
		return;
	}
	if (is_refused(p, r, l)) {
		fail(p, r, l,
		     "The carriers have refused every call for 24 hours.");
		return;
	}
	look_at(r, l, look_next(l, p->zones));
	if (!l->zone_known)
		unknown_zone(p, r, l);
	if (!l->at.open)
		look_in(r, CLOSED_US);
	else if (!is_ready(l))
		idle(p, l);
	else if (l->at.closes - l->now > 2 * WINDOW_MARGIN_US)
		dial(p, r, l, now);
}

void
plan_run_step(struct planner *p, struct plan_run *r)
{
	struct run_look l;
	struct fault f;

	r->looked_us = clock_boot_us();
	r->next_us = INT64_MAX;
	r->starved = false;
	if (ledger_look(p->db, &p->me, r->id, p->arena, &l, &f)) {
		if (f.code == FAULT_ABSENT)
			planner_remove_run(p, r);
		else
			failed(p, r, "look at a run", &f);
		return;
	}
	r->rest = l.rest;
	r->status = l.status;
	r->on_hold = l.on_hold;
	r->check_queued |= r->epoch != l.epoch || l.on_hold;
	if (r->epoch != l.epoch)
		r->pool_us = 0; /* the pool may have changed */
	r->epoch = l.epoch;
	if (!l.mine) {
		r->mine = false;
		return;
	}
	if (l.rest != REST_OPEN) {
		run_closed(p, r, &l);
		return;
	}
	if (r->check_queued && take_back(p, &l, &f)) {
		failed(p, r, "withdraw", &f);
		return;
	}
	r->check_queued = false;
	look_windows(&l, p->zones);
	switch (look_judge(&l, p->zones)) {
	case LOOK_DONE:
		complete(p, r, &l);
		break;
	case LOOK_OVER:
		close_window(p, r, &l);
		break;
	case LOOK_HALTED:
		if (l.status == CAMPAIGN_PAUSED)
			look_at(r, &l, look_closing(&l, p->zones));
		break;
	case LOOK_RUNS:
		run_open(p, r, &l);
		break;
	}
}
