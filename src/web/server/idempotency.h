/*
 * idempotency.h - a request that may be sent again: the second one with the
 * same Idempotency-Key gets the answer of the first, for 24 hours
 * (doc/product.md 11.4).
 *
 * The key is stored by the transaction that the request is for, so it is there
 * exactly if the change is.  The answer is stored with it if the handler has
 * written it by then, else right after; if that fails, a repetition learns that
 * the change was made, but not the answer.  A request that changed nothing is
 * not stored: it may be tried again.
 *
 * An answer that has a secret (reply.h) is stored encrypted, under the client's
 * two keys together, of which MariaDB has only digests: nobody but the client
 * can have it read again.
 */
#ifndef WEB_SERVER_IDEMPOTENCY_H
#define WEB_SERVER_IDEMPOTENCY_H

struct fault;
struct reply;
struct request;

#define IDEMPOTENCY_KEY_MAX 255 /* bytes */

/*
 * Runs the route's handler, or gives the stored answer.  FAULT_INVALID, with
 * q->refused 400 or 422: the key is too long, or comes with a file, or was
 * used for another request.
 */
int idempotency_handle(struct request *q, struct reply *r, struct fault *f);

#endif
