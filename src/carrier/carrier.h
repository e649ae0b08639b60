/*
 * carrier.h - what a carrier offers: place, cancel, hang up, ask, report.
 *
 * A carrier only places calls and reports what became of them.  Pacing, the
 * choice of numbers, do-not-call, windows and retries are never in here.
 * One thread owns a carrier.  No operation blocks, and none but dispatch()
 * calls back; the callback may call every operation except dispatch() and
 * close().
 *
 * Contract of every kind (each line is a test in tests/carrier):
 *  1. CR_NOT_SENT and CR_REFUSED promise that no byte of the call left the
 *     process; CR_UNKNOWN says that some may have.
 *  2. Exactly one CR_ENDED for each call for which place() returned CR_OK or
 *     CR_UNKNOWN or which resync() named, also after the carrier restarted,
 *     also when it never answers (watchdog).
 *  3. Phases go forward only: CR_RINGING and CR_ANSWERED at most once a call
 *     (either may be missing), nothing after CR_ENDED.  Doubles and late
 *     words are swallowed.
 *  4. cancel() racing with the answer ends one way or the other, and no leg
 *     is left: it is hung up before CR_ENDED.
 *  5. resync() answers for every id it was given: CR_ALIVE or CR_ENDED.  No
 *     watchdog looks at a call while the carrier is asked about it.
 *  6. Times of the caller are CLOCK_BOOTTIME microseconds.
 *
 * To add a kind: one file with a table of operations, one line in carrier.c,
 * and the tests in tests/carrier run on it.
 */
#ifndef CARRIER_CARRIER_H
#define CARRIER_CARRIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"
#include "carrier/outcome.h"

#define CR_MAX_VARS 8192 /* bytes of a call's variables */

struct carrier;
struct fault;

/* What place() did. */
enum cr_err {
	CR_OK,	     /* the bytes are written; CR_ENDED will come */
	CR_NOT_SENT, /* nothing left the process: withdraw it, or try later */
	CR_REFUSED,  /* nothing left, and it never can: bad or known id, bad
			value; a fault of the caller */
	CR_UNKNOWN /* perhaps sent: never place it again; CR_ENDED will come */
};

/* How far a call is. */
enum cr_phase { CR_PHASE_SENT, CR_PHASE_RINGING, CR_PHASE_ANSWERED };

enum cr_event_kind {
	/* of one call: call_id is set */
	CR_RINGING,
	CR_ANSWERED,
	CR_ENDED,
	CR_ALIVE,  /* answer to resync(): it is up, in this phase */
	CR_LISTED, /* answer to list(): it is up, in this phase */
	/* of the carrier: call_id is "" */
	CR_LIST_END, /* every CR_LISTED of the list() asked has come */
	CR_UP,	     /* place() may succeed from now on */
	CR_DOWN,     /* connection lost: calls go on, unseen; it reconnects, and
			asks about its calls by itself */
	CR_RESTARTED /* all its calls are over; a CR_ENDED with
			facts.gone = CR_GONE_RESTART follows for each */
};

struct cr_event {
	enum cr_event_kind kind;
	char call_id[UUID_TEXT];  /* in lower case */
	int64_t wall_us, boot_us; /* when it was heard of */

	/* CR_ALIVE, CR_LISTED */
	enum cr_phase phase;
	int64_t age_us; /* since it was placed, -1: not told */

	/* CR_ENDED */
	enum cr_outcome outcome; /* cr_outcome_of(&facts) */
	struct cr_facts facts;
	bool resynced;	 /* learnt by asking: the times are bounds */
	int64_t ring_ms; /* as the carrier measured, -1: not told */
	int64_t talk_ms; /* 0 when it was not answered, -1: not told */
	char detail[64]; /* raw words, for the log */
};

typedef void cr_event_fn(void *arg, const struct cr_event *ev);

struct cr_conf {
	const char *kind;    /* "sim" */
	const char *address; /* sim: path of its Unix socket */
	const char *node;    /* this process, [A-Za-z0-9._-]{1,32} */
	const char *site;    /* this installation, likewise: list() shows only
				calls of the same site */
	cr_event_fn *event;
	void *arg;

