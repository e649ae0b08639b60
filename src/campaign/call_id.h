/*
 * call_id.h - the id of an attempt is its key in the ledger: UUID version 8
 * (RFC 9562) of run 32 bits, segment 16, (version) seq 12, (variant) ordinal
 * 32, nonce 30.  A job or webhook of a withdrawn attempt does not match the
 * attempt planned again, because the nonce differs.
 */
#ifndef CAMPAIGN_CALL_ID_H
#define CAMPAIGN_CALL_ID_H

#include <stdint.h>

#include "base/uuid.h"

struct call_key {
	uint32_t run, ordinal, nonce; /* nonce: 30 bits */
	uint16_t seg, seq;	      /* seq: 12 bits, from 1 */
};

/* live_call.state */
enum live_state {
	LIVE_QUEUED,
	LIVE_SENT,
	LIVE_RINGING,
	LIVE_ANSWERED,
	LIVE_STATE_MAX
};

void call_id_make(const struct call_key *k, uint8_t out[static UUID_LEN]);
/* -1 when it is not one of our ids (version or variant). */
int call_id_read(const uint8_t id[static UUID_LEN], struct call_key *k);
/* The first and the last id that a call of this segment of a run can have. */
void call_id_range(int64_t run, int64_t seg, uint8_t from[static UUID_LEN],
		   uint8_t to[static UUID_LEN]);
/* The run of an id; 0 when it is not one of ours. */
int64_t call_id_run(const uint8_t id[static UUID_LEN]);

#endif
