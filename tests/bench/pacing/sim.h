/*
 * sim.h - a simulated day of one campaign, to compare rules of pacing: 08:00 to
 * 20:00, one kind of call, no limit but the seats.
 *
 * A call is answered with a probability that changes over the day (the trace),
 * after 12 s on average, else busy after 2 s or not answered at 45 s.  Who
 * answers and finds no seat waits 2 s, then it is abandoned.  Call number i has
 * its own random numbers, so every rule dials the same list.  Not there:
 * wrap-up, retries, several carriers, their limits, seats that come and go.
 */
#ifndef BENCH_PACING_SIM_H
#define BENCH_PACING_SIM_H

#include <stdbool.h>
#include <stdint.h>

#define SIM_HOURS 12
#define SIM_GRACE_S 2.0
#define SIM_TALK_S 90.0
#define SIM_TALK_SIGMA 1.0
#define SIM_ANSWER_S 12.0
#define SIM_ANSWER_SIGMA 0.5
#define SIM_RING_S 45.0
#define SIM_BUSY_S 2.0
#define SIM_BUSY_SHARE 0.2
#define SIM_DELAYS 121
#define SIM_QUEUE 8192 /* callers who wait, at most */

struct sim;

enum sim_news { SIM_ANSWERED, SIM_FAILED, SIM_TALKED, SIM_ABANDONED };

/* A rule of pacing.  decide() is asked after every event if 'events', and each
 * 'tick' seconds; it calls sim_place(). */
struct rule {
	const char *name;
	bool events;
	double tick;
	void (*decide)(struct sim *s);
	void (*happened)(struct sim *s, enum sim_news news); /* or NULL */
	double arg[3];
};

enum call_state { CALL_RINGS, CALL_WAITS, CALL_TALKS };

struct sim_call {
	double p; /* of being answered, when it was placed */
	double sent, began; /* began: to talk */
	double delay, talk; /* until it is answered or fails; of talk */
	bool answers, seated; /* seated: it has a seat while it rings */
	enum call_state state;
	int at; /* its place among those of its state; or the next free one */
};

/* Calls of a state, as indices. */
struct sim_set {
	int *list, count;
};

struct sim_minute {
	int sent, ended, answered, abandoned, talked;
	double talk, setup;
};

struct sim {
	int seats;
	char trace; /* 'A', 'B', 'C' or 'W' */
	uint64_t seed;
	double until; /* seconds since 08:00 */
	const struct rule *rule;
	double now;
	struct sim_call *calls;
	struct sim_set rings, talks;
	int waits;
	int held; /* seats of calls that ring */
	/* so far */
	int64_t sent, answered, abandoned, ended;
	double busy; /* seconds of seats */
	struct {
		int answered, abandoned;
	} hours[SIM_HOURS + 1];
	struct sim_minute minutes[SIM_HOURS * 60 + 1];
	/* what the product reads */
	int64_t rung_by_second[256], held_by_second[256], delays[SIM_DELAYS];
	double began; /* of those who talk, in total */
	void *memory; /* of the rule; freed at the end */
	/* within sim.c */
	struct sim_event *heap;
	int heap_count, heap_room, free, room;
	int64_t number;
	int queue[SIM_QUEUE];
	int64_t queue_from, queue_to;
};

/* Runs s->rule for the given seats, trace, seed and time; all else is zero.
 * Its figures stay until sim_free(). */
void sim_run(struct sim *s);
void sim_free(struct sim *s);

/* Places calls; none if n is not positive.  With a seat, if there are fewer
 * calls than seats, a call has it from now on. */
void sim_place(struct sim *s, int64_t n);
void sim_place_seated(struct sim *s, int64_t n);
int64_t sim_live(const struct sim *s);
int sim_hour(const struct sim *s);

/* The share that answers at that time. */
double sim_answer_rate(char trace, double at);

/* The sums of the last minutes, this one included. */
struct sim_minute sim_last(const struct sim *s, int minutes);

/* P(X < x) of a log-normal distribution with that mean. */
double sim_lognormal(double x, double mean, double sigma);

/* In percent: of the day, and the worst hour. */
double sim_abandoned(const struct sim *s);
double sim_worst(const struct sim *s);
int sim_hours_above(const struct sim *s, double percent);
double sim_busy(const struct sim *s);

#endif
