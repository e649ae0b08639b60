#include "tests/fuzz/client.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fault.h"
#include "tests/fuzz/fuzz.h"

#define IN_MOST 16384

static int64_t now = 1000 * US_PER_S;

struct heard {
	int phase, ends;
};

static int64_t
clock_now(void)
{
	return now;
}

static void
hear(void *arg, const struct cr_event *ev)
{
	struct heard *h = arg;

	MUST(memchr(ev->detail, 0, sizeof(ev->detail)));
	MUST(ev->age_us >= -1);
	if (strcmp(ev->call_id, FUZZ_CALL) != 0 || ev->kind == CR_LISTED)
		return;
	MUST(!h->ends && (int)ev->phase >= h->phase);
	h->phase = (int)ev->phase;
	h->ends += ev->kind == CR_ENDED;
	if (ev->kind == CR_ENDED)
		MUST(ev->outcome < OUTCOME_MAX);
}

static void
say(int fd, const char *p, size_t len)
{
	MUST(send(fd, p, len, MSG_NOSIGNAL) == (ssize_t)len);
}

static void
say_input(int fd, const char *id, const uint8_t *data, size_t size)
{
	char out[IN_MOST];
	size_t n = 0, len = strlen(id);

	for (size_t i = 0; i < size && n + len < sizeof(out); i++) {
		if (data[i] == '%') {
			memcpy(out + n, id, len);
			n += len;
		} else {
			out[n++] = (char)data[i];
		}
	}
	say(fd, out, n);
}

static void
turn(struct carrier *c, int64_t by)
{
	now += by;
	c->ops->dispatch(c, now);
}

/* What was said is there, though the machine is busy: then it is read. */
static void
arrives(struct carrier *c)
{
	struct pollfd p = { .fd = c->ops->poll_fd(c), .events = POLLIN };

	poll(&p, 1, 100);
	turn(c, 1);
}

static void
place(struct carrier *c)
{
	struct cr_place p = { .call_id = FUZZ_CALL,
			      .to = "4930123",
			      .from = "4930456",
			      .bot = "b",
			      .seated = true,
			      .vars = "{}",
			      .ring_ms = 30000,
			      .max_call_ms = 60000,
			      .not_after_boot_us = now + US_PER_S };

	MUST(c->ops->place(c, &p) == CR_OK);
}

int
fuzz_client(const struct fuzz_client *how, const uint8_t *data, size_t size)
{
	struct heard heard = { 0 };
	char address[128];
	int in = how->listen(address, sizeof(address)), fd;
	struct cr_conf conf = { .kind = how->kind,
				.address = address,
				.ami = how->ami,
				.node = "n",
				.site = "s",
				.event = hear,
				.arg = &heard,
				.clock_boot_us = clock_now };
	struct carrier *c;
	struct fault f;

	MUST(!carrier_open(&c, &conf, &f));
	turn(c, US_PER_S);
	while ((fd = accept(in, NULL, NULL)) < 0)
		turn(c, 1);
	for (const char *const *line = how->greeting; *line; line++) {
		say(fd, *line, strlen(*line));
		arrives(c);
	}
	place(c);
	say_input(fd, how->id, data, size);
	turn(c, 1);
	turn(c, 20 * US_PER_S);
	close(fd);
	turn(c, 1);
	turn(c, 600 * US_PER_S);
	MUST(heard.ends <= 1);
	c->ops->close(c);
	for (int left; (left = accept(in, NULL, NULL)) >= 0;)
		close(left);
	return 0;
}
