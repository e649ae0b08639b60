/* Streams of jobs on a Redis that is emptied, killed and started again. */
#include <pthread.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"
#include "store/redis.h"
#include "tests/store/fine.h"
#include "tests/store/server.h"

static struct server server;
static struct redis *r;
static struct arena *arena;
static struct stream_entry *jobs;
static size_t found;

static int
add(const char *stream, int count)
{
	struct bytes *bodies = ARENA_ARRAY(arena, (size_t)count, struct bytes);

	for (int i = 0; i < count; i++) {
		char *text = arena_printf(arena, "%s-%d%c", stream, i, 0);

		bodies[i] = (struct bytes){ text, strlen(text) + 1 };
	}
	return stream_add(r, stream, bodies, (size_t)count, 10000, &f);
}

static int
take(size_t from_a, size_t from_b, int64_t wait_ms)
{
	const char *streams[] = { "a", "b" };
	const size_t counts[] = { from_a, from_b };

	found = 99;
	return stream_read(r, arena, "g", "me", streams, counts, 2, wait_ms,
			   &jobs, &found, &f);
}

static void
test_jobs(void)
{
	int64_t n;

	fine(take(10, 10, 0), "streams that do not exist");
	is_int((int64_t)found, 0, "are empty");
	fine(add("a", 30), "thirty jobs");
	fine(add("b", 5), "and five");
	fine(take(3, 10, 0), "some of the first");
	is_int((int64_t)found, 8, "and all of the second");
	is_str(jobs[0].stream, "a", "the first stream");
	ok(jobs[0].body.len == 4 && !memcmp(jobs[0].body.data, "a-0", 4),
	   "its oldest job, byte for byte");
	is_str(jobs[3].body.data, "b-0", "then the second stream");
	fine(stream_done(r, "g", jobs, found, &f), "done");
	fine(stream_length(r, "a", &n, &f), "the length");
	is_int(n, 27, "is what is left");
	fine(take(0, 10, 0), "none of the first");
	is_int((int64_t)found, 0, "is none");
	fine(take(100, 10, 50), "the rest");
	is_int((int64_t)found, 27, "comes once");
	fine(take(100, 100, 0), "and not");
	is_int((int64_t)found, 0, "again");
	fine(stream_done(r, "g", jobs, 0, &f), "nothing to be done");
	fine(add("a", 0), "nothing to be added");
}

static void
test_wait(void)
{
	int64_t start = clock_boot_us();

	fine(take(5, 5, 120), "waiting for nothing");
	is_int((int64_t)found, 0, "gives nothing");
	ok(clock_boot_us() - start >= 115 * US_PER_MS, "after the time");
	start = clock_boot_us();
	fine(take(5, 9, 700), "longer than a command may take");
	is_int((int64_t)found, 0, "is no fault");
	fine(add("b", 3), "three jobs");
	start = clock_boot_us();
	fine(take(5, 5, 5000), "waiting for what is there");
	is_int((int64_t)found, 3, "gives it");
	ok(clock_boot_us() - start < 500 * US_PER_MS, "at once");
}

/* Done to the server while another thread waits for jobs. */
struct event {
	const char *what;
	int jobs;
};

static void *
happen(void *arg)
{
	const struct event *e = arg;
	const char *flush[] = { "redis-cli", "-s", server.socket, e->what,
				NULL };
	const char *xadd[] = { "redis-cli", "-s", server.socket, "xadd", "b",
			       "*",	    "b",  "late",	 NULL };

	usleep(200000); /* the other one is to be waiting by then */
	if (strcmp(e->what, "kill") == 0)
		server_kill(&server);
	else if (*e->what)
		server_run(&server, flush);
	if (strcmp(e->what, "kill") == 0)
		server_start(&server);
	for (int i = 0; i < e->jobs; i++)
		server_run(&server, xadd);
	return NULL;
}

