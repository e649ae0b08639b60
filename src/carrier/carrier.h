/*
 * carrier.h - what a carrier offers: place, cancel, hang up, ask, report.
 *
 * A carrier only places calls and reports what became of them.  Pacing, the
 * choice of numbers, do-not-call, windows and retries are never in here.
 * One thread owns a carrier.  No operation blocks, and none but dispatch()
 * calls back; the callback may call every operation except dispatch() and
 * close().
 *
 * Contract of every kind (tests/carrier/test_contract.c runs over all):
 *  1. CR_NOT_SENT and CR_REFUSED promise that no byte of the call left the
 *     process; CR_UNKNOWN says that some may have.
 *  2. Exactly one CR_ENDED for each call for which place() returned CR_OK or
 *     CR_UNKNOWN or which resync() named, also after the carrier restarted,
 *     also when it never answers (watchdog).
 *  3. Phases go forward only: CR_RINGING, CR_ANSWERED and CR_JOINED at most once
 *     a call (each may be missing), nothing after CR_ENDED.  Duplicate and late
 *     reports are dropped.
 *  4. When cancel() races with the answer either may win, and no leg is left:
 *     it is hung up before CR_ENDED.
 *  5. resync() answers for every id it was given: CR_ALIVE or CR_ENDED.  While
 *     the carrier is asked about a call, the watchdog allows it the time of
 *     the longest call.
 *  6. Times of the caller are CLOCK_BOOTTIME microseconds.
 *  7. Who answers hears the bot within CR_JOIN_MS or is hung up, with no help
 *     of the caller, who may be dead: a call with a seat has its bot joined at
 *     once, another one after join().  Without a bot it ends with
 *     CR_SAW_NO_BOT.
 *
 * To add a kind: see app/carrier_kind.h.
 */
#ifndef CARRIER_CARRIER_H
#define CARRIER_CARRIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"
#include "carrier/outcome.h"

#define CR_MAX_VARS 8192 /* bytes of a call's variables */
/* From the answer to the bot; later than that the call counts as abandoned
 * (doc/product.md 6.4). */
#define CR_JOIN_MS 2000

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
	CR_JOINED, /* it hears its bot */
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
	int64_t wall_us, boot_us; /* when it became known */

	/* CR_ALIVE, CR_LISTED */
	enum cr_phase phase;
	int64_t age_us; /* since it was placed, -1: not reported */

	/* CR_JOINED, CR_ENDED: from the answer to the bot, -1: not joined, or
	 * not reported */
	int64_t join_ms;

	/* CR_ENDED */
	enum outcome outcome; /* cr_outcome_of(&facts) */
	struct cr_facts facts;
	bool resynced;	 /* learnt by asking: the times are bounds */
	int64_t ring_ms; /* as the carrier measured, -1: not reported */
	int64_t talk_ms; /* 0 when it was not answered, -1: not reported */
	char phrase[64]; /* of the SIP response, as the carrier put it; "" */
	enum cr_amd amd;
	char detail[64]; /* raw words, for the log */
};

typedef void cr_event_fn(void *arg, const struct cr_event *ev);

/* An Asterisk PBX (doc/asterisk.md). */
struct ami_settings {
	const char *user, *secret; /* of the manager account */
	const char *dial;	   /* carrier_dial_check() */
	bool plus;		   /* caller IDs begin with "+" */
	const char *message; /* sound file for who is abandoned; NULL: none */
	const char *amd;     /* arguments of AMD(); NULL: none, the default */
};

struct cr_conf {
	const char *kind;    /* one of carrier_kind_words */
	const char *address; /* sim: path of its Unix socket; ami: host:port */
	const struct ami_settings *ami; /* of its kind */
	const char *node;    /* this process, [A-Za-z0-9._-]{1,32} */
	const char *site;    /* this installation, likewise: list() shows only
				calls of the same site */
	cr_event_fn *event;
	void *arg;

	/* Tests only; 0 or NULL: what production uses. */
	int64_t (*clock_boot_us)(void); /* the clock that place() reads */
	int64_t stall_us; /* 50 ms: no placing while an answer takes longer */
	int64_t grace_us; /* 10 s: how long an unknown call may still turn up */
	int64_t margin_us;  /* 40 s: watchdog before the answer, above ring */
	int64_t overrun_us; /* 10 s: watchdog after it, above max_call */
};

