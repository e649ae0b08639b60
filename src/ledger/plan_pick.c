/* Whom to call next: callbacks; held contacts and the list, first those of the
 * highest priority; then retries. */
#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "contacts/contact_list.h"
#include "ledger/plan_calls_priv.h"

/* Read a few more than wanted: some may be excluded. */
#define SPARE 4

static int64_t
reading(const struct plan *p)
{
	int64_t room = PLAN_MOST - (int64_t)p->count;
	int64_t n = p->calls + SPARE;

	return n < room ? n : room;
}

static bool
is_full(const struct plan *p)
{
	return p->full || p->calls == 0 || p->count == PLAN_MOST;
}

/* Decides about one contact; false: it is left for a later plan. */
static bool
consider(struct plan *p, const struct candidate *found, bool barred)
{
	struct candidate *c = &p->all[p->count];

	if (is_full(p))
		return false;
	*c = *found;
	if (barred) {
		c->fate = FATE_EXCLUDED;
		p->excluded++;
	} else if (c->vars_are_long || c->tries >= p->look->max_attempts) {
		/* Max Attempts was lowered, or no carrier takes such a call. */
		c->fate = FATE_SPENT;
		p->excluded++;
	} else {
		c->number = number_pool_pick(p->order->pool, c->last_number);
		if (!c->number) {
			p->starved = p->full = true;
			return false;
		}
		c->fate = FATE_CALL;
		p->calls--;
	}
	p->count++;
	return true;
}

/* Which cursors are meant: URGENT, those of the highest priority. */
enum which { ANY, URGENT, OTHER };

static bool
is_meant(const struct look_cursor *k, enum which which)
{
	bool urgent = k->prio == PRIO_OF(PRIORITY_MOST);

	return k->at.open && (which == ANY || urgent == (which == URGENT));
}

/* Picks due contacts of one segment. */
static int
pick_of(struct db *db, struct plan *p, enum due_class class,
	const struct look_cursor *k, struct fault *f)
{
	const struct run_look *l = p->look;
	struct arg campaign = ARG_INT(l->campaign_id);
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_PLAN_DUE,
		     ARGS(campaign, campaign, campaign,
			  ARG_INT(l->workspace_id), ARG_INT(l->workspace_id),
			  ARG_INT(k->list), ARG_INT(k->part),
			  ARG_INT(l->run_id), ARG_INT(class), ARG_INT(k->seg),
			  ARG_INT(reading(p))),
		     f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		struct candidate c = {
			.class = class,
			.seg = k->seg,
			.due_at = rows_int(&r, 0),
			.ordinal = rows_int(&r, 1),
			.seq = rows_int(&r, 2),
			.tries = rows_int(&r, 3),
			.spoke = rows_int(&r, 4),
			.last_number = rows_int(&r, 5),
			.phone = rows_str(&r, 6, p->arena),
			.vars = rows_str(&r, 7, p->arena),
			.vars_are_long = rows_int(&r, 8),
			.cursor = k,
		};

		if (!consider(p, &c, rows_int(&r, 9)))
			break;
	}
	rows_close(&r);
	return got < 0 ? -1 : 0;
}

/* True when the first contact of 'k' fell due after that of 'other'. */
static bool
is_behind(const struct look_cursor *k, const struct look_cursor *other,
	  enum due_class class)
{
	return k->due[class] != other->due[class]
		       ? k->due[class] > other->due[class]
		       : k > other;
}

/* The segment that comes next after 'after' (NULL: the first one) and has a
 * contact due; NULL: none. */
static const struct look_cursor *
next_due(const struct plan *p, enum due_class class, enum which which,
	 const struct look_cursor *after)
{
	const struct look_cursor *best = NULL;

	for (size_t i = 0; i < p->look->cursor_count; i++) {
		const struct look_cursor *k = &p->look->cursors[i];

		if (is_meant(k, which) && k->due[class] <= p->now &&
		    (!after || is_behind(k, after, class)) &&
		    (!best || is_behind(best, k, class)))
			best = k;
	}
	return best;
}

/* Contacts whose window is closed keep their due time, even if the schedule
 * changes. */
static int
pick_due(struct db *db, struct plan *p, enum due_class class, enum which which,
	 struct fault *f)
{
	const struct look_cursor *k = NULL;

	while (!is_full(p) && (k = next_due(p, class, which, k)))
		if (pick_of(db, p, class, k, f))
			return -1;
	return 0;
}

static int
pick_ahead(struct db *db, struct plan *p, size_t i, struct fault *f)
{
	const struct run_look *l = p->look;
	const struct look_cursor *k = &l->cursors[i];
	struct arg campaign = ARG_INT(l->campaign_id);
	int64_t upto = k->next + reading(p) - 1;
	struct rows r;
	int got;

	if (upto > k->upto)
		upto = k->upto;
	if (db_query(db, &r, STMT_PLAN_CONTACTS,
		     ARGS(campaign, campaign, campaign,
			  ARG_INT(l->workspace_id), ARG_INT(l->workspace_id),
			  ARG_INT(k->list), ARG_INT(k->part), ARG_INT(k->next),
			  ARG_INT(upto)),
		     f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		struct candidate c = {
			.fresh = true,
			.class = DUE_HELD,
			.seg = k->seg,
			.ordinal = rows_int(&r, 0),
			.phone = rows_str(&r, 1, p->arena),
			.vars = rows_str(&r, 2, p->arena),
			.vars_are_long = rows_int(&r, 3),
			.cursor = k,
		};

		if (c.ordinal != p->next[i]) {
			rows_close(&r);
			return fault_set(
				f, FAULT_BROKEN,
				"A contact is missing from the contact list.");
		}
		if (!consider(p, &c, rows_int(&r, 4)))
			break;
		p->next[i]++;
	}
	rows_close(&r);
	return got < 0 ? -1 : 0;
}

/* True while a cursor whose window is open has contacts left. */
static bool
is_ahead(const struct plan *p)
{
	for (size_t i = 0; i < p->look->cursor_count; i++) {
		const struct look_cursor *k = &p->look->cursors[i];

		if (k->at.open && p->next[i] <= k->upto)
			return true;
	}
	return false;
}

/* Contacts without a counted attempt: first those that were passed over. */
static int
pick_first(struct db *db, struct plan *p, enum which which, struct fault *f)
{
	if (pick_due(db, p, DUE_HELD, which, f))
		return -1;
	for (size_t i = 0; i < p->look->cursor_count && !is_full(p); i++) {
		const struct look_cursor *k = &p->look->cursors[i];

		if (is_meant(k, which) && k->next <= k->upto &&
		    pick_ahead(db, p, i, f))
			return -1;
	}
	return 0;
}

int
plan_pick(struct db *db, struct plan *p, struct fault *f)
{
	if (pick_due(db, p, DUE_CALLBACK, ANY, f) ||
	    pick_first(db, p, URGENT, f) || pick_first(db, p, OTHER, f))
		return -1;
	return is_ahead(p) ? 0 : pick_due(db, p, DUE_RETRY, ANY, f);
}
