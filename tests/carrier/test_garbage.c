/* Hostile bytes: from a false carrier to the client, from a false node to
 * outdial-sim. */
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/carrier/rig.h"
#include "tests/tap.h"

/* The rest of an order: a time far away, and no variables. */
#define LATER "\t999999999999999999\t1\t{}"

static struct rig rig;

static struct sockaddr_un
address(void)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };

	snprintf(un.sun_path, sizeof(un.sun_path), "%s", rig.address);
	return un;
}

static void
put(int fd, const char *s)
{
	size_t len = strlen(s);

	while (len) {
		ssize_t n = send(fd, s, len, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		s += n;
		len -= (size_t)n;
	}
}

static void
put_call(int fd, const char *verb, const char *id, const char *rest)
{
	char line[256];

	snprintf(line, sizeof(line), "%s\t%s%s\n", verb, id, rest);
	put(fd, line);
}

/* What the client writes, until a line begins with 'word'. */
static void
read_until(int fd, struct ear *e, const char *word)
{
	char buf[65536];

	for (int i = 0; i < 2000; i++) {
		ssize_t n = recv(fd, buf, sizeof(buf) - 1, MSG_DONTWAIT);

		buf[n > 0 ? n : 0] = '\0';
		if (strstr(buf, word))
			return;
		ear_turn(e, 5 * US_PER_MS);
	}
	ok(false, word);
}

/* Short lines, phases backwards, duplicates, late lines, unknown calls. */
static void
talk_nonsense(int fd, const char *id)
{
	/* clang-format off */
	static const char *const nonsense[] = {
		"\n",
		"\t\t\t\n",
		"RINGING\n",
		"RINGING\tx\n",
		"ENDED\t\n",
		"GET / HTTP/1.1\n",
		"BOOT\n",
		"BOOT\tanother\n",
		"LISTED\tx\t1\t1\n",
		"LISTEND\n",
		"ALIVE\ta\tb\tc\td\te\tf\n",
		"ENDED\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\n",
		"TAKEN\t99999999-0000-8000-8000-000000000000\n",
		"ENDED\t99999999-0000-8000-8000-000000000000\t200\t16\tx\t3\t0\t0\t0\t\n",
	};
	/* clang-format on */

	for (size_t i = 0; i < sizeof(nonsense) / sizeof(*nonsense); i++)
		put(fd, nonsense[i]);
	put_call(fd, "ALIVE", id, "\t7\t1");
	put_call(fd, "ALIVE", id, "\t-5\t1");
	put_call(fd, "RINGING", id, "");
	put_call(fd, "RINGING", id, "");
	put_call(fd, "ANSWERED", id, "");
	put_call(fd, "RINGING", id, "");
	put_call(fd, "ANSWERED", id, "");
	put_call(fd, "ALIVE", id, "\t0\t1");
	put_call(fd, "ENDED", id, "\tx\t99999999999999999999\tme\t-1\t\t\t\t");
	put_call(fd, "ENDED", id, "\t200\t16\tcallee\t3\t1\t1\t1\t");
	put_call(fd, "RINGING", id, "");
}

/* 1 MB without a line's end, with control bytes in it. */
static void
shout(int fd, struct ear *e)
{
	char *big = malloc(1 << 20);

	for (int i = 0; i < 1 << 20; i++)
		big[i] = (char)(i % 255 == '\n' ? 'x' : i % 255);
	for (int i = 0; i < 1 << 20;) {
		ssize_t n = send(fd, big + i, (size_t)((1 << 20) - i),
				 MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n > 0)
			i += (int)n;
		ear_turn(e, 0);
	}
	put(fd, "\n");
	free(big);
}

static int
next_connection(int listener, struct ear *e)
{
	int fd = -1;

	for (int i = 0; fd < 0 && i < 1000; i++) {
		ear_turn(e, 10 * US_PER_MS);
		fd = accept(listener, NULL, NULL);
	}
	return fd;
}

static void
test_false_carrier(void)
{
	struct sockaddr_un un = address();
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0), fd;
	const char *id = new_id();
	struct cr_stats stats;
	struct ear e;

	bind(listener, (struct sockaddr *)&un, sizeof(un));
	listen(listener, 4);
	ear_open(&e, &rig, "node", "test", NULL);
	fd = next_connection(listener, &e);
	shout(fd, &e);
	is_int((int64_t)e.count, 0, "noise causes no event");
	put(fd, "BOOT\tb1\n");
	ok(ear_wait(&e, CR_UP, NULL, 1),
	   "a greeting after the noise brings the carrier up");
	ear_place(&e, id, "4930");
	talk_nonsense(fd, id);
	ok(ear_wait(&e, CR_ENDED, id, 1), "the call ends");
	ear_run(&e, 20 * US_PER_MS);
	is_int((int64_t)ear_count(&e, CR_RINGING, id), 1, "the call rang once");
	is_int((int64_t)ear_count(&e, CR_ANSWERED, id), 1,
	       "the call was answered once");
	is_int((int64_t)ear_count(&e, CR_ENDED, NULL), 1,
	       "the call ended once");
	is_int((int64_t)ear_count(&e, CR_RESTARTED, NULL), 0,
	       "a second greeting is no restart");
	e.c->ops->stats(e.c, &stats);
	ok(stats.garbage > 10, "the garbage was counted");
	ok(stats.up, "the carrier is still up after the garbage");

	id = new_id();
	is_int(ear_place(&e, id, "4930"), CR_OK, "another call is placed");
	put(fd, "ANSWERED\t");
	close(fd);
	ok(ear_wait(&e, CR_DOWN, NULL, 1),
	   "a connection closed within a line is reported as down");
	fd = next_connection(listener, &e);
	put(fd, "BOOT\tb1\n");
	ok(ear_wait(&e, CR_UP, NULL, 2), "the carrier comes back");
	read_until(fd, &e, "QUERY");
	put_call(fd, "GONE", id, "");
	ear_run(&e, 50 * US_PER_MS);
	/* Instead of waiting, dispatch() is given a later time. */
	e.c->ops->dispatch(e.c, clock_boot_us() + 9 * US_PER_S);
	is_int((int64_t)ear_count(&e, CR_ENDED, id), 0,
	       "a call that the carrier does not know is not lost at once");
	put_call(fd, "ENDED", id, "\t486\t17\tnetwork\t0\t0\t0\t-1\tbusy");
	ok(ear_wait(&e, CR_ENDED, id, 1),
	   "a call that the carrier knows again ends");
	is_int(ear_last(&e, CR_ENDED, id)->outcome, OUTCOME_BUSY,
	       "a call that the carrier knows again ends as busy");
	close(fd);
	close(listener);
	ear_close(&e);
	unlink(rig.address);
}

