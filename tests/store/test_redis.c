/* Keys that may vanish, on a Redis that is killed and started again. */
#include "base/arena.h"
#include "base/clock.h"
#include "store/redis.h"
#include "tests/store/fine.h"
#include "tests/store/server.h"

static struct server server;
static struct redis *r;
static struct arena *arena;

/* What only the command-line client can do to the server. */
static void
cli(const char *a, const char *b, const char *c)
{
	const char *argv[] = {
		"redis-cli", "-s", server.socket, a, b, c, NULL
	};

	server_run(&server, argv);
}

static void
test_values(void)
{
	static const char binary[] = { 0, '\r', '\n', (char)200, 0 };
	const char *keys[] = { "a", "none", "b", "empty" };
	struct bytes got[4];
	size_t big = 3 << 20;
	char *text = arena_alloc(arena, big);

	fine(redis_mget(r, arena, keys, 4, got, &f),
	     "keys of an empty Redis can be read");
	ok(!got[0].data && !got[3].data,
	   "keys of an empty Redis have no values");
	fine(redis_set(r, "a", binary, sizeof(binary), 0, &f),
	     "binary bytes can be set");
	fine(redis_set(r, "empty", "", 0, 60000, &f),
	     "an empty value can be set");
	memset(text, 'x', big);
	fine(redis_set(r, "b", text, big, 60000, &f),
	     "a value of 3 MB can be set");
	fine(redis_mget(r, arena, keys, 4, got, &f),
	     "all keys can be read at once");
	ok(got[0].len == 5 && !memcmp(got[0].data, binary, 5),
	   "binary bytes are read as they were set");
	ok(!got[1].data, "a key that was not set has no value");
	ok(got[2].len == big && !memcmp(got[2].data, text, big),
	   "a value of 3 MB is read as it was set");
	ok(got[3].data && got[3].len == 0,
	   "an empty value is not a missing one");
	fine(redis_del(r, "b", &f), "a key can be deleted");
	fine(redis_del(r, "b", &f), "a key can be deleted twice");
	fine(redis_mget(r, arena, keys, 3, got, &f),
	     "keys can be read after one is deleted");
	ok(!got[2].data, "a deleted key has no value");
	fine(redis_mget(r, arena, keys, 0, got, &f),
	     "reading no keys succeeds");
}

static void
test_ttl(void)
{
	const char *key = "short";
	struct bytes got;
	int64_t start = clock_boot_us();
	int rc;

	fine(redis_set(r, key, "x", 1, 100, &f), "a key can be set for 100 ms");
	do
		rc = redis_mget(r, arena, &key, 1, &got, &f);
	while (rc == 0 && got.data && clock_boot_us() - start < 5 * US_PER_S);
	fine(rc, "a key can be read until it expires");
	ok(clock_boot_us() - start >= 100 * US_PER_MS,
	   "a key does not expire before 100 ms");
	ok(!got.data, "a key is gone after it has expired");
}

static void
test_numbers(void)
{
	int64_t n = -1;

	fine(redis_bump(r, "version", 1, &n, &f),
	     "bumping a missing key succeeds");
	is_int(n, 0, "a missing key is not bumped");
	fine(redis_set_new(r, "version", 41, 60000, &n, &f),
	     "a new number can be set");
	is_int(n, 41, "a new number has the value set");
	fine(redis_add(r, "version", "9", 1, 60000, &f),
	     "adding to a key that exists succeeds");
	fine(redis_set_new(r, "version", 7, 60000, &n, &f),
	     "setting a new number again succeeds");
	is_int(n, 41, "the first value of a new number is kept");
	fine(redis_bump(r, "version", 1, &n, &f), "a number can be bumped");
	is_int(n, 42, "a number is bumped by one");
	fine(redis_bump(r, "version", -2, &n, &f),
	     "a number can be bumped back");
	is_int(n, 40, "a number is bumped back by two");
	fine(redis_set(r, "text", "x", 1, 0, &f), "a text can be set");
	is_int(redis_bump(r, "text", 1, &n, &f), -1, "a text cannot be bumped");
	is_int(f.code, FAULT_BROKEN, "bumping a text is reported as broken");
	fine(redis_set(r, "text", "x", 1, 0, &f),
	     "the next command succeeds after a mistake");
}