	/* Tests only; 0 or NULL: what production uses. */
	int64_t (*clock_boot_us)(void); /* the clock place() looks at */
	int64_t stall_us; /* 50 ms: unanswered for so long, nothing is placed */
	int64_t grace_us; /* 10 s: how long an unknown call may turn up yet */
	int64_t margin_us;  /* 40 s: watchdog before the answer, above ring */
	int64_t overrun_us; /* 10 s: watchdog after it, above max_call */
};

/* Everything is copied before place() returns. */
struct cr_place {
	const char *call_id;   /* UUID; its row is committed as sent BEFORE */
	const char *to, *from; /* digits, already checked by the caller */
	const char *bot;  /* opaque: what the answered call is joined with */
	const char *vars; /* JSON without control bytes, or NULL */
	int64_t ring_ms, max_call_ms;
	int64_t not_after_boot_us; /* the last instant at which it may leave */
};

/* A call that somebody else placed, or that this process did in a former
 * life. */
struct cr_known {
	const char *call_id;
	enum cr_phase phase; /* as far as is known; never reported backwards */
	int64_t age_us;	     /* since it was sent */
	int64_t talk_us;     /* since it was answered, 0: not known */
	int64_t ring_ms, max_call_ms;
};

struct cr_stats {
	bool up;
	unsigned calls;	     /* known and not ended */
	unsigned unanswered; /* placed, the carrier's word still out */
	int64_t lag_us;	     /* age of the oldest of these, 0: none */
	uint64_t placed, ended, reconnects, garbage; /* since open */
	char error[128]; /* the last one, "" if none */
};

struct carrier_ops {
	const char *kind;

	/* Begins to connect; CR_UP tells when it is.  FAULT_INVALID when the
	 * configuration cannot work. */
	int (*open)(struct carrier **out, const struct cr_conf *conf,
		    struct fault *f);

	/*
	 * Writes the bytes now or not at all: there is no queue.  CR_NOT_SENT
	 * when the connection is not up, has unsent bytes, its last answer is
	 * not fresh, or now > not_after_boot_us; the clock is read directly
	 * before the write.
	 */
	enum cr_err (*place)(struct carrier *c, const struct cr_place *p);

	/*
	 * Before the answer / in any phase.  Idempotent; an id that nobody
	 * knows is fine.  For a known call it is remembered over a lost
	 * connection; for another one CR_NOT_SENT says that nothing was asked.
	 */
	enum cr_err (*cancel)(struct carrier *c, const char *call_id);
	enum cr_err (*hangup)(struct carrier *c, const char *call_id, int q850);

	/* One epoll descriptor, the same until close(): readable when
	 * dispatch() has something to do. */
	int (*poll_fd)(struct carrier *c);

	/* When dispatch() must be called at the latest, -1: no such time. */
	int64_t (*deadline)(struct carrier *c);

	/* Reads, reports, reconnects, runs the watchdogs. */
	void (*dispatch)(struct carrier *c, int64_t now_boot_us);

	/*
	 * Takes over these calls and asks about each: CR_ALIVE and then its
	 * events, or CR_ENDED (resynced).  What the carrier does not know is
	 * asked again for grace_us, then hung up by its id and ended as lost.
	 * While it is down the questions wait for it.
	 */
	void (*resync)(struct carrier *c, const struct cr_known *known,
		       size_t n);

	/* Another process looks after this call: it is neither asked about
	 * nor told of any more, and no CR_ENDED comes. */
	void (*forget)(struct carrier *c, const char *call_id);

	/*
	 * Asks for all calls of this site: CR_LISTED each, then CR_LIST_END.
	 * For orphans: list first, read live_call after, hang up what has no
	 * row.  CR_NOT_SENT when it is down; a list cut off by a lost
	 * connection has no CR_LIST_END.
	 */
	enum cr_err (*list)(struct carrier *c);

	void (*stats)(struct carrier *c, struct cr_stats *out);

	/* Forgets everything without a word; the calls go on. */
	void (*close)(struct carrier *c);
};

/* First member of what each kind opens. */
struct carrier {
	const struct carrier_ops *ops;
};

/* Opens a carrier of conf->kind; FAULT_INVALID names the kinds there are. */
int carrier_open(struct carrier **out, const struct cr_conf *conf,
		 struct fault *f);

#endif
