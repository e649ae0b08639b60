/* A thread that yields to another on its processor learns that the other ran.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "base/cpu_pressure.h"
#include "tests/tap.h"

#define YIELDS 200

static atomic_bool over;

static void *
hog(void *nothing)
{
	while (!atomic_load(&over))
		cpu_yield();
	return nothing;
}

int
main(void)
{
	struct cpu_pressure pressure = { 0 };
	int64_t met = 0;
	pthread_t other;
	cpu_set_t one;
	int here = sched_getcpu();

	CPU_ZERO(&one);
	CPU_SET(here < 0 ? 0 : here, &one);
	if (!ok(sched_setaffinity(0, sizeof(one), &one) == 0,
		"all threads run on one processor"))
		return tap_done();
	/* each of the two threads runs only when the other one yields */
	pthread_create(&other, NULL, hog, NULL);
	cpu_pressure_count(&pressure);
	for (int i = 0; i < YIELDS; i++)
		cpu_yield();
	met = cpu_pressure_count(&pressure);
	ok(met >= YIELDS / 2, "the other thread ran at most of the yields");
	ok(cpu_pressure_count(&pressure) < YIELDS / 2,
	   "each switch is counted once");
	atomic_store(&over, true);
	pthread_join(other, NULL);
	return tap_done();
}