static void
test_list(void)
{
	struct bytes *all;
	size_t n = 9;

	fine(redis_take(r, arena, "toasts", &all, &n, &f),
	     "taking a missing list succeeds");
	is_int((int64_t)n, 0, "a missing list is empty");
	for (int i = 0; i < 5; i++) {
		char text[8];

		snprintf(text, sizeof(text), "t%d", i);
		fine(redis_push(r, "toasts", text, 3, 60000, 3, &f),
		     "an element can be pushed");
	}
	fine(redis_take(r, arena, "toasts", &all, &n, &f),
	     "a list can be taken");
	is_int((int64_t)n, 3, "only the three newest elements are kept");
	ok(all[0].len == 3 && !memcmp(all[0].data, "t2", 3),
	   "the oldest element kept comes first");
	ok(!memcmp(all[2].data, "t4", 3), "the newest element comes last");
	fine(redis_take(r, arena, "toasts", &all, &n, &f),
	     "a list can be taken again");
	is_int((int64_t)n, 0, "a list that was taken is empty");
	fine(redis_set(r, "text", "x", 1, 0, &f), "a text can be set again");
	is_int(redis_take(r, arena, "text", &all, &n, &f), -1,
	       "a text cannot be taken as a list");
	is_int(f.code, FAULT_BROKEN,
	       "taking a text as a list is reported as broken");
}

/* What is put and not waited for is there for whoever asks next. */
static void
test_put(void)
{
	const char *keys[] = { "p1", "p2" };
	const struct redis_entry all[] = { { "p1", { "one", 3 } },
					   { "p2", { "two!", 4 } } };
	struct bytes got[2];
	int64_t n = -1;

	redis_put(r, all, 2, 60000);
	fine(redis_mget(r, arena, keys, 2, got, &f),
	     "values just put can be read");
	ok(got[0].len == 3 && !memcmp(got[0].data, "one", 3),
	   "the first value put is read");
	ok(got[1].len == 4 && !memcmp(got[1].data, "two!", 4),
	   "the second value put is read");
	for (int i = 0; i < 1000; i++)
		redis_put(r, all, 2, 60000);
	fine(redis_set_new(r, "after", 1, 60000, &n, &f),
	     "a number can be set after many puts");
	is_int(n, 1, "the answer after many puts is the right one");
	redis_put(r, all, 0, 60000);
	fine(redis_bump(r, "after", 1, &n, &f),
	     "a number can be bumped after an empty put");
	is_int(n, 2, "the answer after an empty put is the right one");

	server_kill(&server);
	redis_put(r, all, 2, 60000);
	server_start(&server);
	redis_put(r, all, 2, 60000);
	server_kill(&server);
	server_start(&server);
	fine(redis_mget(r, arena, keys, 2, got, &f),
	     "a read does not wait for answers lost in a restart");
	ok(!got[0].data, "values put before a restart are gone");
}

static void
test_killed(void)
{
	const char *key = "a";
	struct bytes got;
	int64_t start, n;
	int failed = 0;

	server_kill(&server);
	is_int(redis_mget(r, arena, &key, 1, &got, &f), -1,
	       "a dead Redis cannot be read");
	is_int(f.code, FAULT_BUSY, "a dead Redis is reported as busy");
	start = clock_boot_us();
	for (int i = 0; i < 10000; i++)
		failed += redis_bump(r, "n", 1, &n, &f);
	is_int(failed, -10000, "every call to a dead Redis fails");
	ok(clock_boot_us() - start < 400 * US_PER_MS,
	   "calls to a dead Redis fail at once");
	server_start(&server);
	start = clock_boot_us();
	while (redis_mget(r, arena, &key, 1, &got, &f) &&
	       clock_boot_us() - start < 5 * US_PER_S)
		continue;
	ok(clock_boot_us() - start < 700 * US_PER_MS,
	   "Redis is found again soon after it is restarted");
	ok(!got.data, "Redis is empty after it is restarted");
	server_kill(&server);
	server_start(&server);
	fine(redis_mget(r, arena, &key, 1, &got, &f),
	     "a read succeeds after a restart in between");
	server_kill(&server);
	server_start(&server);
	is_int(redis_bump(r, "n", 1, &n, &f), -1,
	       "a bump fails after a restart as it may not be repeated");
	fine(redis_bump(r, "n", 1, &n, &f),
	     "a bump succeeds after the connection is opened again");
}

