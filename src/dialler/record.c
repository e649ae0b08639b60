/*
 * Records what the carriers reported: everything that came since the last batch
 * goes into the next one.  Nothing is dropped: while MariaDB is away the
 * updates wait here, and when many wait the loop offers no room for more calls.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "dialler/dialler.h"
#include "dialler/message.h"
#include "ledger/record_calls.h"
#include "store/db.h"

#define IDLE_US 1000000
#define AGAIN_US 200000 /* after a fault */
#define SICK_US 5000000 /* until refused calls are tried again */
#define REFUSED_MOST 3	/* calls in a row: the server is at fault */

struct recorder {
	struct dialler *d;
	struct db *db;
	struct arena *arena;
	struct call_update *news; /* not recorded yet, in the order they came */
	size_t count, room;
	int64_t not_before; /* the next batch */
	struct call_update
		*sick; /* refused by the database: tried again later */
	size_t sick_count, sick_room;
	int64_t sick_at;
	size_t refused; /* calls in a row since those were tried again */
};

static void
append(struct call_update **array, size_t *count, size_t *room,
       const struct call_update *n)
{
	if (*count == *room) {
		*room = *room ? 2 * *room : 256;
		*array = xrealloc(*array, *room * sizeof(**array));
	}
	(*array)[(*count)++] = *n;
}

static void
keep(struct recorder *r, struct msg *m)
{
	while (m) {
		struct msg *next = m->next;

		append(&r->news, &r->count, &r->room,
		       &((struct msg_call_update *)m)->news);
		free(m);
		m = next;
	}
}

static void
merge(struct call_update *into, const struct call_update *n)
{
	bool rang = into->rang || n->rang;
	bool answered = into->answered || n->answered;

	if (n->ended)
		*into = *n;
	into->rang = rang;
	into->answered = answered;
}

struct keyed {
	struct call_id id;
	size_t at;
};

static int
by_id(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int order = call_id_compare(x->id.b, y->id.b);

	return order ? order : x->at < y->at ? -1 : x->at > y->at;
}

/*
 * Merges the first RECORD_MOST updates into one for each call; 'taken' is how
 * many of r->news they come from.
 */
static size_t
gather(struct recorder *r, struct call_update *out, size_t *taken)
{
	size_t n = r->count < RECORD_MOST ? r->count : RECORD_MOST;
	struct keyed *keys = ARENA_ARRAY(r->arena, n + 1, struct keyed);
	size_t calls = 0;

	for (size_t i = 0; i < n; i++)
		keys[i] = (struct keyed){ r->news[i].id, i };
	qsort(keys, n, sizeof(*keys), by_id);
	for (size_t i = 0; i < n; i++) {
		const struct call_update *news = &r->news[keys[i].at];

		if (calls &&
		    call_id_compare(out[calls - 1].id.b, keys[i].id.b) == 0)
			merge(&out[calls - 1], news);
		else
			out[calls++] = *news;
	}
	*taken = n;
	return calls;
}

static void
drop_first(struct recorder *r, size_t n)
{
	r->count -= n;
	memmove(r->news, r->news + n, r->count * sizeof(*r->news));
}

/* Has the loop forget calls that have ended or are no longer this node's. */
static void
tell_loop(struct recorder *r, const struct call_update *news, size_t n,
	  const struct record_result *result)
{
	struct call_id *ids = ARENA_ARRAY(r->arena, n + 1, struct call_id);
	size_t done = 0;

	for (size_t i = 0; i < n; i++)
		if (news[i].ended || result->gone[i])
			ids[done++] = news[i].id;
	if (done)
		queue_put(&r->d->to_loop, &msg_ids_new(MSG_DONE, ids, done)->m);
}

/* Wakes the planner: a seat is free, or the run is complete. */
static void
tell_planner(struct recorder *r, const struct record_result *result)
{
	struct msg_runs *m;

	if (!result->run_count)
		return;
	m = MSG_NEW(MSG_WAKE, struct msg_runs);
	m->run_count = result->run_count;
	m->runs = xcalloc(m->run_count, sizeof(*m->runs));
	memcpy(m->runs, result->runs, m->run_count * sizeof(*m->runs));
	m->carrier_count = result->carrier_count;
	m->carriers = xcalloc(m->carrier_count + 1, sizeof(*m->carriers));
	memcpy(m->carriers, result->carriers,
	       m->carrier_count * sizeof(*m->carriers));
	queue_put(&r->d->to_plan, &m->m);
}

