/*
 * ami_priv.h - the client of an Asterisk PBX: ami.c has the operations that its
 * owner calls, place.c writes the Originate, channel.c asks something of a call,
 * session.c signs in and asks what the PBX knows, events.c handles what it says
 * of calls, finish.c reports their ends.
 */
#ifndef CARRIER_AMI_AMI_PRIV_H
#define CARRIER_AMI_AMI_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "carrier/ami/message.h"
#include "carrier/ami/verdict.h"
#include "carrier/carrier.h"
#include "carrier/link.h"
#include "carrier/tracker.h"

/* "od-", the site, "-": what the ids of our channels begin with. */
#define AMI_PREFIX 64
/* A channel's id: that and the call's. */
#define AMI_CHANNEL (AMI_PREFIX + UUID_TEXT)
/* Calls whose Originate the PBX has not confirmed: those it may still place
 * when it wakes up. */
#define AMI_WINDOW 64
/* Rows of a node in the PBX's database; used in turn.  More than the calls that
 * can end while the PBX cannot be asked. */
#define AMI_SLOTS 16384
/* How long OriginateResponse and Hangup wait for each other. */
#define AMI_MERGE_US (2 * US_PER_S)
/* An Originate that is confirmed later than this may have been placed late. */
#define AMI_LATE_US (2 * US_PER_S)
/* Within the two seconds of CR_JOIN_MS: how long a call waits for its seat, and
 * when its bot must have answered. */
#define AMI_SEAT_MS 1500
#define AMI_BOT_MS 1850

/* What is kept of a call. */
struct ami_call {
	struct cr_call call; /* first */
	struct ami_end end;
	int64_t rang_at, up_at, ended_at; /* by the PBX's clock, 0: not told */
	int64_t up_heard_at;	/* by ours; 0: the answer was not seen */
	int64_t join_ms;	/* once it is joined */
	int64_t conclude_at;	/* the end is known; 0: it is not */
	char bridge[40];	/* that its channel is in */
	bool queued;		/* the Originate was answered */
	bool seen;		/* its channel was */
	bool waits;		/* in the dialplan, for its seat */
	enum cr_amd amd;
	bool failed; /* OriginateResponse said so */
	/* the last list of the PBX's channels */
	unsigned asked_no, listed_no;
	enum cr_phase listed_phase;
	int64_t listed_age_us;
	bool in_db;
};

enum ami_step {
	AMI_LOGIN,  /* Login was sent */
	AMI_BOOT,   /* signed in; it tells when it is fully booted */
	AMI_STATUS, /* CoreStatus was */
	AMI_GAP,    /* restarted: its database is read before anything is said */
	AMI_READY
};

struct ami {
	struct carrier base; /* first */
	struct tracker tracker;
	struct link link;
	struct ami_message message;
	struct ami_settings settings; /* texts are its own */
	char prefix[AMI_PREFIX];
	char node[40];
	enum ami_step step;
	char boot[48]; /* when the PBX last met was started */
	char next_boot[48]; /* ... the one that is met now */
	unsigned trunk; /* tells the slots of two trunks of one PBX apart */
	unsigned slot;
	bool broken; /* the connection failed outside dispatch() */

	/* the list of channels, and the database, which are asked together */
	unsigned list_no;
	bool list_wanted, listing, channels_told, db_told;
	bool owner_wants, owner_asked; /* list() */
	struct cr_event *listed;
	size_t listed_count, listed_room;

	int64_t conclude_at; /* the earliest of its calls, INT64_MAX */
};

static inline struct ami *
ami_of(struct carrier *c)
{
	return (struct ami *)c;
}

static inline struct ami *
ami_with(struct tracker *t)
{
	return (struct ami *)(void *)((char *)t - offsetof(struct ami, tracker));
}

/* channel.c */

void ami_channel(const struct ami *ami, const struct cr_call *call,
		 char out[static AMI_CHANNEL]);
/* The call whose channel has this id; NULL for others' channels. */
struct ami_call *ami_find(struct ami *ami, const char *channel);
/* The call's id in a channel's, NULL when it is not of this site. */
const char *ami_call_id(const struct ami *ami, const char *channel);
void ami_hang_up(struct ami *ami, const char *call_id, int q850);
/* Sends a waiting call to its bot. */
void ami_send_to_bot(struct ami *ami, struct ami_call *call);

/* place.c */

enum cr_err ami_place(struct carrier *c, const struct cr_place *p);

/* finish.c */

/* Milliseconds between two times of the PBX; -1 when one is not known. */
int64_t ami_ms_between(int64_t from, int64_t to);
void ami_finish(struct ami *ami, struct ami_call *call);
/* One half of the end has come: Hangup, or OriginateResponse of a call that was
 * not answered, in either order. */
void ami_end_half(struct ami *ami, struct ami_call *call, bool has_other);
/* Ends the calls whose other half has not come for long enough. */
void ami_conclude_due(struct ami *ami);

/* session.c */

void ami_sign_in(struct ami *ami);
/* A response to an action that is no Originate. */
void ami_response(struct ami *ami, const char *id);
/* FullyBooted, CoreShowChannel, DBGetTreeResponse and their ends. */
void ami_list_event(struct ami *ami, const char *event);
/* Asks, when somebody wants to know. */
void ami_list(struct ami *ami);
void ami_ping(struct ami *ami);
void ami_drop(struct ami *ami, const char *why);

/* events.c */

/* What the message says. */
void ami_handle(struct ami *ami);

#endif
