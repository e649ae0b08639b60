/*
 * plan_calls_priv.h - shared by plan_pick.c (decides whom to call) and
 * plan_calls.c (writes that).
 */
#ifndef LEDGER_PLAN_CALLS_PRIV_H
#define LEDGER_PLAN_CALLS_PRIV_H

#include "ledger/ledger.h"
#include "ledger/number_pool.h"
#include "ledger/plan_calls.h"
#include "ledger/run_snapshot.h"

/* What becomes of a contact. */
enum fate {
	FATE_CALL,
	FATE_EXCLUDED,
	FATE_SPENT, /* no call allowed any more */
	FATE_BUSY   /* its number is in another call: it waits */
};

struct candidate {
	enum fate fate;
	bool fresh; /* no row yet in run_contact */
	enum due_class class;
	int64_t seg, ordinal, due_at; /* due_at: only if not fresh */
	int64_t seq, tries, spoke, last_number;
	const char *phone, *vars;
	bool vars_are_long; /* longer than a job's may be; not read */
	const struct look_cursor *cursor;
	struct pool_number *number;
	int64_t later; /* FATE_BUSY: due again */
	struct call_id id;
};

struct plan {
	const struct plan_order *order;
	const struct run_look *look;
	struct arena *arena;
	int64_t now;   /* of the transaction */
	int64_t calls; /* still to be found */
	bool starved, full;
	struct candidate *all;
	size_t count;
	int64_t *next; /* of each cursor: after the last one taken */
	size_t excluded;
};

/* Fills p->all; p->calls tells how many are wanted. */
int plan_pick(struct db *db, struct plan *p, struct fault *f);

#endif
