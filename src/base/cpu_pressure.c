#include "base/cpu_pressure.h"

#include <sched.h>
#include <sys/resource.h>

void
cpu_yield(void)
{
	sched_yield();
}

int64_t
cpu_pressure_count(struct cpu_pressure *c)
{
	struct rusage use;
	int64_t before = c->switches;

	getrusage(RUSAGE_THREAD, &use);
	c->switches = use.ru_nivcsw;
	return c->switches - before;
}
