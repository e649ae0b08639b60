/* The clocks tick in microseconds. */
#include <time.h>

#include "base/clock.h"
#include "tests/tap.h"

int
main(void)
{
	int64_t before = (int64_t)time(NULL) - 1;
	int64_t wall = clock_wall_us();
	int64_t last = clock_boot_us(), first = last;
	bool forward = true;

	ok(wall / US_PER_S >= before && wall / US_PER_S <= before + 10,
	   "the wall clock is the time of day");
	/* Until it has moved: both clocks have a resolution below 1 us. */
	while (last == first) {
		int64_t now = clock_boot_us();

		forward = forward && now >= last;
		last = now;
	}
	ok(forward, "the boot clock never goes back");
	ok(last - first < US_PER_S, "the boot clock moves in small steps");
	return tap_done();
}
