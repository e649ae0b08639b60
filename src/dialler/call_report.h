/*
 * call_report.h - what the loop tells the other threads about its calls: the
 * recorder what the carrier reported, and the dispatch thread which calls wait
 * for their gates to be read again and which were not placed.
 */
#ifndef DIALLER_CALL_REPORT_H
#define DIALLER_CALL_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include "dialler/message.h"

struct call;
struct call_control;

/* Sends an update of a call to the recorder. */
void call_report(struct call_control *b, const struct call_update *news);

/* Ids on their way to the dispatch thread, many in one message. */
struct call_batch {
	enum msg_kind kind;
	int64_t delay_us;
	size_t count;
	struct call_id ids[200];
};

/* Adds an id to a batch, which is sent first when it is full or has another
 * delay.  call_batch_send() sends what there is. */
void call_batch_add(struct call_control *b, struct call_batch *batch,
		    const struct call_id *id, int64_t delay_us);
void call_batch_send(struct call_control *b, struct call_batch *batch);

/* Recheck has the gates of a call checked again.  Withdraw takes back the row
 * of a call that was not placed; its contact waits for 'delay_us'. */
void call_recheck(struct call_control *b, struct call *c);
void call_withdraw(struct call_control *b, struct call *c, int64_t delay_us);

#endif
