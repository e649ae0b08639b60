#include "tests/bench/pacing/sim.h"

#include <err.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum event_kind { EVENT_RUNG, EVENT_TALKED, EVENT_GONE, EVENT_TICK };

struct sim_event {
	double at;
	int64_t number; /* of the event, so that the order is one */
	enum event_kind kind;
	int call;
	double sent; /* tells a call from the one that had its place before */
};

static void *
grown(void *old, size_t n, size_t size)
{
	void *p = reallocarray(old, n, size);

	if (!p)
		err(1, "memory");
	return p;
}

/* --- chance -------------------------------------------------------------- */

static uint64_t
mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
	return x ^ (x >> 31);
}

/* Within (0, 1): number 'which' of a call. */
static double
chance(const struct sim *s, int64_t call, int which)
{
	uint64_t x = mix(mix(mix(s->seed) ^ (uint64_t)call) ^ (uint64_t)which);

	return ((double)(x >> 11) + 0.5) * 0x1p-53;
}

static double
lognormal(const struct sim *s, int64_t call, int which, double mean,
	  double sigma)
{
	double normal = sqrt(-2 * log(chance(s, call, which))) *
			cos(2 * M_PI * chance(s, call, which + 1));

	return mean * exp(sigma * normal - sigma * sigma / 2);
}

double
sim_lognormal(double x, double mean, double sigma)
{
	if (x <= 0)
		return 0;
	return 0.5 * erfc(-(log(x / mean) + sigma * sigma / 2) / sigma /
			  M_SQRT2);
}

/* Between points (hour of the day, rate). */
static double
between(const double (*points)[2], int n, double hour)
{
	for (int i = n - 1; i > 0; i--)
		if (hour >= points[i - 1][0]) {
			double part = (hour - points[i - 1][0]) /
				      (points[i][0] - points[i - 1][0]);

			return points[i - 1][1] +
			       part * (points[i][1] - points[i - 1][1]);
		}
	return points[0][1];
}

double
sim_answer_rate(char trace, double at)
{
	static const double morning_a[][2] = { { 8, 0.30 }, { 12, 0.15 } };
	static const double later_a[][2] = { { 12, 0.45 },
					     { 15, 0.60 },
					     { 20, 0.10 } };
	static const double morning_b[][2] = { { 8, 0.20 }, { 12, 0.60 } };
	static const double later_b[][2] = { { 12, 0.10 }, { 20, 0.35 } };
	double hour = 8 + at / 3600;

	switch (trace) {
	case 'A':
		return hour < 12 ? between(morning_a, 2, hour)
				 : between(later_a, 3, hour);
	case 'B':
		return hour < 12 ? between(morning_b, 2, hour)
				 : between(later_b, 2, hour);
	case 'W':
		return 0.20 + 0.08 * sin(2 * M_PI * hour * 2);
	default:
		return 0.30;
	}
}

/* --- events -------------------------------------------------------------- */

static bool
is_sooner(const struct sim_event *a, const struct sim_event *b)
{
	return a->at < b->at || (a->at == b->at && a->number < b->number);
}

static void
push(struct sim *s, double at, enum event_kind kind, int call)
{
	struct sim_event e = { .at = at,
			       .number = s->number++,
			       .kind = kind,
			       .call = call,
			       .sent = kind == EVENT_TICK ? 0
							  : s->calls[call].sent };
	int i = s->heap_count++;

	if (i == s->heap_room) {
		s->heap_room = i ? 2 * i : 1024;
		s->heap = grown(s->heap, (size_t)s->heap_room, sizeof(e));
	}
	for (; i > 0 && is_sooner(&e, &s->heap[(i - 1) / 2]); i = (i - 1) / 2)
		s->heap[i] = s->heap[(i - 1) / 2];
	s->heap[i] = e;
}

static struct sim_event
pop(struct sim *s)
{
	struct sim_event first = s->heap[0], e = s->heap[--s->heap_count];
	int i = 0, next;

	while ((next = 2 * i + 1) < s->heap_count) {
		if (next + 1 < s->heap_count &&
		    is_sooner(&s->heap[next + 1], &s->heap[next]))
			next++;
		if (is_sooner(&e, &s->heap[next]))
			break;
		s->heap[i] = s->heap[next];
		i = next;
	}
	s->heap[i] = e;
	return first;
}

