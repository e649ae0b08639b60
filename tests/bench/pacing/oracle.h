/*
 * oracle.h - a rule that knows what no dialler knows: the share that will
 * answer, all distributions, and how long each call has lasted; not how it
 * ends.  The best of those tried, not proven to be the best there is.
 *
 * It places calls while the last one would find all seats taken with at most
 * some probability, on average over five points of the answer delay.  The
 * probability grows with what the clock hour may still lose.
 */
#ifndef BENCH_PACING_ORACLE_H
#define BENCH_PACING_ORACLE_H

struct rule;

/* The best for so many seats. */
const struct rule *oracle_rule(int seats);

#endif
