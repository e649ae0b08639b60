/*
 * peers.h - other rules of pacing, as they are published; in our own words.
 *
 * What of them is told per tick is asked per tick.  Where a rule sends calls at
 * a rate or has a limit of channels, its limits here are those said beside it.
 */
#ifndef BENCH_PACING_PEERS_H
#define BENCH_PACING_PEERS_H

#include <stddef.h>

#include "tests/bench/pacing/sim.h"

/* The first one is one call for one seat. */
extern const struct rule peer_rules[];
extern const size_t peer_rule_count;

#endif
