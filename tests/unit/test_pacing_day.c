/* A simulated day at 50 seats: nobody loses more than 3 % (doc/product.md 6.3,
 * 6.4).  tests/bench/pacing has other days and rules, and an oracle. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/bench/pacing/ours.h"
#include "tests/bench/pacing/peers.h"
#include "tests/bench/pacing/sim.h"
#include "tests/tap.h"

#define SEED 1
#define SEATS 50

/* Trace A falls from 30 % to 15 % until noon and then is 45 % at once. */
static struct sim day;

static void
run(double hours, const struct rule *rule)
{
	day = (struct sim){ .seats = SEATS,
			    .trace = 'A',
			    .seed = SEED,
			    .until = hours * 3600,
			    .rule = rule };
	sim_run(&day);
}

int
main(void)
{
	double usual;

	run(SIM_HOURS, &rule_outdial);
	usual = sim_busy(&day);
	printf("# %.3f busy, %.2f %% abandoned, %.2f %% in the worst hour\n",
	       usual, sim_abandoned(&day), sim_worst(&day));
	is_int(sim_hours_above(&day, 3), 0, "no hour has more than 3 %");
	ok(usual > 0.89, "seats are busy for 89 % of the time");
	ok(sim_abandoned(&day) > 1, "what may be lost is used");
	is_int(day.sent, day.ended + sim_live(&day), "each call has an end");
	sim_free(&day);
	run(1, &peer_rules[0]);
	is_int(day.abandoned, 0, "one call for one seat loses nobody");
	ok(sim_busy(&day) < 0.7, "and leaves seats idle");
	sim_free(&day);
	return tap_done();
}
