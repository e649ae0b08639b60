#include "store/lease.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "store/db_priv.h"

#define RENEW_S 3

struct lease {
	struct db *db;
	int64_t owner;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool over;
};

int
lease_take(struct db *db, int64_t owner, struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, OWN(LEASE_TAKE),
		    ARGS(ARG_INT(owner), ARG_INT(owner)), f))
		return -1;
	return changed > 0;
}

int
lease_hold(struct db *db, int64_t owner, struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, OWN(LEASE_HOLD), ARGS(ARG_INT(owner)), f))
		return -1;
	if (changed == 0)
		return fault_set(f, FAULT_CONFLICT,
				 "Another program has begun to change the "
				 "database.");
	return 0;
}

void
lease_drop(struct db *db, int64_t owner)
{
	struct fault ignored; /* the lease expires by itself */

	db_exec(db, NULL, OWN(LEASE_DROP), ARGS(ARG_INT(owner)), &ignored);
}

/* Retries a failed renewal at the next turn.  The thread that migrates checks
 * the lease itself. */
static void *
keep(void *arg)
{
	struct lease *l = arg;
	struct fault ignored;
	struct timespec at;

	pthread_mutex_lock(&l->lock);
	while (!l->over) {
		clock_gettime(CLOCK_REALTIME, &at);
		at.tv_sec += RENEW_S;
		pthread_cond_timedwait(&l->wake, &l->lock, &at);
		if (!l->over)
			lease_hold(l->db, l->owner, &ignored);
	}
	pthread_mutex_unlock(&l->lock);
	return NULL;
}

struct lease *
lease_keep(const struct db_conf *conf, int64_t owner)
{
	struct lease *l = xcalloc(1, sizeof(*l));

	l->db = db_new(conf, NULL, 0);
	l->owner = owner;
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->wake, NULL);
	if (pthread_create(&l->thread, NULL, keep, l))
		abort(); /* no memory for a thread */
	return l;
}

void
lease_rest(struct lease *l)
{
	pthread_mutex_lock(&l->lock);
	l->over = true;
	pthread_cond_signal(&l->wake);
	pthread_mutex_unlock(&l->lock);
	pthread_join(l->thread, NULL);
	pthread_cond_destroy(&l->wake);
	pthread_mutex_destroy(&l->lock);
	db_free(l->db);
	free(l);
}
