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

	fine(redis_mget(r, arena, keys, 4, got, &f), "keys of an empty Redis");
	ok(!got[0].data && !got[3].data, "are not there");
	fine(redis_set(r, "a", binary, sizeof(binary), 0, &f), "bytes");
	fine(redis_set(r, "empty", "", 0, 60000, &f), "an empty value");
	memset(text, 'x', big);
	fine(redis_set(r, "b", text, big, 60000, &f), "and 3 MB");
	fine(redis_mget(r, arena, keys, 4, got, &f), "all read");
	ok(got[0].len == 5 && !memcmp(got[0].data, binary, 5), "the bytes");
	ok(!got[1].data, "nothing");
	ok(got[2].len == big && !memcmp(got[2].data, text, big), "3 MB");
	ok(got[3].data && got[3].len == 0, "empty is not nothing");
	fine(redis_del(r, "b", &f), "deleted");
	fine(redis_del(r, "b", &f), "twice");
	fine(redis_mget(r, arena, keys, 3, got, &f), "read");
	ok(!got[2].data, "it is gone");
	fine(redis_mget(r, arena, keys, 0, got, &f), "no keys");
}

static void
test_ttl(void)
{
	const char *key = "short";
	struct bytes got;
	int64_t start = clock_boot_us();
	int rc;

	fine(redis_set(r, key, "x", 1, 100, &f), "100 ms");
	do
		rc = redis_mget(r, arena, &key, 1, &got, &f);
	while (rc == 0 && got.data && clock_boot_us() - start < 5 * US_PER_S);
	fine(rc, "looked at until it is gone");
	ok(clock_boot_us() - start >= 100 * US_PER_MS, "it lived that long");
	ok(!got.data, "and no longer");
}

static void
test_numbers(void)
{
	int64_t n = -1;

	fine(redis_bump(r, "version", 1, &n, &f), "a key that is not there");
	is_int(n, 0, "is not bumped");
	fine(redis_set_new(r, "version", 41, 60000, &n, &f), "made new");
	is_int(n, 41, "it is ours");
	fine(redis_add(r, "version", "9", 1, 60000, &f), "added");
	fine(redis_set_new(r, "version", 7, 60000, &n, &f), "made again");
	is_int(n, 41, "it is who came first's");
	fine(redis_bump(r, "version", 1, &n, &f), "bumped");
	is_int(n, 42, "by one");
	fine(redis_bump(r, "version", -2, &n, &f), "and back");
	is_int(n, 40, "by two");
	fine(redis_set(r, "text", "x", 1, 0, &f), "a text");
	is_int(redis_bump(r, "text", 1, &n, &f), -1, "cannot be counted");
	is_int(f.code, FAULT_BROKEN, "a mistake");
	fine(redis_set(r, "text", "x", 1, 0, &f),
	     "of ours: the next command is not put off");
}

static void
test_list(void)
{
	struct bytes *all;
	size_t n = 9;

	fine(redis_take(r, arena, "toasts", &all, &n, &f), "no list");
	is_int((int64_t)n, 0, "is empty");
	for (int i = 0; i < 5; i++) {
		char text[8];

		snprintf(text, sizeof(text), "t%d", i);
		fine(redis_push(r, "toasts", text, 3, 60000, 3, &f), "pushed");
	}
	fine(redis_take(r, arena, "toasts", &all, &n, &f), "taken");
	is_int((int64_t)n, 3, "the newest are kept");
	ok(all[0].len == 3 && !memcmp(all[0].data, "t2", 3), "in order");
	ok(!memcmp(all[2].data, "t4", 3), "to the last");
	fine(redis_take(r, arena, "toasts", &all, &n, &f), "taken again");
	is_int((int64_t)n, 0, "they are gone");
	fine(redis_set(r, "text", "x", 1, 0, &f), "a text");
	is_int(redis_take(r, arena, "text", &all, &n, &f), -1, "is no list");
	is_int(f.code, FAULT_BROKEN, "a mistake");
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
	fine(redis_mget(r, arena, keys, 2, got, &f), "read at once");
	ok(got[0].len == 3 && !memcmp(got[0].data, "one", 3), "the first");
	ok(got[1].len == 4 && !memcmp(got[1].data, "two!", 4), "the second");
	for (int i = 0; i < 1000; i++)
		redis_put(r, all, 2, 60000);
	fine(redis_set_new(r, "after", 1, 60000, &n, &f), "after many");
	is_int(n, 1, "the answer is to the question");
	redis_put(r, all, 0, 60000);
	fine(redis_bump(r, "after", 1, &n, &f), "after none");
	is_int(n, 2, "too");

	server_kill(&server);
	redis_put(r, all, 2, 60000);
	server_start(&server);
	redis_put(r, all, 2, 60000);
	server_kill(&server);
	server_start(&server);
	fine(redis_mget(r, arena, keys, 2, got, &f),
	     "answers that a restart has swallowed are not waited for");
	ok(!got[0].data, "and what was put is gone with it");
}