/* Error replies that mean another server, or later. */
static void
test_states(void)
{
	struct redis_conf conf = { .socket = server.socket };
	struct redis *other = redis_new(&conf);
	const char *key = "x";
	struct bytes got;

	cli("replicaof", "127.0.0.1", "1");
	is_int(redis_set(other, "x", "y", 1, 0, &f), -1,
	       "a replica cannot be written");
	is_int(f.code, FAULT_BUSY, "a replica is reported as busy to writers");
	ok(strstr(f.cause, "READONLY") != NULL,
	   "the fault of a replica says that it is read-only");
	cli("replicaof", "no", "one");
	is_int(redis_set(other, "x", "y", 1, 0, &f), -1,
	       "a server that refused is not asked again at once");
	redis_free(other);
	other = redis_new(&conf);
	fine(redis_set(other, "x", "y", 1, 0, &f),
	     "a server that became a master can be written");
	cli("replicaof", "127.0.0.1", "1");
	redis_put(other, &(struct redis_entry){ "x", { "z", 1 } }, 1, 0);
	is_int(redis_mget(other, arena, &key, 1, &got, &f), -1,
	       "a read fails after a put was refused");
	ok(strstr(f.cause, "READONLY") != NULL,
	   "the fault of the read says that the server is read-only");
	cli("replicaof", "no", "one");
	redis_free(other);
}

/* A server that is there and does not answer. */
static void
test_frozen(void)
{
	struct redis_conf conf = { .socket = server.socket, .timeout_ms = 200 };
	struct redis *other = redis_new(&conf);
	int64_t start;

	fine(redis_set(other, "x", "1", 1, 0, &f),
	     "a value can be set before the server freezes");
	kill(server.pid, SIGSTOP);
	start = clock_boot_us();
	is_int(redis_set(other, "x", "2", 1, 0, &f), -1,
	       "a frozen Redis cannot be written");
	is_int(f.code, FAULT_BUSY, "a frozen Redis is reported as busy");
	is_int(redis_set(other, "x", "3", 1, 0, &f), -1,
	       "a frozen Redis cannot be written again");
	ok(clock_boot_us() - start < 400 * US_PER_MS,
	   "two writes to a frozen Redis wait for one timeout");
	kill(server.pid, SIGCONT);
	redis_free(other);
}

/* A Redis that lets in only whom it knows, and him only what he needs. */
static void
test_users(void)
{
	struct redis_conf conf = { .timeout_ms = 200, .user = "outdial" };
	struct redis *right, *wrong, *nobody;
	int64_t n;

	conf.socket = server.socket;
	nobody = redis_new(&conf);
	conf.password = "not his";
	wrong = redis_new(&conf);
	conf.password = "long and random";
	right = redis_new(&conf);
	server_run(&server, (const char *[]){ "redis-cli", "-s", server.socket,
					      "ACL", "SETUSER", "outdial", "on",
					      ">long and random", "~wake",
					      "-@all", "+auth", "+set", NULL });
	server_run(&server,
		   (const char *[]){ "redis-cli", "-s", server.socket, "ACL",
				     "SETUSER", "default", "off", NULL });
	fine(redis_set(right, "wake", "1", 1, 0, &f),
	     "a user with the right password may set a key");
	is_int(redis_set(right, "x", "1", 1, 0, &f), -1,
	       "a user may not set a key of others");
	is_int(f.code, FAULT_BROKEN, "a forbidden key is reported as broken");
	is_int(redis_bump(right, "wake", 1, &n, &f), -1,
	       "a user may not give other commands");
	is_int(redis_set(wrong, "wake", "1", 1, 0, &f), -1,
	       "a user with a wrong password is refused");
	ok(f.code == FAULT_BUSY && strstr(f.cause, "WRONGPASS"),
	   "a wrong password is named as the cause");
	is_int(redis_set(nobody, "wake", "1", 1, 0, &f), -1,
	       "a client without a password is refused");
	ok(f.code == FAULT_BUSY && strstr(f.cause, "NOAUTH"),
	   "a missing password is named as the cause");
	redis_free(right);
	redis_free(wrong);
	redis_free(nobody);
}

int
main(void)
{
	struct redis_conf conf = { .timeout_ms = 0 };

	signal(SIGPIPE, SIG_IGN);
	server_redis(&server);
	conf.socket = server.socket;
	arena = arena_new();
	r = redis_new(&conf);
	test_values();
	test_ttl();
	test_numbers();
	test_list();
	test_put();
	test_killed();
	test_states();
	test_frozen();
	test_users();
	redis_free(r);
	redis_free(NULL);
	arena_free(arena);
	server_end(&server);
	return tap_done();
}
