/*
 * deliver.h - sends events to the endpoints of this node (doc/product.md 10).
 *
 * An endpoint belongs to one node at a time, as a run does, by a lease in its
 * row.  Its events are read in their order and posted, a few at once; an event
 * counts as sent when the row of its delivery is stored, in one transaction
 * with the endpoint's cursor.  So a node that dies sends some a second time,
 * under the same id, and loses none.  An event that is refused is tried again
 * for a day and holds up none behind it, unless the endpoint fails as a whole:
 * then one event at a time is tried until one is accepted.  Endpoints do not
 * wait for each other.  Belongs to one thread.
 */
#ifndef HOOK_DELIVER_H
#define HOOK_DELIVER_H

#include <stdint.h>

struct address_nets;
struct db;
struct deliverer;
struct fault;

/* Posts to one endpoint at once. */
#define DELIVER_AT_ONCE 8
/* Failures in a row after which it fails as a whole. */
#define DELIVER_FAILS 5
/* How long an event, or a whole endpoint, is tried. */
#define DELIVER_HOURS 24

/* public_url: a setting of the installation. */
struct deliverer *deliver_new(struct db *db, const struct address_nets *nets,
			      const char *public_url);
void deliver_free(struct deliverer *d);

/*
 * Takes endpoints for this boot, reads, sends and stores what there is, and
 * waits a moment for answers.  Boot 0: this node holds no lease, and forgets
 * everything.  After a fault the next turn goes on where this one ended.
 */
int deliver_turn(struct deliverer *d, int64_t boot, struct fault *f);

/* Waits shortly for what is under way, stores it, and gives the endpoints
 * back. */
int deliver_end(struct deliverer *d, struct fault *f);

#endif