static void
test_killed(void)
{
	const char *key = "a";
	struct bytes got;
	int64_t start, n;
	int failed = 0;

	server_kill(&server);
	is_int(redis_mget(r, arena, &key, 1, &got, &f), -1, "a dead Redis");
	is_int(f.code, FAULT_BUSY, "is away");
	start = clock_boot_us();
	for (int i = 0; i < 10000; i++)
		failed += redis_bump(r, "n", 1, &n, &f);
	is_int(failed, -10000, "for every call");
	ok(clock_boot_us() - start < 400 * US_PER_MS, "at once");
	server_start(&server);
	start = clock_boot_us();
	while (redis_mget(r, arena, &key, 1, &got, &f) &&
	       clock_boot_us() - start < 5 * US_PER_S)
		continue;
	ok(clock_boot_us() - start < 700 * US_PER_MS, "soon");
	ok(!got.data, "empty");
	server_kill(&server);
	server_start(&server);
	fine(redis_mget(r, arena, &key, 1, &got, &f),
	     "a restart in between is not noticed by a read");
	server_kill(&server);
	server_start(&server);
	is_int(redis_bump(r, "n", 1, &n, &f), -1,
	       "but by what cannot be said twice");
	fine(redis_bump(r, "n", 1, &n, &f), "once");
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
	is_int(redis_set(other, "x", "y", 1, 0, &f), -1, "a replica");
	is_int(f.code, FAULT_BUSY, "is away for writers");
	ok(strstr(f.cause, "READONLY") != NULL, "who are told why");
	cli("replicaof", "no", "one");
	is_int(redis_set(other, "x", "y", 1, 0, &f), -1, "not asked at once");
	redis_free(other);
	other = redis_new(&conf);
	fine(redis_set(other, "x", "y", 1, 0, &f), "but when it is a master");
	cli("replicaof", "127.0.0.1", "1");
	redis_put(other, &(struct redis_entry){ "x", { "z", 1 } }, 1, 0);
	is_int(redis_mget(other, arena, &key, 1, &got, &f), -1,
	       "a refusal that nobody waited for");
	ok(strstr(f.cause, "READONLY") != NULL, "is told to who asks next");
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

	fine(redis_set(other, "x", "1", 1, 0, &f), "a value");
	kill(server.pid, SIGSTOP);
	start = clock_boot_us();
	is_int(redis_set(other, "x", "2", 1, 0, &f), -1, "a frozen Redis");
	is_int(f.code, FAULT_BUSY, "is away");
	is_int(redis_set(other, "x", "3", 1, 0, &f), -1, "still");
	ok(clock_boot_us() - start < 400 * US_PER_MS, "one timeout for both");
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
	fine(redis_set(right, "wake", "1", 1, 0, &f), "who is known is let in");
	is_int(redis_set(right, "x", "1", 1, 0, &f), -1, "to what is his");
	is_int(f.code, FAULT_BROKEN, "else it is a mistake");
	is_int(redis_bump(right, "wake", 1, &n, &f), -1, "by his commands");
	is_int(redis_set(wrong, "wake", "1", 1, 0, &f), -1, "who is not");
	ok(f.code == FAULT_BUSY && strstr(f.cause, "WRONGPASS"), "is told");
	is_int(redis_set(nobody, "wake", "1", 1, 0, &f), -1, "who says none");
	ok(f.code == FAULT_BUSY && strstr(f.cause, "NOAUTH"), "is told");
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
