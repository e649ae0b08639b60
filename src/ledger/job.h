/*
 * job.h - a call to place, as it travels through Redis: one text with
 * everything the placing node needs.  A job is only a hint: it may come late,
 * twice or not at all, and the row in live_call decides whether the call is
 * placed.  The number to dial is taken from the job, so jobs are sealed in
 * Redis (base/seal.h), each under the name of its stream.
 */
#ifndef LEDGER_JOB_H
#define LEDGER_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"
#include "campaign/call_id.h"

struct arena;
struct buf;

struct job_call {
	uint8_t id[UUID_LEN];
	int64_t seats; /* conversations the run may have at a time */
	bool seated;   /* one of them is this call's, whoever else answers */
	int64_t ring_ms;
	const char *to, *from, *bot;
	const char *vars; /* JSON; "" if none */
};

void job_write(struct buf *out, const struct job_call *c);

/* -1 when the data is not a job; texts are copied into the arena. */
int job_read(const char *data, size_t len, struct job_call *c, struct arena *a);

/* "call:42"; 'out' takes 32 bytes. */
void job_stream(int64_t carrier_id, char out[static 32]);
#define JOB_GROUP "dialler"

#endif
