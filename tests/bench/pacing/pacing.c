/*
 * pacing SEATS TRACE FROM TO [all] - runs the product's pacing and the oracle,
 * and with "all" other rules and the product at fixed cautions, over the days
 * with seeds FROM to TO.  Prints a line of JSON a rule.
 */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "tests/bench/pacing/oracle.h"
#include "tests/bench/pacing/ours.h"
#include "tests/bench/pacing/peers.h"
#include "tests/bench/pacing/sim.h"

#define LEGAL 3.0 /* percent */

struct days {
	int64_t seats, from, to;
	char trace;
};

static void
run(const struct days *d, const struct rule *rule)
{
	struct sim *s = malloc(sizeof(*s));
	double busy = 0, abandoned = 0, worst = 0, worst_of_all = 0;
	int above = 0, n = (int)(d->to - d->from) + 1;

	if (!s)
		err(1, "memory");
	for (int64_t seed = d->from; seed <= d->to; seed++) {
		*s = (struct sim){ .seats = (int)d->seats,
				   .trace = d->trace,
				   .seed = (uint64_t)seed,
				   .until = SIM_HOURS * 3600,
				   .rule = rule };
		sim_run(s);
		busy += sim_busy(s) / n;
		abandoned += sim_abandoned(s) / n;
		worst += sim_worst(s) / n;
		above += sim_hours_above(s, LEGAL);
		if (sim_worst(s) > worst_of_all)
			worst_of_all = sim_worst(s);
		sim_free(s);
	}
	free(s);
	printf("{\"trace\":\"%c\",\"seats\":%" PRId64 ",\"rule\":\"%s\",\"arg\":%g,"
	       "\"busy\":%.4f,\"abandoned\":%.3f,\"worst\":%.2f,"
	       "\"worst_of_all\":%.2f,\"above\":%d,\"hours\":%d}\n",
	       d->trace, d->seats, rule->name, rule->arg[0], busy, abandoned,
	       worst, worst_of_all, above, n * SIM_HOURS);
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	static const double cautions[] = { -8,	-4,  -2, -1, -0.5, 0, 0.5, 1,
					   1.5, 2,   2.5, 3, 4,	   5, 6,   7 };
	struct rule fixed = rule_outdial_caution;
	struct days d;

	if (argc < 5 || text_int(argv[1], &d.seats) ||
	    text_int(argv[3], &d.from) || text_int(argv[4], &d.to))
		errx(2, "SEATS TRACE FROM TO [all]");
	d.trace = *argv[2];
	run(&d, &rule_outdial);
	run(&d, oracle_rule((int)d.seats));
	if (argc < 6)
		return 0;
	for (size_t i = 0; i < peer_rule_count; i++)
		run(&d, &peer_rules[i]);
	for (size_t i = 0; i < sizeof(cautions) / sizeof(*cautions); i++) {
		fixed.arg[0] = cautions[i];
		run(&d, &fixed);
	}
	return 0;
}
