/*
 * rig.h - the far end of a carrier in a directory of its own, a carrier opened
 * on it, and every event that came.
 *
 * Another kind of carrier is one entry in rig_kinds (kinds.c): test_contract.c
 * then runs over it.
 */
#ifndef TESTS_CARRIER_RIG_H
#define TESTS_CARRIER_RIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "app/carrier_kind.h"
#include "carrier/carrier.h"
#include "tests/temp.h"

struct rig {
	enum carrier_kind kind;
	char dir[TEMP_MAX], address[96], log[96], events_log[96];
	const struct ami_settings *ami; /* what the carrier is opened with */
	pid_t far_end;			/* 0: not running */
	int said;      /* its standard error */
};

/* A phone, and what becomes of a call to it. */
struct rig_phone {
	const char *to;
	enum outcome outcome;
	size_t rings, answers;
};

/* What the contract needs of a kind. */
struct rig_kind {
	/*
	 * Starts the far end, whose address is then r->address, and waits
	 * until it serves.  NULL: the kind has none and ends each call itself,
	 * so it has no judge and no numbers, and the duties that need a call
	 * which goes on are not applicable.
	 */
	void (*start)(struct rig *r);

	/* The judge: how many calls the far end says that it was given, of
	 * this id (NULL: in all). */
	size_t (*placed)(const struct rig *r, const char *call_id);

	/* Phones whose calls end without us, each with another outcome. */
	const struct rig_phone *phones;
	size_t phone_count;

	/* Numbers. */
	int64_t ring_ms;    /* the ring time of calls, which must be over soon */
	const char *rings;  /* rings until its ring time is over */
	const char *talks;  /* answers, and talks until we hang up */
	const char *busy;   /* is busy at once */
	const char *silent; /* nothing of its calls is ever reported; NULL: the
			       far end ends every call by itself */
};

/* By enum carrier_kind. */
extern const struct rig_kind rig_kinds[];

/* A PBX that tests/asterisk has started, at the address $PBX_AMI, with the log of
 * its phones, $PBX_PHONES; NULL: there is none. */
const struct rig_kind *rig_real_pbx(void);

/* Makes the directory; rig_close() removes it and ends the far end. */
void rig_open(struct rig *r, enum carrier_kind kind);
void rig_close(struct rig *r);

/* Starts outdial-sim with these settings ("speed=10", ..., NULL) and waits
 * until it serves. */
void rig_start(struct rig *r, const char *const *settings);

/* Starts fake_ami.mjs, and waits until it serves at r->address. */
void rig_start_fake_ami(struct rig *r);

/* Of rig_start(), without waiting. */
void rig_spawn(struct rig *r, const char *const *settings);

/* Waits until it has ended by itself; returns its exit status. */
int rig_wait(struct rig *r);

/* Ends the far end with a signal and waits until it is gone. */
void rig_end(struct rig *r, int signal);

/* Lines of the log, with 'text' in them (NULL: all). */
size_t rig_logged(const char *path, const char *text);

/* A carrier and the events that it reported. */
struct ear {
	struct carrier *c;
	struct cr_event *events;
	size_t count, cap;
};

/* Times above 0 replace those of cr_conf. */
struct ear_times {
	int64_t stall_us, grace_us, margin_us, overrun_us;
};

void ear_open(struct ear *e, const struct rig *r, const char *node,
	      const char *site, const struct ear_times *times);
void ear_close(struct ear *e);
void ear_forget(struct ear *e); /* the events so far */

/* Runs the carrier until there are 'n' such events (of this call, if one is
 * named), for 10 s at most; false when they did not come. */
bool ear_wait(struct ear *e, enum cr_event_kind kind, const char *id, size_t n);

/* Runs the carrier for so long. */
void ear_run(struct ear *e, int64_t us);

/* One turn, waiting at most so long. */
void ear_turn(struct ear *e, int64_t us);

size_t ear_count(const struct ear *e, enum cr_event_kind kind, const char *id);
/* The last one; NULL when none came. */
const struct cr_event *ear_last(const struct ear *e, enum cr_event_kind kind,
				const char *id);

/* An id that no other call of this process has, in one of 16 buffers. */
const char *new_id(void);

/* The caller's number of a call, which no other call has. */
const char *caller_of(const char *id);

/* Places with a longest call of 60 s. */
enum cr_err ear_place(struct ear *e, const char *id, const char *to);
extern int64_t ear_ring_ms; /* 30 s, unless the test sets another time */

#endif
