/*
 * message.h - the messages between the threads.  The comment on a kind names
 * its struct and what it asks for or tells; the headings name the receiver.
 */
#ifndef DIALLER_MESSAGE_H
#define DIALLER_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dialler/queue.h"
#include "ledger/ledger.h"
#include "ledger/node.h"
#include "ledger/record_calls.h"

struct arena;
struct call;
struct stream_entry;

enum msg_kind {
	/* to plan */
	MSG_WAKE,    /* msg_runs: look at these runs; calls have ended */
	MSG_DRAINED, /* msg_carrier: jobs were read, or it came up or down */
	MSG_CARRIER_CALLS, /* msg_ids: our calls on a carrier, not known here */
	/* to dispatch (the place thread) */
	MSG_JOBS,     /* msg_jobs: read from the carriers' streams */
	MSG_RECHECK,  /* msg_ids: ask the gates again */
	MSG_WITHDRAW, /* msg_ids: withdraw, nothing was placed */
	MSG_ANSWERED, /* msg_ids: ask for seats for them */
	/* to record */
	MSG_CALL_UPDATE, /* msg_call_update */
	/* to the loop */
	MSG_TRUNK,     /* msg_trunk: serve this carrier, or with new settings */
	MSG_CLAIM,     /* msg_claim: these rows are being sent */
	MSG_SENT,      /* msg_sent: which of them may be placed */
	MSG_SEATED,    /* msg_sent: which of the answered have a seat */
	MSG_DONE,      /* msg_ids: recorded, or not ours: forget them */
	MSG_RECONCILE, /* msg_orphans: rows of this node; check them */
	MSG_TAKE_OVER, /* msg_orphans: rows that this node has taken over */
	MSG_UNKNOWN_CALLS, /* msg_ids: calls without a row: hang up */
	MSG_FENCED	   /* msg: this node was declared dead: forget all */
};

struct msg_runs {
	struct msg m;
	size_t run_count, carrier_count;
	int64_t *runs;
	struct carrier_ends *carriers;
};

struct msg_carrier {
	struct msg m;
	int64_t carrier_id;
};

struct msg_ids {
	struct msg m;
	int64_t carrier_id; /* MSG_CARRIER_CALLS, MSG_UNKNOWN_CALLS */
	int64_t delay_us;   /* MSG_WITHDRAW */
	size_t count;
	struct call_id ids[];
};

struct msg_jobs {
	struct msg m;
	struct arena *arena; /* owns the arrays; free it */
	struct stream_entry *jobs;
	int64_t *carriers; /* of each job */
	size_t count;
};

struct msg_call_update {
	struct msg m;
	struct call_update news;
};

struct trunk_share;
struct trunk_conf;
struct msg_trunk {
	struct msg m;
	struct trunk_share *cell;
	struct trunk_conf *conf; /* the trunk's from then on */
};

struct msg_claim {
	struct msg m;
	int64_t carrier_id;
	size_t read;	    /* jobs, good and bad ones */
	struct call *calls; /* chained by next */
};

struct msg_sent {
	struct msg m;
	int64_t gate_us; /* before the gates were read */
	bool again;	 /* MSG_RECHECK was answered */
	bool failed;	 /* MSG_SEATED: the database could not say */
	size_t count;
	struct call_id *ids;
	bool *won;
};

struct msg_orphans {
	struct msg m;
	size_t count;
	struct orphan_call orphans[];
};

/* Allocates a zeroed message; 'size' and 'count' describe the array at its
 * end. */
void *msg_new(enum msg_kind kind, size_t base, size_t size, size_t count);
#define MSG_NEW(kind, type) msg_new((kind), sizeof(type), 0, 0)
#define MSG_NEW_ARRAY(kind, type, element, count) \
	msg_new((kind), sizeof(type), sizeof(element), (count))

struct msg_ids *msg_ids_new(enum msg_kind kind, const struct call_id *ids,
			    size_t count);

/* Frees a message to the plan thread, with the arrays it owns. */
void msg_free(struct msg *m);
/* Frees a list of them, as queue_take() returns it. */
void msg_free_all(struct msg *first);

#endif