/* Everything is copied before place() returns. */
struct cr_place {
	const char *call_id;   /* UUID; its row is committed as sent before */
	const char *to, *from; /* digits, already checked by the caller */
	const char *bot;  /* opaque: what the answered call is connected to */
	const char *vars; /* JSON without control bytes, or NULL */
	int64_t ring_ms, max_call_ms;
	int64_t not_after_boot_us; /* the last instant at which it may leave */
	bool seated; /* has its seat: its bot need not wait for join() */
};

/* A call that another process placed, or a former life of this process. */
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
	unsigned unanswered; /* placed, and not confirmed by the carrier yet */
	int64_t lag_us;	     /* age of the oldest of these, 0: none */
	uint64_t placed, ended, reconnects, garbage; /* since open */
	char error[128]; /* the last one, "" if none */
};

struct carrier_ops {
	/* Begins to connect; CR_UP tells when it is connected.  FAULT_INVALID
	 * when the configuration cannot work. */
	int (*open)(struct carrier **out, const struct cr_conf *conf,
		    struct fault *f);

	/*
	 * Writes the bytes now or not at all: there is no queue.  CR_NOT_SENT
	 * when the connection is not up or has unsent bytes, when the carrier
	 * is late with its answers, or when now > not_after_boot_us; the clock
	 * is read directly before the write.
	 */
	enum cr_err (*place)(struct carrier *c, const struct cr_place *p);

	/*
	 * cancel() ends a call before the answer, hangup() in any phase.  Both
	 * are idempotent, and an unknown id is no error.  For a known call the
	 * request survives a lost connection; for another one CR_NOT_SENT says
	 * that the carrier was not asked.
	 */
	enum cr_err (*cancel)(struct carrier *c, const char *call_id);
	enum cr_err (*hangup)(struct carrier *c, const char *call_id, int q850);

	/* Has the bot joined to a call without a seat, answered or not yet.
	 * Idempotent; an unknown id is no error.  CR_NOT_SENT: it is down. */
	enum cr_err (*join)(struct carrier *c, const char *call_id);

	/* One epoll descriptor, the same until close(): readable when
	 * dispatch() has something to do. */
	int (*poll_fd)(struct carrier *c);

	/* When dispatch() must be called at the latest, -1: no such time. */
	int64_t (*deadline)(struct carrier *c);

	/* Reads, reports, reconnects, runs the watchdogs. */
	void (*dispatch)(struct carrier *c, int64_t now_boot_us);

	/*
	 * Takes over these calls and asks about each: CR_ALIVE and then its
	 * events, or CR_ENDED (resynced).  The carrier is asked again for
	 * grace_us about a call that it does not know; then the call is hung up
	 * by its id and ends as lost.  While the carrier is down the questions
	 * wait.
	 */
	void (*resync)(struct carrier *c, const struct cr_known *known,
		       size_t n);

	/*
	 * Drops a call that another process looks after: the carrier is not
	 * asked about it any more, and no event of it comes, not even
	 * CR_ENDED.
	 */
	void (*forget)(struct carrier *c, const char *call_id);

	/*
	 * Asks for all calls of this site: CR_LISTED each, then CR_LIST_END.
	 * To find orphan calls, list first, then read live_call, and hang up
	 * calls without a row.  CR_NOT_SENT when it is down; a list cut off by
	 * a lost connection has no CR_LIST_END.
	 */
	enum cr_err (*list)(struct carrier *c);

	void (*stats)(struct carrier *c, struct cr_stats *out);

	/* Closes without reporting anything; the calls go on. */
	void (*close)(struct carrier *c);
};

/* First member of the struct that each kind opens. */
struct carrier {
	const struct carrier_ops *ops;
};

/* What every place() asks first: false when the id is none, a time is not above
 * 0, or a value is too long or has control bytes in it (CR_REFUSED). */
bool cr_place_is_valid(const struct cr_place *p);

/* Opens a carrier of conf->kind; FAULT_INVALID names the kinds there are. */
int carrier_open(struct carrier **out, const struct cr_conf *conf,
		 struct fault *f);

#endif
