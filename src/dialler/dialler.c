#include "dialler/dialler.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/config.h"
#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "dialler/credit.h"
#include "store/db.h"
#include "store/redis.h"

#define LOCK_WAIT_S 2

void
dialler_open(struct dialler *d)
{
	pthread_condattr_t attr;

	queue_open(&d->to_loop);
	queue_open(&d->to_plan);
	queue_open(&d->to_place);
	queue_open(&d->to_record);
	d->credits = credits_new();
	pthread_mutex_init(&d->me_lock, NULL);
	pthread_mutex_init(&d->stop_lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&d->stop, &attr);
	pthread_condattr_destroy(&attr);
}

void
dialler_close(struct dialler *d)
{
	pthread_cond_destroy(&d->stop);
	pthread_mutex_destroy(&d->stop_lock);
	pthread_mutex_destroy(&d->me_lock);
	credits_free(d->credits);
	free(d->wants.list);
	queue_close(&d->to_record);
	queue_close(&d->to_place);
	queue_close(&d->to_plan);
	queue_close(&d->to_loop);
}

void
dialler_stop(struct dialler *d)
{
	pthread_mutex_lock(&d->stop_lock);
	atomic_store(&d->stopping, true);
	pthread_cond_broadcast(&d->stop);
	pthread_mutex_unlock(&d->stop_lock);
	credits_close(d->credits);
}

bool
dialler_pause(struct dialler *d, int64_t us)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += (us > 0 ? us : 0) % US_PER_S * 1000;
	until.tv_sec += us / US_PER_S + until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&d->stop_lock);
	while (us > 0 && !atomic_load(&d->stopping))
		if (pthread_cond_timedwait(&d->stop, &d->stop_lock, &until))
			break;
	pthread_mutex_unlock(&d->stop_lock);
	return !atomic_load(&d->stopping);
}

struct ledger_node
dialler_me(struct dialler *d)
{
	struct ledger_node me;

	pthread_mutex_lock(&d->me_lock);
	me = d->me;
	pthread_mutex_unlock(&d->me_lock);
	return me;
}

void
dialler_set_me(struct dialler *d, const struct ledger_node *me)
{
	pthread_mutex_lock(&d->me_lock);
	d->me = *me;
	pthread_mutex_unlock(&d->me_lock);
}

void
dialler_set_wants(struct dialler *d, const struct event_wants *w)
{
	size_t size = w->count * sizeof(*w->list);

	pthread_mutex_lock(&d->me_lock);
	d->wants.list = xrealloc(d->wants.list, size + 1);
	if (size)
		memcpy(d->wants.list, w->list, size);
	d->wants.count = w->count;
	pthread_mutex_unlock(&d->me_lock);
}

const struct event_wants *
dialler_wants(struct dialler *d, struct arena *a)
{
	struct event_wants *w = ARENA_NEW(a, struct event_wants);

	pthread_mutex_lock(&d->me_lock);
	w->count = d->wants.count;
	w->list = ARENA_ARRAY(a, w->count + 1, struct event_want);
	if (w->count)
		memcpy(w->list, d->wants.list, w->count * sizeof(*w->list));
	pthread_mutex_unlock(&d->me_lock);
	return w;
}

bool
dialler_lease_is_fresh(struct dialler *d, int64_t now)
{
	int64_t renewed = atomic_load(&d->renewed_us);

	return renewed && now - renewed < LEASE_FRESH_US;
}

struct db *
dialler_db(struct dialler *d)
{
	struct db_conf conf = config_db(d->config, LOCK_WAIT_S);

	return db_new(&conf, stmt_table, STMT_COUNT);
}

struct redis *
dialler_redis(struct dialler *d)
{
	struct redis_conf conf = config_redis(d->config);

	return redis_new(&conf);
}

void
dialler_tell_db(struct dialler *d, const char *what, const struct fault *f)
{
	if (!f) {
		if (atomic_exchange(&d->db_away, false))
			log_info("MariaDB is back.");
	} else if (f->code != FAULT_BUSY && f->code != FAULT_UNKNOWN) {
		log_fault(what, f);
	} else if (!atomic_exchange(&d->db_away, true)) {
		log_warn("MariaDB is not responding; no calls are placed until "
			 "it does, and the events of calls in progress are "
			 "kept (%s).",
			 f->cause);
	}
}

void
dialler_tell_redis(struct dialler *d, const struct fault *f)
{
	if (!f) {
		if (atomic_exchange(&d->redis_away, false))
			log_info("Redis is back.");
	} else if (!atomic_exchange(&d->redis_away, true)) {
		log_warn("Redis is not responding; no calls are placed until "
			 "it does (%s).",
			 f->cause);
	}
}
