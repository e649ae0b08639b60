#include "base/clock.h"

#include <time.h>

static int64_t
read_us(clockid_t id)
{
	struct timespec t;

	/* Both clocks exist on every Linux, so it cannot fail. */
	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * US_PER_S + t.tv_nsec / 1000;
}

int64_t
clock_wall_us(void)
{
	return read_us(CLOCK_REALTIME);
}

int64_t
clock_boot_us(void)
{
	return read_us(CLOCK_BOOTTIME);
}

void
clock_sleep_us(int64_t us)
{
	struct timespec t = { .tv_sec = us / US_PER_S,
			      .tv_nsec = us % US_PER_S * 1000 };

	if (us > 0)
		nanosleep(&t, NULL);
}
