/* ours.h - the product's own pacing as a rule of the simulator. */
#ifndef BENCH_PACING_OURS_H
#define BENCH_PACING_OURS_H

struct rule;

/* The limit of abandoned calls is the law's. */
extern const struct rule rule_outdial;
/* arg[0] is the limit. */
extern const struct rule rule_outdial_limit;
/* arg[0] is the caution, whatever the hour. */
extern const struct rule rule_outdial_caution;

#endif
