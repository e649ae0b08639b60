/*
 * deliver_priv.h - shared by deliver.c (leases and turns), batch.c (what is
 * sent next, and what came of it) and batch_save.c (stores that).
 */
#ifndef HOOK_DELIVER_PRIV_H
#define HOOK_DELIVER_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/installation.h"
#include "base/secret.h"
#include "campaign/result_address.h"
#include "hook/deliver.h"
#include "hook/event_read.h"

struct arena;
struct post_result;
struct sender;

/* An event on its way to an endpoint. */
struct item {
	struct hook_queue *queue;
	struct sent_event event;
	bool again; /* it has a row already */
	bool done;
	int status;
	const char *error;
	int64_t ms;
};

/* An endpoint as its row says. */
struct hook_row {
	int64_t id, workspace_id;
	const char *url;
	int64_t kinds, next_seq;
	int64_t head; /* the number of the next event to come */
	int64_t fails, ver, failing_us;
	bool may_try; /* a probe is due */
	bool due;     /* something is to be sent again */
};

/* An endpoint of this node, and the events that are being sent to it. */
struct hook_queue {
	struct deliverer *owner;
	struct hook_queue *next;
	struct hook_row row; /* its text is in 'settings' */
	uint8_t secret[DIGEST_LEN], old_secret[DIGEST_LEN];
	bool has_old;
	bool seen;
	struct arena *settings;
	/* the batch; items lie in 'arena' */
	struct arena *arena;
	struct item *items;
	size_t count, begun, under_way;
	int64_t upto; /* the cursor, when all are done */
	int64_t fails;
	bool active, stop, whole, accepted, gone;
};

struct deliverer {
	struct db *db;
	struct installation installation;
	struct result_site site; /* with its secret */
	struct sender *sender;
	struct hook_queue *queues;
	struct arena *arena;
	int64_t boot, look_us, take_us;
};

/* batch.c */

/* Reads what is to be sent next; q->active: there is something. */
int batch_begin(struct hook_queue *q, struct fault *f);
/* Posts as many as may be under way at once. */
void batch_pump(struct hook_queue *q);
/* A sender_fn; 'item' is a struct item. */
void batch_result(void *item, const struct post_result *r);
bool batch_is_over(const struct hook_queue *q);

/* batch_save.c */

/* Stores what is done, and switches the endpoint off if it is time; the batch
 * is then over.  After a fault it is tried again, unless the endpoint is no
 * longer this node's. */
int batch_save(struct hook_queue *q, struct fault *f);

#endif