/* --- calls --------------------------------------------------------------- */

static int
new_call(struct sim *s)
{
	int i = s->free;

	if (i < 0) {
		int room = s->room ? 2 * s->room : 256;
		size_t n = (size_t)room;

		s->calls = grown(s->calls, n, sizeof(*s->calls));
		s->rings.list = grown(s->rings.list, n, sizeof(int));
		s->talks.list = grown(s->talks.list, n, sizeof(int));
		for (int k = room - 1; k >= s->room; k--) {
			s->calls[k].at = s->free;
			s->free = k;
		}
		i = s->room;
		s->room = room;
	}
	s->free = s->calls[i].at;
	return i;
}

static void
free_call(struct sim *s, int i)
{
	s->calls[i] = (struct sim_call){ .at = s->free };
	s->free = i;
}

static void
enter(struct sim *s, struct sim_set *set, int i)
{
	s->calls[i].at = set->count;
	set->list[set->count++] = i;
}

static void
leave(struct sim *s, struct sim_set *set, int i)
{
	int last = set->list[--set->count];

	set->list[s->calls[i].at] = last;
	s->calls[last].at = s->calls[i].at;
}

static struct sim_minute *
minute(struct sim *s)
{
	return &s->minutes[(int)(s->now / 60)];
}

static void
place_one(struct sim *s, bool seated)
{
	int i = new_call(s);
	int64_t no = s->sent++;
	struct sim_call *c = &s->calls[i];

	*c = (struct sim_call){ .p = sim_answer_rate(s->trace, s->now),
				.sent = s->now,
				.seated = seated };
	c->answers = chance(s, no, 0) < c->p;
	c->talk = lognormal(s, no, 1, SIM_TALK_S, SIM_TALK_SIGMA);
	if (c->answers)
		c->delay = fmin(lognormal(s, no, 3, SIM_ANSWER_S,
					  SIM_ANSWER_SIGMA),
				SIM_RING_S);
	else
		c->delay = chance(s, no, 5) < SIM_BUSY_SHARE ? SIM_BUSY_S
							     : SIM_RING_S;
	enter(s, &s->rings, i);
	s->rung_by_second[(int64_t)s->now % 256]++;
	s->held_by_second[(int64_t)s->now % 256] += seated;
	s->held += seated;
	minute(s)->sent++;
	push(s, s->now + c->delay, EVENT_RUNG, i);
}

void
sim_place(struct sim *s, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
		place_one(s, false);
}

void
sim_place_seated(struct sim *s, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
		place_one(s, true);
}

int64_t
sim_live(const struct sim *s)
{
	return s->talks.count + s->waits + s->rings.count;
}

int
sim_hour(const struct sim *s)
{
	return (int)(s->now / 3600);
}

static void
tell(struct sim *s, enum sim_news news)
{
	if (s->rule->happened)
		s->rule->happened(s, news);
}

static void
talk(struct sim *s, int i)
{
	struct sim_call *c = &s->calls[i];

	c->state = CALL_TALKS;
	c->began = s->now;
	s->began += s->now;
	enter(s, &s->talks, i);
	push(s, s->now + c->talk, EVENT_TALKED, i);
}

static bool
has_seat(const struct sim *s)
{
	return s->talks.count + s->held < s->seats;
}

/* The caller who has waited longest takes the seat. */
static void
seat_next(struct sim *s)
{
	if (s->queue_from == s->queue_to || !has_seat(s))
		return;
	s->waits--;
	talk(s, s->queue[s->queue_from++ % SIM_QUEUE]);
}

static void
answered(struct sim *s, int i)
{
	struct sim_call *c = &s->calls[i];

	s->answered++;
	s->hours[sim_hour(s)].answered++;
	minute(s)->answered++;
	s->delays[(int64_t)s->now - (int64_t)c->sent]++;
	tell(s, SIM_ANSWERED);
	if (has_seat(s)) {
		talk(s, i);
		return;
	}
	c->state = CALL_WAITS;
	if (++s->waits > SIM_QUEUE)
		errx(1, "more than %d callers wait", SIM_QUEUE);
	s->queue[s->queue_to++ % SIM_QUEUE] = i;
	push(s, s->now + SIM_GRACE_S, EVENT_GONE, i);
}

