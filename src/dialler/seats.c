#include "dialler/seats.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/uuid.h"
#include "carrier/carrier.h"
#include "dialler/call_control.h"
#include "dialler/dialler.h"

#define NORMAL_CLEARING 16

void
seats_free(struct seats *s)
{
	free(s->all);
	*s = (struct seats){ 0 };
}

void
seats_ask(struct seats *s, struct call *c)
{
	c->seat = SEAT_ASKED;
	if (s->count == s->room) {
		s->room = s->room ? 2 * s->room : 64;
		s->all = xrealloc(s->all, s->room * sizeof(*s->all));
	}
	s->all[s->count++] = (struct seat_wait){
		c->id,
		clock_boot_us() + SEAT_WAIT_US,
	};
}

void
seats_give(struct call_control *b, struct call *c, bool seated)
{
	struct call_update news = { .id = c->id, .answered = true };
	char id[UUID_TEXT];

	c->seat = seated ? SEAT_TAKEN : SEAT_REFUSED;
	if (seated) {
		call_report(b, &news);
		return;
	}
	uuid_text(c->id.b, id);
	c->trunk->carrier->ops->hangup(c->trunk->carrier, id, NORMAL_CLEARING);
}

/* The call, if it still waits for a seat. */
static struct call *
who_waits(struct call_control *b, const struct call_id *id)
{
	struct call *c = call_table_find(&b->calls, id->b);

	return c && c->state == CALL_PLACED && c->seat == SEAT_ASKED ? c : NULL;
}

void
seats_told(struct call_control *b, struct msg_sent *m)
{
	for (size_t i = 0; i < m->count; i++) {
		struct call *c = who_waits(b, &m->ids[i]);

		if (c)
			seats_give(b, c, m->won[i]);
	}
	free(m->ids);
	free(m->won);
}

struct talking {
	int64_t run_id, calls;
};

static void
count_talking(struct call *c, void *arg)
{
	struct talking *t = arg;

	t->calls += c->run_id == t->run_id && c->state == CALL_PLACED &&
		    c->seat == SEAT_TAKEN;
}

static bool
is_free_here(struct call_control *b, const struct call *c)
{
	struct talking t = { .run_id = c->run_id };

	if (!atomic_load(&b->d->alone))
		return false;
	call_table_each(&b->calls, count_talking, &t);
	return t.calls < c->job.seats;
}

static void
ask(struct call_control *b, int64_t now)
{
	struct seats *s = &b->seats;
	size_t n = s->count - s->asked;
	struct msg_ids *m;

	if (!n || now - s->asked_us < BATCH_US)
		return;
	s->asked_us = now;
	m = MSG_NEW_ARRAY(MSG_ANSWERED, struct msg_ids, struct call_id, n);
	m->count = n;
	for (size_t i = 0; i < n; i++)
		m->ids[i] = s->all[s->asked + i].id;
	s->asked = s->count;
	queue_put(&b->d->to_place, &m->m);
}

int64_t
seats_turn(struct call_control *b, int64_t now)
{
	struct seats *s = &b->seats;
	size_t over = 0;

	if (!s->count)
		return INT64_MAX;
	ask(b, now);
	for (; over < s->count && s->all[over].until_us <= now; over++) {
		struct call *c = who_waits(b, &s->all[over].id);

		if (c)
			seats_give(b, c, is_free_here(b, c));
	}
	s->count -= over;
	s->asked -= over;
	memmove(s->all, s->all + over, s->count * sizeof(*s->all));
	if (s->asked < s->count)
		return s->asked_us + BATCH_US;
	return s->count ? s->all[0].until_us : INT64_MAX;
}
