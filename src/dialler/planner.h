/*
 * planner.h - the plan thread: what it knows of runs and carriers, which calls
 * come next (plan_loop.c, plan_run.c, plan_capacity.c), and once a second what
 * keeps the node and its runs alive (heartbeat.c, reconcile_calls.c,
 * carrier_shares.c).
 *
 * A freed seat, a trigger, a lifecycle change or a due time makes a run dirty;
 * a dirty run is looked at immediately, but not twice within 10 ms.  The beat
 * only makes up for lost wake-ups.
 */
#ifndef DIALLER_PLANNER_H
#define DIALLER_PLANNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dialler/message.h"
#include "dialler/process_lock.h"
#include "dialler/trunk_share.h"
#include "ledger/ledger.h"
#include "ledger/node.h"
#include "ledger/number_pool.h"
#include "ledger/run_snapshot.h"

struct dialler;
struct plan_job;

#define STALE_BEATS 5

struct plan_carrier {
	int64_t id;
	bool enabled;
	int64_t cps, channels;	  /* its limits */
	struct trunk_share *cell; /* this node's share */
	char trouble[160];	  /* as its row has it */
	char *settings;		  /* as the loop was told (trunk_conf.h) */
	int64_t served;	 /* calls a second that living nodes may send */
	int64_t live;	 /* calls on it, of all nodes */
	int64_t down_us; /* since when this node cannot reach it; 0: it can */
	size_t others;	 /* other nodes that can */
	int64_t fed;	 /* the run that was given room last */
	/* entries of its stream without a queued row, at the last beats: left
	 * by dead readers */
	int64_t stale[STALE_BEATS];
};

struct plan_run {
	int64_t id, workspace_id, campaign_id;
	unsigned rest, status;
	int64_t epoch, lease_boot, slot;
	bool on_hold;	   /* its workspace is on hold */
	bool mine, seen;   /* seen: by this beat */
	bool dirty;	   /* look at it now */
	bool check_queued; /* some queued calls may be void */
	int64_t next_us;   /* CLOCK_BOOTTIME: look then; INT64_MAX: never */
	int64_t looked_us;
	int conflicts; /* in a row */
	struct arena *pool_arena;
	struct number_pool pool;
	int64_t pool_us; /* when it was read; 0: read it */
	struct plan_memory *memory; /* plan_pace.c; NULL: nothing is known */
	bool starved;	     /* waits for a carrier to have room */
	bool was_starved;    /* since the last beat */
	int64_t asked_us;    /* when refusals were last read */
	int64_t unserved_us; /* since when no node reaches its carriers; 0 */
	bool told_zone;	     /* logged that the zone is not known */
	int64_t refused_min; /* the minute in which nothing could be placed */
};

/* The list page's numbers change at most once a second for a workspace. */
struct plan_workspace {
	int64_t id, bumped_us;
	bool dirty;
};

struct planner {
	struct dialler *d;
	struct db *db;
	struct redis *redis;
	struct zones *zones;
	struct arena *arena; /* of one step */
	struct ledger_node me;
	struct process_lock lock;
	int64_t held_us; /* since when the lease has held; 0: it has not */
	int64_t beat_us; /* the next beat */
	struct plan_run **runs; /* sorted by id */
	size_t run_count, run_room;
	int64_t turn;	  /* the run that was looked at last */
	int64_t starving; /* runs that share what room there is */
	int64_t room_us;  /* when to look whether carriers have room */
	struct plan_carrier *carriers;
	size_t carrier_count;
	struct plan_workspace *workspaces;
	size_t workspace_count;
};

/* The index of the run in runs[], or of the next one if it is not there. */
size_t planner_place(const struct planner *p, int64_t run_id);
struct plan_run *planner_run(struct planner *p, int64_t run_id);
struct plan_run *planner_add_run(struct planner *p, int64_t run_id);
void planner_remove_run(struct planner *p, struct plan_run *r);
struct plan_carrier *planner_carrier(struct planner *p, int64_t carrier_id);

/* The list of this workspace has changed: shows it now, or with the next beat
 * at the latest. */
void planner_changed(struct planner *p, int64_t workspace_id, bool now);

/* plan_run.c: one step of one run. */
void plan_run_step(struct planner *p, struct plan_run *r);

/* plan_pace.c */

/* How many calls a run may have now. */
struct plan_pace {
	int64_t target;	  /* queued and connected ones too */
	int64_t most;	  /* to be added; 0: as many as the target leaves */
	bool seated;	  /* each with its seat */
	int64_t again_us; /* until time alone may change it; 0: never */
};
struct plan_pace plan_pace(struct planner *p, struct plan_run *r,
			   const struct run_look *l, int64_t now);
/* Counts calls that were planned. */
void plan_paced(struct plan_run *r, size_t calls);

/* plan_capacity.c */

/* How many calls each carrier of the run's pool may be given now; false:
 * Redis is away.  *served: any of them can be reached by some node. */
bool plan_room(struct planner *p, struct plan_run *r, bool *served);
/* Makes the run wait until a carrier that had no room for it has some. */
void plan_wait_for_room(struct plan_run *r);
/* Makes runs that wait for room dirty: in turn, and only as many as the
 * carriers have room for. */
void plan_feed(struct planner *p, int64_t now);
/* Puts the jobs of a plan into the carriers' streams. */
void plan_send_jobs(struct planner *p, const struct plan_job *jobs,
		    size_t count);

/* heartbeat.c */

/* Waits for MariaDB and joins; false: the dialler is stopping. */
bool beat_join(struct planner *p);
void beat(struct planner *p);
/* Reads all open runs again, takes those that no node plans. */
void beat_runs(struct planner *p);
void beat_leave(struct planner *p);

/* reconcile_calls.c */
void beat_calls(struct planner *p);
void beat_listed(struct planner *p, const struct msg_ids *m);

/* carrier_shares.c */
void beat_carriers(struct planner *p);
void beat_shares(struct planner *p);

#endif
