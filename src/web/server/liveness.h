/*
 * liveness.h - whether the database answers, for pages that say that they are
 * live although Redis alone told them that nothing has changed.
 */
#ifndef WEB_SERVER_LIVENESS_H
#define WEB_SERVER_LIVENESS_H

struct fault;
struct reply;
struct request;

/*
 * Answers 304: nothing is new.  Asks the database first if it has not answered
 * this process within LIVENESS_MS.  One request asks for all; when it has waited
 * for 1.5 s, the others fail at once rather than wait, too.
 * FAULT_BUSY: it does not answer.
 */
#define LIVENESS_MS 400
int reply_nothing_new(struct request *q, struct reply *r, struct fault *f);

#endif
