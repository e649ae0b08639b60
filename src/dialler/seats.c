#include "dialler/seats.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/numeric.h"
#include "base/uuid.h"
#include "carrier/carrier.h"
#include "dialler/call_control.h"
#include "dialler/dialler.h"

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
		.id = c->id,
		.since_us = clock_boot_us(),
		.no_answer = true,
	};
}

void
seats_give(struct call_control *b, struct call *c, bool seated)
{
	struct call_update news = { .id = c->id, .answered = true };

	c->seat = seated ? SEAT_TAKEN : SEAT_REFUSED;
	if (seated)
		call_report(b, &news);
}

/* False while the carrier cannot be told: the call goes on waiting. */
static bool
join(struct call_control *b, struct call *c)
{
	char id[UUID_TEXT];

	uuid_text(c->id.b, id);
	if (c->trunk->carrier->ops->join(c->trunk->carrier, id) != CR_OK)
		return false;
	seats_give(b, c, true);
	return true;
}

/* The call, if it still waits for a seat. */
static struct call *
who_waits(struct call_control *b, const struct call_id *id)
{
	struct call *c = call_table_find(&b->calls, id->b);

	return c && c->state == CALL_PLACED && c->seat == SEAT_ASKED ? c : NULL;
}

static struct seat_wait *
waiting(struct seats *s, const struct call_id *id)
{
	for (size_t i = 0; i < s->count; i++)
		if (call_id_compare(s->all[i].id.b, id->b) == 0)
			return &s->all[i];
	return NULL;
}

void
seats_told(struct call_control *b, struct msg_sent *m)
{
	int64_t again = clock_boot_us() + SEAT_AGAIN_US;

	for (size_t i = 0; i < m->count; i++) {
		struct call *c = who_waits(b, &m->ids[i]);
		struct seat_wait *w = waiting(&b->seats, &m->ids[i]);

		if (c && !m->failed && m->won[i])
			join(b, c);
		if (w) {
			w->ask_us = again;
			w->no_answer &= m->failed;
		}
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
		    (c->seat == SEAT_TAKEN || c->job.seated);
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

/* Removes those that wait no more, and decides about those that have waited too
 * long; returns when the next of them has. */
static int64_t
tidy(struct call_control *b, int64_t now)
{
	struct seats *s = &b->seats;
	int64_t next = INT64_MAX;
	size_t kept = 0;

	for (size_t i = 0; i < s->count; i++) {
		struct seat_wait *w = &s->all[i];
		struct call *c = who_waits(b, &w->id);
		int64_t until = w->since_us + (w->no_answer ? SEAT_ANSWER_US
							    : SEAT_PATIENCE_US);

		if (!c)
			continue;
		if (until > now) {
			next = int64_min(next, until);
			s->all[kept++] = *w;
		} else if (!w->no_answer || !is_free_here(b, c) ||
			   !join(b, c)) {
			seats_give(b, c, false);
		}
	}
	s->count = kept;
	return next;
}

/* Asks about those whose time has come; returns when the next one's will. */
static int64_t
ask(struct seats *s, struct dialler *d, int64_t now)
{
	int64_t at = s->asked_us + BATCH_US, next = INT64_MAX;
	struct msg_ids *m;
	size_t n = 0;

	for (size_t i = 0; i < s->count; i++) {
		n += s->all[i].ask_us <= now;
		next = int64_min(next, s->all[i].ask_us);
	}
	if (!n || now < at)
		return n ? at : next;
	m = MSG_NEW_ARRAY(MSG_ANSWERED, struct msg_ids, struct call_id, n);
	next = INT64_MAX;
	for (size_t i = 0; i < s->count; i++) {
		struct seat_wait *w = &s->all[i];

		if (w->ask_us > now) {
			next = int64_min(next, w->ask_us);
			continue;
		}
		m->ids[m->count++] = w->id;
		w->ask_us = INT64_MAX;
	}
	s->asked_us = now;
	queue_put(&d->to_place, &m->m);
	return next;
}

int64_t
seats_turn(struct call_control *b, int64_t now)
{
	int64_t over;

	if (!b->seats.count)
		return INT64_MAX;
	over = tidy(b, now);
	return int64_min(over, ask(&b->seats, b->d, now));
}