static int
record(struct recorder *r, const struct call_update *news, size_t n,
       struct fault *f)
{
	struct ledger_node me = dialler_me(r->d);
	struct record_result result;

	me.wants = dialler_wants(r->d, r->arena);
	if (ledger_record(r->db, &me, news, n, r->arena, &result, f))
		return -1;
	atomic_fetch_add(&r->d->recorded, (int64_t)result.ended);
	if (result.ended)
		r->refused = 0;
	tell_loop(r, news, n, &result);
	tell_planner(r, &result);
	return 0;
}

/*
 * Records a batch call by call after the database has refused it for its
 * content.  Calls that cannot be recorded are kept for later and do not delay
 * others.  When the database refuses several in a row, the fault is its own (a
 * full disk): until it has recorded a call, or the kept ones are tried again, a
 * refused batch is kept as it is.  The first call varies, so that a few bad
 * ones do not come first each time.
 */
static void
record_singly(struct recorder *r, const struct call_update *news, size_t n,
	      size_t taken)
{
	size_t first = (size_t)clock_boot_us() % n;
	bool away = r->refused >= REFUSED_MOST;
	struct fault f;

	if (!r->sick_count)
		r->sick_at = clock_boot_us() + SICK_US;
	for (size_t i = 0; i < n; i++) {
		const struct call_update *one = &news[(first + i) % n];

		if (!away && record(r, one, 1, &f) == 0)
			continue;
		if (!away && f.code != FAULT_BUSY && f.code != FAULT_UNKNOWN)
			log_error("A call cannot be recorded: %s (%s)", f.text,
				  f.cause);
		/* The fault is the server's, so the rest is kept, too. */
		away = away || f.code == FAULT_BUSY ||
		       f.code == FAULT_UNKNOWN || ++r->refused == REFUSED_MOST;
		append(&r->sick, &r->sick_count, &r->sick_room, one);
	}
	drop_first(r, taken);
}

/* Puts the refused calls into the next batch when it is time. */
static void
try_sick(struct recorder *r)
{
	if (!r->sick_count || clock_boot_us() < r->sick_at)
		return;
	for (size_t i = 0; i < r->sick_count; i++)
		append(&r->news, &r->count, &r->room, &r->sick[i]);
	r->sick_count = r->refused = 0;
}

static void
record_some(struct recorder *r)
{
	struct call_update *news =
		ARENA_ARRAY(r->arena, RECORD_MOST, struct call_update);
	size_t taken, n = gather(r, news, &taken);
	int64_t begun = clock_boot_us();
	struct fault f;

	if (record(r, news, n, &f) == 0) {
		dialler_tell_db(r->d, "record", NULL);
		drop_first(r, taken);
		r->not_before = r->count < RECORD_MOST ? begun + BATCH_US : 0;
	} else if (f.code == FAULT_BUSY || f.code == FAULT_UNKNOWN) {
		/* Calls that were recorded all the same are not found again. */
		dialler_tell_db(r->d, "record", &f);
		r->not_before = clock_boot_us() + AGAIN_US;
	} else {
		if (r->refused < REFUSED_MOST)
			dialler_tell_db(r->d, "record", &f);
		record_singly(r, news, n, taken);
	}
	arena_reset(r->arena);
}

void *
record_thread(void *dialler)
{
	struct dialler *d = dialler;
	struct recorder r = { .d = d, .db = dialler_db(d) };

	r.arena = arena_new();
	while (r.count || !queue_has_ended(&d->to_record)) {
		keep(&r, queue_take(&d->to_record, r.count ? 0 : IDLE_US));
		try_sick(&r);
		atomic_store(&d->unrecorded, (int64_t)r.count);
		clock_sleep_us(r.count ? r.not_before - clock_boot_us() : 0);
		keep(&r, queue_take(&d->to_record, 0));
		if (r.count)
			record_some(&r);
		atomic_store(&d->unrecorded, (int64_t)r.count);
	}
	free(r.sick);
	free(r.news);
	arena_free(r.arena);
	db_free(r.db);
	return NULL;
}
