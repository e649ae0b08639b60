/*
 * send.h - moves calls from queued to sent, and back when nothing was sent.
 *
 * ledger_send() is one autocommit statement that checks every gate: no process
 * can freeze in the middle of it, and it holds no lock on a campaign.  The
 * caller reads the clock first: a call may leave until GATE_US after that
 * instant; later than that the gates are checked again.
 */
#ifndef LEDGER_SEND_H
#define LEDGER_SEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ledger/ledger.h"

struct arena;
struct db;
struct fault;

/* Calls that one statement sends, at most. */
#define SEND_MOST 200

/*
 * Sets won[i] for each of the n calls that are this node's to place now.  After
 * a fault, FAULT_UNKNOWN or another, none of them may be placed: calls that
 * became sent all the same are withdrawn later (node.h).
 */
int ledger_send(struct db *db, const struct ledger_node *me,
		const struct call_id *ids, size_t n, bool *won,
		struct fault *f);

/* Checks the same gates for calls already sent by this node: a plain read. */
int ledger_ask_again(struct db *db, const struct ledger_node *me,
		     const struct call_id *ids, size_t n, bool *open,
		     struct fault *f);

/*
 * Takes back calls of which no byte has left: their contacts wait again, due
 * after 'delay_us'.  'from' is LIVE_QUEUED (by the planner) or LIVE_SENT (by
 * the node that sent them).  Calls that another node has moved meanwhile are
 * left alone.  'runs' (room for n) and 'run_count' give the runs concerned.
 */
struct withdrawal {
	enum live_state from;
	int64_t delay_us;
	int64_t *runs;
	size_t run_count;
	size_t withdrawn;
};
int ledger_withdraw(struct db *db, const struct ledger_node *me,
		    const struct call_id *ids, size_t n, struct withdrawal *w,
		    struct arena *a, struct fault *f);

#endif
