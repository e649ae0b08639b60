/*
 * verdict.h - what became of a call, from all that the PBX said of its end, in
 * the order that doc/asterisk.md gives ("How an outcome is found").  Pure.
 *
 * The last SIP response (X_TECH) says more than the Hangup: Asterisk reports its
 * own ring timer as 480, and a carrier's block as a refusal.
 */
#ifndef CARRIER_AMI_VERDICT_H
#define CARRIER_AMI_VERDICT_H

#include <stdbool.h>

#include "carrier/outcome.h"

#define AMI_TECH 64

struct ami_end {
	bool up;	/* Newstate Up or DialEnd ANSWER */
	bool rang;	/* Ringing or PROGRESS */
	bool cancelled; /* we asked to end it before the answer */
	bool hung_up;	/* we asked to end it after that */
	bool from_db;	/* read from the PBX's database afterwards */
	bool tech_known; /* X_TECH was told, perhaps empty */
	char tech[AMI_TECH]; /* X_TECH: "SIP 486 Busy Here" */
	char step[32];	     /* X_STEP */
	char bot[16];	     /* DIALSTATUS, or DialStatus of the bot's leg */
	char dial_end[16];   /* DialStatus of our own leg */
	bool responded;	     /* OriginateResponse came, with */
	int reason;
	bool ended; /* Hangup came, with its Q.850 cause */
	int cause;
	int tech_cause; /* SIP, of Hangup; 0: not told */
	enum cr_by by;	     /* who asked for the hang-up, by HangupRequest */
};

/* True when the call was sent elsewhere (3xx) and yet a channel came up: the
 * PBX lacks FORWARD_CONTEXT, and may have placed a call of its own. */
bool ami_was_redirected(const struct ami_end *e);

/* The carrier's phrase in "SIP 603 Network Blocked"; "" if there is none. */
const char *ami_phrase(const struct ami_end *e);

struct cr_facts ami_verdict(const struct ami_end *e);

#endif
