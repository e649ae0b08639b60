/* Whatever a carrier says on its line: no call ends twice or goes backwards,
 * and what is told holds no control bytes.  In an input "%" stands for the id
 * of the call that was placed. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fault.h"
#include "carrier/carrier.h"
#include "tests/fuzz/fuzz.h"
#include "tests/temp.h"

#define ID "11111111-0000-8000-8000-000000000001"

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
	if (strcmp(ev->call_id, ID) != 0 || ev->kind == CR_LISTED)
		return;
	MUST(!h->ends && (int)ev->phase >= h->phase);
	h->phase = (int)ev->phase;
	h->ends += ev->kind == CR_ENDED;
	if (ev->kind == CR_ENDED)
		MUST(ev->outcome < OUTCOME_MAX);
}

static int
listener(char *path, size_t size)
{
	static int fd = -1;
	static struct sockaddr_un un = { .sun_family = AF_UNIX };

	if (fd < 0) {
		close(mkstemp(temp_template(un.sun_path, "fuzz")));
		unlink(un.sun_path);
		fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
		MUST(fd >= 0 && !bind(fd, (struct sockaddr *)&un, sizeof(un)) &&
		     !listen(fd, 8));
	}
	snprintf(path, size, "%s", un.sun_path);
	return fd;
}

static void
say(int fd, const char *p, size_t len)
{
	MUST(send(fd, p, len, MSG_NOSIGNAL) == (ssize_t)len);
}

static void
say_input(int fd, const uint8_t *data, size_t size)
{
	char out[16384];
	size_t n = 0;

	for (size_t i = 0; i < size && n + sizeof(ID) < sizeof(out); i++) {
		if (data[i] == '%') {
			memcpy(out + n, ID, sizeof(ID) - 1);
			n += sizeof(ID) - 1;
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

static void
place(struct carrier *c)
{
	struct cr_place p = { .call_id = ID,
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
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct heard heard = { 0 };
	char path[108];
	int in = listener(path, sizeof(path)), fd;
	struct cr_conf conf = { .kind = "sim",
				.address = path,
				.node = "n",
				.site = "s",
				.event = hear,
				.arg = &heard,
				.clock_boot_us = clock_now };
	struct carrier *c;
	struct fault f;

	MUST(!carrier_open(&c, &conf, &f));
	turn(c, US_PER_S);
	fd = accept(in, NULL, NULL);
	MUST(fd >= 0);
	say(fd, "BOOT\tone\n", 9);
	turn(c, 1);
	place(c);
	say_input(fd, data, size);
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
