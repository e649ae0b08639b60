/*
 * exchange.h - the telephone exchange inside outdial-sim: all calls, what is
 * due next, and for a while the results of those that ended.
 *
 * It knows no sockets: the caller passes the time to each function, and lines
 * to the owner of a call (a number that the server gave) go through a callback.
 * A call outlives its owner.
 */
#ifndef CARRIER_SIM_EXCHANGE_H
#define CARRIER_SIM_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "carrier/sim/dice.h"
#include "carrier/sim/log.h"

struct exchange;

/* Sends one line to an owner, if it is still connected. */
typedef void exchange_say_fn(void *arg, unsigned owner, const char *line);

struct exchange_conf {
	struct sim_dice dice;
	int64_t cps, channels; /* 0: no limit */
	int64_t remember_us;   /* how long an ended call is known */
	struct sim_log *log;
	exchange_say_fn *say;
	void *arg;
};

/* The words of a PLACE line. */
struct exchange_order {
	const char *id, *number;
	int64_t ring_ms, max_ms;
	unsigned owner;
	uint32_t site;
	bool seated; /* the bot is joined without exchange_join() */
	bool late;   /* read after its time: refused, and not logged as placed */
};

struct exchange *exchange_new(const struct exchange_conf *conf);
void exchange_free(struct exchange *x);

/* Logs an order, then begins the call or says why not. */
void exchange_place(struct exchange *x, const struct exchange_order *o,
		    int64_t wall, int64_t now);

/* Its seat is free: the bot of an answered call is joined. */
void exchange_join(struct exchange *x, const char *id, unsigned owner,
		   int64_t now);

/* Ends a call now; 'cancel' only changes what is logged and reported as the
 * reason. */
void exchange_end(struct exchange *x, const char *id, unsigned owner,
		  bool cancel, int q850, int64_t wall, int64_t now);

/* Reports the phase or the end of a call, and makes 'owner' its owner. */
void exchange_query(struct exchange *x, const char *id, unsigned owner,
		    int64_t now);

void exchange_list(struct exchange *x, uint32_t site, unsigned owner,
		   int64_t now);

/* Does what is due; returns when the next step is due, -1: there is none. */
int64_t exchange_run(struct exchange *x, int64_t wall, int64_t now);

/* Calls that are up. */
size_t exchange_calls(const struct exchange *x);

#endif
