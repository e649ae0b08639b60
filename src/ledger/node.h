/*
 * node.h - who is alive, who plans which run, what the dead left
 * behind, and each node's share of a carrier.
 *
 * A boot (one life of a process) without a row in node is dead: whatever it
 * still tries finds its rows moved or its gates closed.
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

/* Gives runs, shares and the slot back at once. */
int node_leave(struct db *db, const struct ledger_node *me, struct fault *f);

struct node_row {
	int64_t slot, boot;
	const char *name;
	bool expired; /* for more than 5 s */
};
int node_list(struct db *db, struct arena *a, struct node_row **out,
	      size_t *count, struct fault *f);

/* Declares a boot dead whose lease ran out 5 s ago. */
int node_fence(struct db *db, int64_t boot, bool *fenced, struct fault *f);
/* One that is known to be dead: a former life of this very process. */
int node_fence_self(struct db *db, int64_t boot, const char *name,
		    struct fault *f);

/* A run that has not ended. */
struct open_run {
	int64_t id, workspace_id, campaign_id;
	unsigned rest;	    /* enum run_rest */
	int64_t lease_boot; /* 0: nobody plans it */
	int64_t slot;	    /* of that boot, -1: it is dead */
	unsigned status;    /* of the campaign */
	int64_t epoch, ver;
	bool on_hold; /* its workspace is (workspace_hold.h) */
};
int runs_open(struct db *db, struct arena *a, struct open_run **out,
	      size_t *count, struct fault *f);

/* Takes the lease from 'from' (a dead boot, or 0); *taken: it is mine. */
int run_take(struct db *db, const struct ledger_node *me, int64_t run_id,
	     int64_t from, bool *taken, struct fault *f);

/* A call that somebody must look after. */
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
 * over 2 s ago: all that should be in its memory.
 */
int calls_stray(struct db *db, const struct ledger_node *me, struct arena *a,
		struct orphan_call **out, size_t *count, struct fault *f);

/* Queued calls of a run whose campaign is not running, or under other rules
 * now, or whose workspace is held; at most 'most'. */
int calls_void(struct db *db, int64_t run_id, int64_t most, struct arena *a,
	       struct call_id **out, size_t *count, struct fault *f);

/*
 * Takes calls of dead boots over, or that were given back; adopted[i] says
 * which are mine now, also after a fault: it takes some in each transaction.
 */
#define ADOPT_AT_ONCE 1000
int calls_adopt(struct db *db, const struct ledger_node *me,
		const struct orphan_call *calls, size_t n, bool *adopted,
		struct arena *a, struct fault *f);

/* Gives calls of this node back, for others to take over: its carrier cannot
 * be reached from here.  At most ADOPT_AT_ONCE. */
int calls_give(struct db *db, const struct ledger_node *me,
	       const struct call_id *ids, size_t n, struct arena *a,
	       struct fault *f);

/* Which of these ids have a row at all. */
int calls_known(struct db *db, const struct call_id *ids, size_t n, bool *known,
		struct arena *a, struct fault *f);

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
 * Brings this node's share towards its part (share.h), under the carrier's
 * row.  In: want (0: it cannot place there), cps and channels as held now.
 * Out: as written.  'rank' of 'nodes' that want some; 'in_use' channels.
 */
struct share_move {
	struct share_row row;
	size_t nodes, rank;
	int64_t in_use;
};
int share_move(struct db *db, struct share_move *m, struct fault *f);

/* Rows of dead boots. */
int share_sweep(struct db *db, struct fault *f);

/* Workspaces with something new in their audit log in the last 2 s. */
int audit_recent(struct db *db, struct arena *a, int64_t **out, size_t *count,
		 struct fault *f);

/* Marks of transactions (store/tx.h) older than an hour; some at a time. */
int mark_sweep(struct db *db, struct fault *f);

#endif
