/* 20,000 calls at a time, 5,000 a second: every one ends once, and neither
 * side needs much. */
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fault.h"
#include "carrier/idmap.h"
#include "tests/carrier/rig.h"
#include "tests/tap.h"

#define CALLS 20000
#define RATE 5000
#define GIVE_UP_US (60 * US_PER_S)

static uint8_t ends[CALLS];
static size_t ended, doubled, up;

static void
hear(void *arg, const struct cr_event *ev)
{
	(void)arg;
	if (ev->kind == CR_UP)
		up++;
	if (ev->kind != CR_ENDED)
		return;
	ended++;
	doubled += ends[strtoul(ev->call_id + 24, NULL, 16)]++ > 0;
}

/* In megabytes; in milliseconds of processor. */
static long
peak_mb(pid_t pid)
{
	char path[64], line[128];
	long kb = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	file = fopen(path, "r");
	while (fgets(line, sizeof(line), file)) {
		if (strncmp(line, "VmHWM:", 6) == 0)
			kb = strtol(line + 6, NULL, 10);
	}
	fclose(file);
	return kb / 1024;
}

static long
cpu_ms(pid_t pid)
{
	char path[64], line[1024];
	unsigned long user = 0, system_time = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "r");
	if (fgets(line, sizeof(line), file))
		sscanf(strrchr(line, ')') + 2,
		       "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
		       &user, &system_time);
	fclose(file);
	return (long)((user + system_time) * 1000 /
		      (unsigned long)sysconf(_SC_CLK_TCK));
}

static void
turn(struct carrier *c, int ms)
{
	struct pollfd p = { .fd = c->ops->poll_fd(c), .events = POLLIN };

	poll(&p, 1, ms);
	c->ops->dispatch(c, clock_boot_us());
}

static void
call_id_of(unsigned n, char out[static UUID_TEXT])
{
	snprintf(out, UUID_TEXT, "00000000-0001-8001-8000-%012x", n);
}

static enum cr_err
place(struct carrier *c, unsigned n)
{
	char id[UUID_TEXT], to[16];
	struct cr_place p = { .call_id = id,
			      .to = to,
			      .from = "4930555",
			      .bot = "bot",
			      .seated = true,
			      .vars = "{}",
			      .ring_ms = 30000,
			      .max_call_ms = 60000,
			      .not_after_boot_us = INT64_MAX };

	call_id_of(n, id);
	snprintf(to, sizeof(to), "49%08u", n);
	return c->ops->place(c, &p);
}

/* As many a second as asked, however the turns fall. */
static int64_t
place_all(struct carrier *c, unsigned *refused)
{
	int64_t start = clock_boot_us();
	unsigned n = 0;

	while (n < CALLS) {
		int64_t due = (clock_boot_us() - start) * RATE / US_PER_S;

		while (n < CALLS && n < due) {
			if (place(c, n) != CR_OK) {
				++*refused;
				break;
			}
			n++;
		}
		turn(c, 1);
	}
	return clock_boot_us() - start;
}

static void
hang_up_all(struct carrier *c)
{
	char id[UUID_TEXT];

	for (unsigned n = 0; n < CALLS; n++) {
		call_id_of(n, id);
		c->ops->hangup(c, id, 16);
		if (n % 100 == 0)
			turn(c, 0);
	}
}

int
main(void)
{
	/* No call ends before we hang up. */
	static const char *const settings[] = {
		"answer=100",	     "voicemail=0",	  "busy=0",
		"no_answer=0",	     "rejected=0",	  "unreachable=0",
		"invalid=0",	     "congestion=0",	  "ring_min_ms=1000",
		"ring_max_ms=2000",  "talk_min_ms=60000", "talk_mean_ms=60000",
		"talk_max_ms=60000", "events_log=",	  NULL
	};
	struct cr_conf conf = {
		.kind = "sim", .node = "n", .site = "s", .event = hear
	};
	struct cr_stats stats;
	struct carrier *c;
	struct fault f;
	struct rig rig;
	int64_t took, give_up;
	unsigned refused = 0;

	rig_open(&rig, CARRIER_SIM);
	rig_start(&rig, settings);
	conf.address = rig.address;
	carrier_open(&c, &conf, &f);
	while (!up)
		turn(c, 10);
	took = place_all(c, &refused);
	c->ops->stats(c, &stats);
	is_int((int64_t)stats.calls, CALLS, "all calls are in flight at once");
	ok(took < 8 * US_PER_S, "all calls are placed within 8 s");
	printf("# %d calls in %lld ms, %u tries refused\n", CALLS,
	       took / US_PER_MS, refused);
	hang_up_all(c);
	give_up = clock_boot_us() + GIVE_UP_US;
	while (ended < CALLS && clock_boot_us() < give_up)
		turn(c, 50);
	is_int((int64_t)ended, CALLS, "every call ends");
	is_int((int64_t)doubled, 0, "no call ends twice");
	is_int((int64_t)rig_logged(rig.log, NULL), CALLS,
	       "the log has one line for each call");
	c->ops->stats(c, &stats);
	is_int((int64_t)stats.calls, 0, "no call is left in memory");
	printf("# outdial-sim: %ld MB, %ld ms of processor; client: %ld MB, "
	       "%ld ms\n",
	       peak_mb(rig.far_end), cpu_ms(rig.far_end), peak_mb(getpid()),
	       cpu_ms(getpid()));
	ok(peak_mb(rig.far_end) < 32, "the carrier needs less than 32 MB");
	ok(cpu_ms(rig.far_end) < 4000,
	   "the carrier needs less than 4 s of processor time");
	c->ops->close(c);
	rig_close(&rig);
	return tap_done();
}