static void
test_woken(void)
{
	struct event e = { .what = "", .jobs = 1 };
	pthread_t thread;
	int64_t start = clock_boot_us();

	pthread_create(&thread, NULL, happen, &e);
	fine(take(5, 9, 5000), "a job that comes while one waits");
	is_int((int64_t)found, 1, "is given");
	is_str(jobs[0].body.data, "late", "whole");
	ok(clock_boot_us() - start < 2 * US_PER_S, "at once");
	pthread_join(thread, NULL);
}

static void
test_emptied(void)
{
	struct event e = { .what = "flushall", .jobs = 1 };
	pthread_t thread;

	fine(add("a", 3), "jobs");
	fine(take(1, 1, 0), "one taken");
	fine(take(5, 5, 0), "all taken");
	pthread_create(&thread, NULL, happen, &e);
	fine(take(5, 5, 5000), "Redis emptied while one waits");
	pthread_join(thread, NULL);
	is_int((int64_t)found, 1, "the job that came afterwards is given");
	is_str(jobs[0].body.data, "late", "whole");
	e.jobs = 0;
	happen(&e);
	fine(add("a", 4), "jobs in a stream that has no group");
	fine(take(9, 9, 0), "are read");
	is_int((int64_t)found, 4, "all of them");
	happen(&e);
	fine(stream_done(r, "g", jobs, found, &f), "done with what is gone");
}

static void
test_killed(void)
{
	struct event e = { .what = "kill", .jobs = 1 };
	pthread_t thread;
	int64_t start;
	int rc;

	pthread_create(&thread, NULL, happen, &e);
	start = clock_boot_us();
	rc = take(5, 5, 5000);
	ok(rc == -1 && f.code == FAULT_BUSY, "killed while one waits: away");
	ok(clock_boot_us() - start < 2 * US_PER_S, "at once");
	pthread_join(thread, NULL);
	do
		rc = take(5, 5, 100);
	while (rc && clock_boot_us() - start < 10 * US_PER_S);
	fine(rc, "it is found again");
	is_int((int64_t)found, 1, "with its job");
}

static void
test_wrong(void)
{
	struct bytes body = { "x", 1 };

	fine(redis_set(r, "a", "x", 1, 0, &f), "a key that is no stream");
	is_int(take(1, 1, 0), -1, "cannot be read");
	is_int(f.code, FAULT_BROKEN, "which is a mistake");
	is_int(stream_add(r, "a", &body, 1, 0, &f), -1, "nor added to");
	is_int(f.code, FAULT_BROKEN, "which is one too");
	fine(redis_del(r, "a", &f), "mended");
}

static void
test_many(void)
{
	int64_t n, start = clock_boot_us();
	size_t all = 0;

	for (int i = 0; i < 40; i++) {
		if (add("a", 500) || take(500, 500, 0) ||
		    stream_done(r, "g", jobs, found, &f))
			break;
		all += found;
		arena_reset(arena);
	}
	is_int((int64_t)all, 20000, "20,000 jobs come through");
	printf("# %.0f jobs/s\n", 20000e6 / (double)(clock_boot_us() - start));
	fine(stream_length(r, "a", &n, &f), "and");
	is_int(n, 0, "nothing is left");
	for (int i = 0; i < 40; i++)
		add("a", 500);
	fine(stream_length(r, "a", &n, &f), "a stream that nobody reads");
	ok(n >= 10000 && n < 10500, "is bounded");
}

int
main(void)
{
	struct redis_conf conf = { .timeout_ms = 500 };

	signal(SIGPIPE, SIG_IGN);
	server_redis(&server);
	conf.socket = server.socket;
	arena = arena_new();
	r = redis_new(&conf);
	test_jobs();
	test_wait();
	test_woken();
	test_emptied();
	test_killed();
	test_wrong();
	test_many();
	redis_free(r);
	arena_free(arena);
	server_end(&server);
	return tap_done();
}
