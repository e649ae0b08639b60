/* Sends events to the endpoints that this node has taken, for as long as it
 * holds its lease. */
#include "app/config.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "dialler/dialler.h"
#include "hook/address.h"
#include "hook/deliver.h"
#include "store/db.h"

#define AWAY_US 500000 /* after a fault */

static int64_t
boot_of(struct dialler *d)
{
	return dialler_lease_is_fresh(d, clock_boot_us()) ? dialler_me(d).boot
							  : 0;
}

void *
hooks_thread(void *dialler)
{
	struct dialler *d = dialler;
	struct db *db = dialler_db(d);
	struct arena *a = arena_new();
	struct address_nets nets = { .count = 0 };
	struct deliverer *sending;
	struct fault f;

	/* The program checked the setting when it started. */
	if (address_nets_read(d->config->webhook_allow, &nets, a, &f))
		dialler_tell_db(d, "read webhook_allow", &f);
	sending = deliver_new(db, &nets, d->config->public_url);
	while (!atomic_load(&d->stopping)) {
		if (deliver_turn(sending, boot_of(d), &f) == 0)
			continue;
		dialler_tell_db(d, "send events", &f);
		dialler_pause(d, AWAY_US);
	}
	if (deliver_end(sending, &f))
		dialler_tell_db(d, "end the sending of events", &f);
	deliver_free(sending);
	arena_free(a);
	db_free(db);
	return NULL;
}
