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
	struct stream_query q = { .group = "g",
				  .consumer = "me",
				  .streams = streams,
				  .counts = counts,
				  .n = 2,
				  .wait_ms = wait_ms };

	found = 99;
	return stream_read(r, &q, &jobs, &found, arena, &f);
}

static void
test_jobs(void)
{
	int64_t n;

	fine(take(10, 10, 0), "streams that do not exist can be read");
	is_int((int64_t)found, 0, "streams that do not exist are empty");
	fine(add("a", 30), "30 jobs are added to the first stream");
	fine(add("b", 5), "five jobs are added to the second stream");
	fine(take(3, 10, 0), "some jobs of the first stream are read");
	is_int((int64_t)found, 8,
	       "all jobs of the second stream are read with them");
	is_str(jobs[0].stream, "a", "jobs of the first stream come first");
	ok(jobs[0].body.len == 4 && !memcmp(jobs[0].body.data, "a-0", 4),
	   "the oldest job is read byte for byte");
	is_str(jobs[3].body.data, "b-0", "jobs of the second stream come next");
	fine(stream_done(r, "g", jobs, found, &f),
	     "jobs can be marked as done");
	fine(stream_length(r, "a", &n, &f),
	     "the length of a stream can be read");
	is_int(n, 27, "the length is the number of jobs left");
	fine(take(0, 10, 0), "a read may ask for no job of the first stream");
	is_int((int64_t)found, 0,
	       "a read for no job of the first stream gives none");
	fine(take(100, 10, 50), "the rest of the jobs is read");
	is_int((int64_t)found, 27, "the rest of the jobs comes once");
	fine(take(100, 100, 0), "a stream with no new job can be read");
	is_int((int64_t)found, 0, "no job comes twice");
	fine(stream_done(r, "g", jobs, 0, &f),
	     "marking no job as done succeeds");
	fine(add("a", 0), "adding no job succeeds");
}

static void
test_wait(void)
{
	int64_t start = clock_boot_us();

	fine(take(5, 5, 120), "waiting for a job that does not come succeeds");
	is_int((int64_t)found, 0,
	       "waiting for a job that does not come gives none");
	ok(clock_boot_us() - start >= 115 * US_PER_MS,
	   "waiting lasts as long as asked");
	start = clock_boot_us();
	fine(take(5, 9, 700),
	     "waiting longer than a command may take succeeds");
	is_int((int64_t)found, 0,
	       "waiting longer than a command may take gives no job");
	ok(clock_boot_us() - start >= 695 * US_PER_MS,
	   "waiting longer than a command may take lasts as long as asked");
	fine(add("b", 3), "three jobs are added");
	start = clock_boot_us();
	fine(take(5, 5, 5000), "waiting for jobs that are there succeeds");
	is_int((int64_t)found, 3, "waiting for jobs that are there gives them");
	ok(clock_boot_us() - start < 500 * US_PER_MS,
	   "jobs that are there are given at once");
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
	fine(take(5, 9, 5000), "waiting for a job that comes later succeeds");
	is_int((int64_t)found, 1, "a job that comes later is given");
	is_str(jobs[0].body.data, "late", "a job that comes later is whole");
	ok(clock_boot_us() - start < 2 * US_PER_S,
	   "a job that comes later is given at once");
	pthread_join(thread, NULL);
}

static void
test_emptied(void)
{
	struct event e = { .what = "flushall", .jobs = 1 };
	pthread_t thread;

	fine(add("a", 3), "three jobs are added before Redis is emptied");
	fine(take(1, 1, 0), "one job is taken");
	fine(take(5, 5, 0), "all other jobs are taken");
	pthread_create(&thread, NULL, happen, &e);
	fine(take(5, 5, 5000), "waiting succeeds when Redis is emptied");
	pthread_join(thread, NULL);
	is_int((int64_t)found, 1,
	       "a job that comes after Redis was emptied is given");
	is_str(jobs[0].body.data, "late",
	       "a job that comes after Redis was emptied is whole");
	e.jobs = 0;
	happen(&e);
	fine(add("a", 4), "jobs are added to a stream that has no group");
	fine(take(9, 9, 0), "jobs of a stream that has no group are read");
	is_int((int64_t)found, 4,
	       "all jobs of a stream that has no group are given");
	happen(&e);
	fine(stream_done(r, "g", jobs, found, &f),
	     "jobs that are gone can be marked as done");
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
	ok(rc == -1 && f.code == FAULT_BUSY,
	   "waiting is reported as busy when Redis is killed");
	ok(clock_boot_us() - start < 2 * US_PER_S,
	   "waiting ends at once when Redis is killed");
	pthread_join(thread, NULL);
	do
		rc = take(5, 5, 100);
	while (rc && clock_boot_us() - start < 10 * US_PER_S);
	fine(rc, "Redis is found again after it was killed");
	is_int((int64_t)found, 1, "the job added after the restart is given");
}

static void
test_wrong(void)
{
	struct bytes body = { "x", 1 };

	fine(redis_set(r, "a", "x", 1, 0, &f),
	     "a key that is no stream is set");
	is_int(take(1, 1, 0), -1, "a key that is no stream cannot be read");
	is_int(f.code, FAULT_BROKEN,
	       "reading a key that is no stream is reported as broken");
	is_int(stream_add(r, "a", &body, 1, 0, &f), -1,
	       "no job can be added to a key that is no stream");
	is_int(f.code, FAULT_BROKEN,
	       "adding to a key that is no stream is reported as broken");
	fine(redis_del(r, "a", &f), "the key that is no stream is deleted");
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
	is_int((int64_t)all, 20000, "20,000 jobs are added and read");
	printf("# %.0f jobs/s\n", 20000e6 / (double)(clock_boot_us() - start));
	fine(stream_length(r, "a", &n, &f),
	     "the length can be read after 20,000 jobs");
	is_int(n, 0, "no job is left after 20,000 jobs");
	for (int i = 0; i < 40; i++)
		add("a", 500);
	fine(stream_length(r, "a", &n, &f),
	     "the length of a stream without readers can be read");
	ok(n >= 10000 && n < 10500, "a stream without readers is bounded");
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
