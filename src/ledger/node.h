/*
 * node.h - which nodes are alive, which node plans which run, what dead nodes
 * left behind, and each node's share of a carrier.
 *
 * A boot (one life of a process) without a row in node is dead: whatever it
 * still tries fails, because its rows have moved or its gates are closed.
 */
#ifndef LEDGER_NODE_H
#define LEDGER_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ledger/ledger.h"

struct arena;
struct db;
struct fault;

/* Takes a free slot and a new boot; the lease holds for 5 s. */
int node_join(struct db *db, const char *name, struct ledger_node *me,
	      struct fault *f);

/* *alive is false when this boot was declared dead. */
int node_renew(struct db *db, const struct ledger_node *me, bool *alive,
	       struct fault *f);

/* Gives back runs, shares and the slot at once. */
int node_leave(struct db *db, const struct ledger_node *me, struct fault *f);

struct node_row {
	int64_t slot, boot;
	const char *name;
	bool expired; /* for more than 5 s */
};
int node_list(struct db *db, struct arena *a, struct node_row **out,
	      size_t *count, struct fault *f);

/* Declares a boot dead if its lease ran out more than 5 s ago. */
int node_fence(struct db *db, int64_t boot, bool *fenced, struct fault *f);
/* Declares a former life of this process dead, whatever its lease says. */
int node_fence_self(struct db *db, int64_t boot, const char *name,
		    struct fault *f);

/* A run that has not ended. */
struct open_run {
	int64_t id, workspace_id, campaign_id;
	unsigned rest;	    /* enum run_rest */
	int64_t lease_boot; /* 0: no node plans it */
	int64_t slot;	    /* of that boot, -1: it is dead */
	unsigned status;    /* of the campaign */
	int64_t epoch, ver;
	bool on_hold; /* its workspace is on hold (workspace_hold.h) */
};
int runs_open(struct db *db, struct arena *a, struct open_run **out,
	      size_t *count, struct fault *f);

/* Takes the lease from 'from' (a dead boot, or 0); *taken: this node has it. */
int run_take(struct db *db, const struct ledger_node *me, int64_t run_id,
	     int64_t from, bool *taken, struct fault *f);

/* A call that may have been orphaned. */
struct orphan_call {
	struct call_id id;
	enum live_state state;
	int64_t boot, carrier_id;
	int64_t age_us;	 /* since it was sent, or queued */
	int64_t talk_us; /* since it was answered, as far as is known, or 0 */
	bool adopted;	 /* taken over once: it may have been placed */
	bool dead;	 /* no node has its boot */
};

/*
 * Calls queued for over 5 s, calls of dead boots, and this node's calls sent
 * over 2 s ago, which should all be in its memory.
 */
int calls_orphaned(struct db *db, const struct ledger_node *me, struct arena *a,
		   struct orphan_call **out, size_t *count, struct fault *f);

/*
 * Queued calls of a run that must not be placed any more: the campaign is not
 * running, its rules have changed, or its workspace is on hold.  Gives at most
 * 'most'.
 */
int calls_void(struct db *db, int64_t run_id, int64_t most, struct arena *a,
	       struct call_id **out, size_t *count, struct fault *f);

/*
 * Takes over calls of dead boots, and calls that were given back. adopted[i]
 * tells which are this node's now, also after a fault, because each transaction
 * takes at most ADOPT_AT_ONCE.
 */
#define ADOPT_AT_ONCE 1000
int calls_adopt(struct db *db, const struct ledger_node *me,
		const struct orphan_call *calls, size_t n, bool *adopted,
		struct arena *a, struct fault *f);

/* Gives calls of this node back for other nodes to take over, because this node
 * cannot reach their carrier.  At most ADOPT_AT_ONCE. */
int calls_give(struct db *db, const struct ledger_node *me,
	       const struct call_id *ids, size_t n, struct arena *a,
	       struct fault *f);

/* Sets known[i] for each of these ids that has a row. */
int calls_known(struct db *db, const struct call_id *ids, size_t n, bool *known,
		struct fault *f);

/* Live calls on a carrier. */
struct call_sum {
	int64_t carrier_id;
	int64_t calls, queued;
};
int calls_summary(struct db *db, struct arena *a, struct call_sum **out,
		  size_t *count, struct fault *f);

struct share_row {
	int64_t carrier_id, slot, boot, want, cps, channels;
};
/* Shares of living nodes, by carrier and slot. */
int share_list(struct db *db, struct arena *a, struct share_row **out,
	       size_t *count, struct fault *f);

/*
 * Moves this node's share towards its part (share.h), with the carrier's row
 * locked.  Takes 'want' (0: this node cannot place there), and cps and channels
 * as held now; gives the row as written.  'nodes' want a share, and this one is
 * number 'rank' of them; 'in_use' channels have calls.
 */
struct share_move {
	struct share_row row;
	size_t nodes, rank;
	int64_t in_use;
};
int share_move(struct db *db, struct share_move *m, struct fault *f);

/* Why this node places no calls with the carrier; "": it does. */
int share_tell_trouble(struct db *db, const struct ledger_node *me,
		       int64_t carrier_id, const char *text, struct fault *f);

/* Deletes the shares of dead boots. */
int share_sweep(struct db *db, struct fault *f);

/* Workspaces whose audit log has an entry of the last 2 s. */
int audit_recent(struct db *db, struct arena *a, int64_t **out, size_t *count,
		 struct fault *f);

/* Deletes some of the transaction marks (store/tx.h) older than an hour. */
int mark_sweep(struct db *db, struct fault *f);

#endif