static int
call_sim(void)
{
	struct sockaddr_un un = address();
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (connect(fd, (struct sockaddr *)&un, sizeof(un)))
		return -1;
	return fd;
}

/* Everything the sim says until it closes or is silent for 100 ms. */
static char *
hear_sim(int fd)
{
	static char buf[1 << 16];
	struct timeval quiet = { .tv_usec = 100000 };
	size_t len = 0;
	ssize_t n;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &quiet, sizeof(quiet));
	while ((n = recv(fd, buf + len, sizeof(buf) - 1 - len, 0)) > 0)
		len += (size_t)n;
	buf[len] = '\0';
	return buf;
}

static void
test_false_node(void)
{
	static const char *const settings[] = { "scripted=true", NULL };
	static const char id[] = "00000000-0000-8000-8000-000000000001";
	char *big = malloc(1 << 20), *said;
	int fd;

	rig_start(&rig, settings);
	fd = call_sim();
	put_call(fd, "PLACE", id, "\t4930\t49\tbot\t1000\t1000" LATER);
	ok(strstr(hear_sim(fd), "ERROR"),
	   "an order before the greeting is an error");
	is_int((int64_t)rig_logged(rig.log, NULL), 0,
	       "no call was placed before the greeting");
	put(fd, "HELLO\tnode\tsite\t99\n");
	ok(strstr(hear_sim(fd), "ERROR"),
	   "a greeting of another version is an error");
	close(fd);

	fd = call_sim();
	memset(big, 'x', (1 << 20) - 1);
	big[(1 << 20) - 1] = '\0';
	put(fd, big);
	put(fd,
	    "\nPLACE\nPLACE\t\t\t\t\t\t\t\t\t\nQUERY\tx\nHANGUP\t\t\nLIST\tx\n"
	    "HELLO\tnode\tsite\t3\n");
	put_call(fd, "PLACE", id, "\t4930180\t49\tbot\t1000\t-1" LATER);
	put_call(fd, "PLACE", id, "\t4930180\t49\tbot\t99999999999\t1" LATER);
	put_call(fd, "PLACE", "nonsense", "\t4930180\t49\tbot\t9\t9" LATER);
	put_call(fd, "PLACE", id, "\t4930180\t49\tbot\t9\t9\tsoon\t1\t{}");
	put_call(fd, "HANGUP", id, "\tsixteen");
	said = hear_sim(fd);
	ok(strstr(said, "BOOT\t"), "a greeting after garbage is answered");
	ok(!strstr(said, "TAKEN"), "no bad call is taken");
	put_call(fd, "PLACE", id, "\t4930180\t49\tbot\t30000\t1000" LATER);
	put_call(fd, "PLACE", id, "\t4930180\t49\tbot\t30000\t1000" LATER);
	said = hear_sim(fd);
	ok(strstr(said, "TAKEN"), "a valid call is taken");
	ok(strstr(said, "DUPLICATE"),
	   "an id that is in use is reported as a duplicate");
	is_int((int64_t)rig_logged(rig.log, id), 2, "both orders are logged");
	/* Written and hung up at once: what was written counts. */
	put_call(fd, "PLACE", "00000000-0000-8000-8000-000000000002",
		 "\t4930180\t49\tbot\t30000\t1000" LATER);
	close(fd);
	fd = call_sim();
	put(fd, "HELLO\tnode\tsite\t3\nLIST\n");
	ok(strstr(hear_sim(fd), "LISTEND\t2"), "both calls are still up");
	close(fd);
	free(big);
}

int
main(void)
{
	rig_open(&rig, CARRIER_SIM);
	test_false_carrier();
	test_false_node();
	rig_close(&rig);
	return tap_done();
}
