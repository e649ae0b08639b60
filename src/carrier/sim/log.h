/*
 * log.h - records what the simulated carrier was told to place, before it acts
 * on it.  Tests compare the ledger with this log.
 *
 * The log has one line for every PLACE that was read in time, refused ones
 * too, written with one write(2) each:
 *     wall clock in microseconds <tab> id of the attempt <tab> number
 * The file of events, if one is wanted, has what became of them:
 *     wall clock <tab> id <tab> number <tab> word [<tab> words...]
 */
#ifndef CARRIER_SIM_LOG_H
#define CARRIER_SIM_LOG_H

#include <stdint.h>

struct fault;

struct sim_log {
	int places, events; /* descriptors; events -1: not wanted */
};

/* 'events' may be "". */
int sim_log_open(struct sim_log *log, const char *places, const char *events,
		 struct fault *f);
void sim_log_close(struct sim_log *log);

/* -1 when the line could not be written: then nothing may be placed. */
int sim_log_place(struct sim_log *log, int64_t wall_us, const char *id,
		  const char *number);

void sim_log_event(struct sim_log *log, int64_t wall_us, const char *id,
		   const char *number, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

#endif
