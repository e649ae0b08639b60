#include "dialler/credit.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/arena.h"
#include "ledger/job.h"

struct credit {
	int64_t carrier_id;
	size_t room;  /* may be read */
	size_t taken; /* read, not claimed yet */
	char stream[32];
};

struct credits {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct credit *all;
	size_t count;
	bool shut;
};

struct credits *
credits_new(void)
{
	struct credits *r = xcalloc(1, sizeof(*r));

	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->more, NULL);
	return r;
}

void
credits_free(struct credits *r)
{
	if (!r)
		return;
	pthread_cond_destroy(&r->more);
	pthread_mutex_destroy(&r->lock);
	free(r->all);
	free(r);
}

/* With the lock held. */
static struct credit *
credit_of(struct credits *r, int64_t carrier_id)
{
	struct credit *c;

	for (size_t i = 0; i < r->count; i++)
		if (r->all[i].carrier_id == carrier_id)
			return &r->all[i];
	r->all = xrealloc(r->all, (r->count + 1) * sizeof(*r->all));
	c = &r->all[r->count++];
	*c = (struct credit){ .carrier_id = carrier_id };
	job_stream(carrier_id, c->stream);
	return c;
}

void
credit_set(struct credits *r, int64_t carrier_id, size_t calls)
{
	struct credit *c;

	pthread_mutex_lock(&r->lock);
	c = credit_of(r, carrier_id);
	c->room = calls > c->taken ? calls - c->taken : 0;
	if (c->room)
		pthread_cond_signal(&r->more);
	pthread_mutex_unlock(&r->lock);
}

void
credit_return(struct credits *r, int64_t carrier_id, size_t jobs)
{
	pthread_mutex_lock(&r->lock);
	credit_of(r, carrier_id)->taken -= jobs;
	pthread_mutex_unlock(&r->lock);
}

bool
credits_in_use(struct credits *r)
{
	bool taken = false;

	pthread_mutex_lock(&r->lock);
	for (size_t i = 0; i < r->count; i++)
		taken |= r->all[i].taken > 0;
	pthread_mutex_unlock(&r->lock);
	return taken;
}

void
credit_take(struct credits *r, int64_t carrier_id)
{
	struct credit *c;

	pthread_mutex_lock(&r->lock);
	c = credit_of(r, carrier_id);
	c->taken++;
	if (c->room)
		c->room--;
	pthread_mutex_unlock(&r->lock);
}

void
credits_close(struct credits *r)
{
	pthread_mutex_lock(&r->lock);
	r->shut = true;
	pthread_cond_broadcast(&r->more);
	pthread_mutex_unlock(&r->lock);
}

static bool
has_room(const struct credits *r)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->all[i].room)
			return true;
	return false;
}

bool
credits_wait(struct credits *r, struct arena *a, struct credit_offer *w)
{
	bool open;

	pthread_mutex_lock(&r->lock);
	while (!r->shut && !has_room(r))
		pthread_cond_wait(&r->more, &r->lock);
	*w = (struct credit_offer){ .all = true };
	w->streams = ARENA_ARRAY(a, r->count + 1, const char *);
	w->counts = ARENA_ARRAY(a, r->count + 1, size_t);
	w->carriers = ARENA_ARRAY(a, r->count + 1, int64_t);
	for (size_t i = 0; i < r->count; i++) {
		const struct credit *c = &r->all[i];

		if (!c->room) {
			w->all = false;
			continue;
		}
		w->streams[w->n] = arena_strdup(a, c->stream);
		w->counts[w->n] = c->room;
		w->carriers[w->n++] = c->carrier_id;
	}
	open = !r->shut;
	pthread_mutex_unlock(&r->lock);
	return open;
}