static void
rung(struct sim *s, int i)
{
	struct sim_call *c = &s->calls[i];

	leave(s, &s->rings, i);
	s->rung_by_second[(int64_t)c->sent % 256]--;
	s->held_by_second[(int64_t)c->sent % 256] -= c->seated;
	s->held -= c->seated;
	minute(s)->setup += c->delay;
	if (c->answers) {
		answered(s, i);
		return;
	}
	s->ended++;
	minute(s)->ended++;
	free_call(s, i);
	tell(s, SIM_FAILED);
	seat_next(s);
}

static void
talked(struct sim *s, int i)
{
	struct sim_call *c = &s->calls[i];

	leave(s, &s->talks, i);
	s->began -= c->began;
	s->ended++;
	minute(s)->ended++;
	minute(s)->talked++;
	minute(s)->talk += c->talk;
	free_call(s, i);
	tell(s, SIM_TALKED);
	seat_next(s);
}

/* Callers wait equally long, so it is the first of the queue. */
static void
gone(struct sim *s, int i)
{
	s->queue_from++;
	s->waits--;
	s->abandoned++;
	s->ended++;
	s->hours[sim_hour(s)].abandoned++;
	minute(s)->abandoned++;
	minute(s)->ended++;
	free_call(s, i);
	tell(s, SIM_ABANDONED);
}

/* --- the day -------------------------------------------------------------- */

/* False when nothing came of it. */
static bool
happen(struct sim *s, const struct sim_event *e)
{
	switch (e->kind) {
	case EVENT_RUNG:
		rung(s, e->call);
		return true;
	case EVENT_TALKED:
		talked(s, e->call);
		return true;
	case EVENT_GONE:
		if (s->calls[e->call].sent != e->sent ||
		    s->calls[e->call].state != CALL_WAITS)
			return false;
		gone(s, e->call);
		return true;
	default:
		push(s, e->at + s->rule->tick, EVENT_TICK, 0);
		s->rule->decide(s);
		return false;
	}
}

void
sim_run(struct sim *s)
{
	s->free = -1;
	push(s, 0, EVENT_TICK, 0);
	while (s->heap_count) {
		struct sim_event e = pop(s);
		double at = fmin(e.at, s->until);

		s->busy += (at - s->now) * s->talks.count;
		s->now = at;
		if (e.at >= s->until)
			return;
		if (happen(s, &e) && s->rule->events)
			s->rule->decide(s);
	}
}

void
sim_free(struct sim *s)
{
	free(s->calls);
	free(s->rings.list);
	free(s->talks.list);
	free(s->heap);
	free(s->memory);
}

/* --- figures -------------------------------------------------------------- */

struct sim_minute
sim_last(const struct sim *s, int minutes)
{
	int now = (int)(s->now / 60);
	struct sim_minute sum = { .sent = 0 };

	for (int i = now; i >= 0 && i > now - minutes; i--) {
		const struct sim_minute *m = &s->minutes[i];

		sum.sent += m->sent;
		sum.ended += m->ended;
		sum.answered += m->answered;
		sum.abandoned += m->abandoned;
		sum.talked += m->talked;
		sum.talk += m->talk;
		sum.setup += m->setup;
	}
	return sum;
}

static double
percent(int64_t part, int64_t whole)
{
	return whole > 0 ? 100 * (double)part / (double)whole : 0;
}

double
sim_abandoned(const struct sim *s)
{
	return percent(s->abandoned, s->answered);
}

double
sim_worst(const struct sim *s)
{
	double worst = 0;

	for (int i = 0; i < SIM_HOURS; i++)
		worst = fmax(worst, percent(s->hours[i].abandoned,
					    s->hours[i].answered));
	return worst;
}

int
sim_hours_above(const struct sim *s, double most)
{
	int n = 0;

	for (int i = 0; i < SIM_HOURS; i++)
		n += percent(s->hours[i].abandoned, s->hours[i].answered) >
		     most;
	return n;
}

double
sim_busy(const struct sim *s)
{
	return s->busy / s->seats / s->until;
}
