/* One connection to Redis: sends, reads, handles failures; and plain keys. */
#include "store/redis_priv.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"

#define TIMEOUT_MS 500
#define REST_US (500 * US_PER_MS)

struct redis {
	char *socket, *host, *user, *password;
	unsigned port, timeout_ms;
	redisContext *c;    /* NULL: not connected */
	int64_t not_before; /* the next attempt to connect */
	bool up;
	char said[128]; /* why the server is away */
	redisReply **replies;
	size_t reply_count, reply_room;
	size_t owed; /* replies still unread, of redis_put() */
	const char **argv; /* scratch memory for one command */
	size_t *lens;
	size_t word_room;
};

struct redis *
redis_new(const struct redis_conf *conf)
{
	struct redis *r = xcalloc(1, sizeof(*r));

	if (conf->socket && *conf->socket)
		r->socket = xstrdup(conf->socket);
	r->host = xstrdup(conf->host ? conf->host : "127.0.0.1");
	r->port = conf->port ? conf->port : 6379;
	if (conf->user && *conf->user)
		r->user = xstrdup(conf->user);
	if (conf->password && *conf->password)
		r->password = xstrdup(conf->password);
	r->timeout_ms = conf->timeout_ms ? conf->timeout_ms : TIMEOUT_MS;
	return r;
}

static void
drop_replies(struct redis *r)
{
	for (size_t i = 0; i < r->reply_count; i++)
		freeReplyObject(r->replies[i]);
	r->reply_count = 0;
}

void
redis_free(struct redis *r)
{
	if (!r)
		return;
	drop_replies(r);
	if (r->c)
		redisFree(r->c);
	free(r->replies);
	free(r->argv);
	free(r->lens);
	free(r->socket);
	free(r->host);
	free(r->user);
	free(r->password);
	free(r);
}

static struct timeval
timeval_of(int64_t ms)
{
	return (struct timeval){ .tv_sec = ms / 1000,
				 .tv_usec = ms % 1000 * 1000 };
}

static int
away(struct redis *r, struct fault *f)
{
	r->up = false;
	fault_set(f, FAULT_BUSY, "Redis is not available.");
	return fault_cause(f, "redis: %s", r->said);
}

/* Closes the connection.  'rest': no new attempt for 500 ms, as when a reply
 * timed out. */
static int
lose(struct redis *r, const char *why, bool rest, struct fault *f)
{
	snprintf(r->said, sizeof(r->said), "%s", why);
	if (r->c)
		redisFree(r->c);
	r->c = NULL;
	r->owed = 0;
	drop_replies(r);
	if (rest)
		r->not_before = clock_boot_us() + REST_US;
	return away(r, f);
}

/* Authenticates a new connection. */
static int
sign_in(struct redis *r, struct fault *f)
{
	const char *words[] = { "AUTH", r->user ? r->user : "default",
				r->password };
	redisReply *reply;
	char said[128] = "";

	if (!r->password)
		return 0;
	reply = redisCommandArgv(r->c, ARRAY_LEN(words), words, NULL);
	if (!reply)
		return lose(r, r->c->errstr, true, f);
	if (reply->type == REDIS_REPLY_ERROR)
		snprintf(said, sizeof(said), "%s", reply->str);
	freeReplyObject(reply);
	return *said ? lose(r, said, true, f) : 0;
}

static int
ready(struct redis *r, struct fault *f)
{
	struct timeval limit = timeval_of(r->timeout_ms);

	if (r->c)
		return 0;
	if (clock_boot_us() < r->not_before)
		return away(r, f);
	r->c = r->socket
		       ? redisConnectUnixWithTimeout(r->socket, limit)
		       : redisConnectWithTimeout(r->host, (int)r->port, limit);
	if (!r->c)
		abort(); /* out of memory, as in arena.h */
	if (r->c->err)
		return lose(r, r->c->errstr, true, f);
	redisSetTimeout(r->c, limit);
	return sign_in(r, f);
}

static void
append(struct redis *r, const struct redis_command *command)
{
	if (r->word_room < command->count) {
		r->word_room = command->count;
		r->argv = xrealloc(r->argv, r->word_room * sizeof(*r->argv));
		r->lens = xrealloc(r->lens, r->word_room * sizeof(*r->lens));
	}
	for (size_t i = 0; i < command->count; i++) {
		r->argv[i] = command->words[i].data;
		r->lens[i] = command->words[i].len;
	}
	if (redisAppendCommandArgv(r->c, (int)command->count, r->argv, r->lens))
		abort(); /* out of memory */
}

static bool
begins(const redisReply *reply, const char *word)
{
	return reply->type == REDIS_REPLY_ERROR &&
	       strncmp(reply->str, word, strlen(word)) == 0;
}

/* Errors that mean "not on this server" or "not now". */
static bool
is_away(const redisReply *reply)
{
	return begins(reply, "READONLY") || begins(reply, "LOADING") ||
	       begins(reply, "MASTERDOWN") || begins(reply, "NOREPLICAS") ||
	       begins(reply, "MISCONF") || begins(reply, "OOM") ||
	       begins(reply, "NOAUTH");
}

static int
judge(struct redis *r, const redisReply *reply, int flags, struct fault *f)
{
	char said[128];

	if (reply->type != REDIS_REPLY_ERROR)
		return 0;
	/* Copied: closing the connection frees the reply. */
	snprintf(said, sizeof(said), "%s", reply->str);
	if (is_away(reply))
		return lose(r, said, true, f);
	if (flags & RUN_ERRORS)
		return 0;
	fault_set(f, FAULT_BROKEN, "Redis could not do this.");
	return fault_cause(f, "redis: %s", said);
}

/* Reads the replies that redis_put() did not wait for. */
static int
read_owed(struct redis *r, struct fault *f)
{
	for (; r->owed; r->owed--) {
		void *reply = NULL;
		char said[128] = "";

		errno = 0;
		if (redisGetReply(r->c, &reply) != REDIS_OK || !reply)
			return lose(r, r->c->errstr, errno == EAGAIN, f);
		if (is_away(reply))
			snprintf(said, sizeof(said), "%s",
				 ((redisReply *)reply)->str);
		freeReplyObject(reply);
		if (*said)
			return lose(r, said, true, f);
	}
	return 0;
}

static int
read_replies(struct redis *r, size_t n, int flags, struct fault *f)
{
	int bad = 0;

	if (r->reply_room < n) {
		r->reply_room = n;
		r->replies = xrealloc(r->replies, n * sizeof(*r->replies));
	}
	if (read_owed(r, f))
		return -1;
	while (r->reply_count < n) {
		void *reply = NULL;

		errno = 0;
		if (redisGetReply(r->c, &reply) != REDIS_OK || !reply)
			return lose(r, r->c->errstr, errno == EAGAIN, f);
		r->replies[r->reply_count++] = reply;
	}
	for (size_t i = 0; i < n && !bad && r->c; i++)
		bad = judge(r, r->replies[i], flags, f);
	return bad;
}

int
redis_run(struct redis *r, const struct redis_command *commands, size_t n, int flags,
	  int64_t wait_ms, redisReply ***replies, struct fault *f)
{
	bool old = r->c != NULL;

	drop_replies(r);
	if (ready(r, f))
		return -1;
	if (wait_ms)
		redisSetTimeout(r->c, timeval_of(r->timeout_ms + wait_ms));
	for (size_t i = 0; i < n; i++)
		append(r, &commands[i]);
	if (read_replies(r, n, flags, f)) {
		/* After a restart of Redis the old connection is dead: repeat
		 * commands that may be sent twice. */
		if (!r->c && old && flags & RUN_TWICE)
			return redis_run(r, commands, n, flags, wait_ms,
					 replies, f);
		return -1;
	}
	if (wait_ms)
		redisSetTimeout(r->c, timeval_of(r->timeout_ms));
	r->up = true;
	*replies = r->replies;
	return 0;
}

struct bytes
number_word(int64_t n, struct decimal *mem)
{
	int len = snprintf(mem->text, sizeof(mem->text), "%" PRId64, n);

	return (struct bytes){ mem->text, (size_t)len };
}

struct bytes
reply_bytes(const redisReply *reply, struct arena *a)
{
	if (reply->type != REDIS_REPLY_STRING)
		return (struct bytes){ NULL, 0 };
	return (struct bytes){ arena_memdup(a, reply->str, reply->len),
			       reply->len };
}

int
redis_mget(struct redis *r, struct arena *a, const char *const *keys,
	   size_t count, struct bytes *out, struct fault *f)
{
	struct bytes *words = ARENA_ARRAY(a, count + 1, struct bytes);
	struct redis_command mget = { words, count + 1 };
	redisReply **replies;

	if (count == 0)
		return 0;
	words[0] = WORD("MGET");
	for (size_t i = 0; i < count; i++)
		words[i + 1] = WORD(keys[i]);
	if (redis_run(r, &mget, 1, RUN_TWICE, 0, &replies, f))
		return -1;
	for (size_t i = 0; i < count && i < replies[0]->elements; i++)
		out[i] = reply_bytes(replies[0]->element[i], a);
	return 0;
}

/* The words of SET with a time to live; 'only_new': sets only a new key. */
static size_t
set_words(struct bytes *words, const char *key, struct bytes value,
	  int64_t ttl_ms, struct decimal *ttl, bool only_new)
{
	size_t n = 0;

	words[n++] = WORD("SET");
	words[n++] = WORD(key);
	words[n++] = value;
	if (ttl_ms > 0) {
		words[n++] = WORD("PX");
		words[n++] = number_word(ttl_ms, ttl);
	}
	if (only_new)
		words[n++] = WORD("NX");
	return n;
}

static int
set_one(struct redis *r, const char *key, struct bytes value, int64_t ttl_ms,
	bool only_new, struct fault *f)
{
	struct bytes words[6];
	struct redis_command set = { .words = words };
	struct decimal ttl;
	redisReply **replies;

	set.count = set_words(words, key, value, ttl_ms, &ttl, only_new);
	return redis_run(r, &set, 1, RUN_TWICE, 0, &replies, f);
}

int
redis_set(struct redis *r, const char *key, const void *p, size_t len,
	  int64_t ttl_ms, struct fault *f)
{
	return set_one(r, key, (struct bytes){ p, len }, ttl_ms, false, f);
}

int
redis_add(struct redis *r, const char *key, const void *p, size_t len,
	  int64_t ttl_ms, struct fault *f)
{
	return set_one(r, key, (struct bytes){ p, len }, ttl_ms, true, f);
}

void
redis_put(struct redis *r, const struct redis_entry *all, size_t count,
	  int64_t ttl_ms)
{
	struct bytes words[6];
	struct redis_command set = { .words = words };
	struct decimal ttl;
	struct fault unused;
	int sent = 0;

	if (ready(r, &unused))
		return;
	for (size_t i = 0; i < count; i++) {
		set.count = set_words(words, all[i].key, all[i].value, ttl_ms,
				      &ttl, false);
		append(r, &set);
		r->owed++;
	}
	while (!sent) {
		if (redisBufferWrite(r->c, &sent) != REDIS_OK) {
			lose(r, r->c->errstr, errno == EAGAIN, &unused);
			return;
		}
	}
}

int
redis_set_new(struct redis *r, const char *key, int64_t value, int64_t ttl_ms,
	      int64_t *out, struct fault *f)
{
	struct decimal text, ttl;
	struct bytes words[6];
	struct redis_command both[2] = { { .words = words },
				   COMMAND(WORD("GET"), WORD(key)) };
	redisReply **replies;

	both[0].count = set_words(words, key, number_word(value, &text), ttl_ms,
				  &ttl, true);
	if (redis_run(r, both, 2, RUN_TWICE, 0, &replies, f))
		return -1;
	/* The key may have expired between the two commands. */
	*out = replies[1]->type == REDIS_REPLY_STRING
		       ? strtoll(replies[1]->str, NULL, 10)
		       : value;
	return 0;
}

int
redis_del(struct redis *r, const char *key, struct fault *f)
{
	struct redis_command del = COMMAND(WORD("DEL"), WORD(key));
	redisReply **replies;

	return redis_run(r, &del, 1, RUN_TWICE, 0, &replies, f);
}

/* One script: with two commands the key could expire between them, and INCRBY
 * would create it without a time to live. */
int
redis_bump(struct redis *r, const char *key, int64_t by, int64_t *out,
	   struct fault *f)
{
	static const char script[] =
		"if redis.call('EXISTS', KEYS[1]) == 1 then "
		"return redis.call('INCRBY', KEYS[1], ARGV[1]) "
		"else return 0 end";
	struct decimal text;
	struct redis_command eval = COMMAND(WORD("EVAL"), WORD(script), WORD("1"),
				      WORD(key), number_word(by, &text));
	redisReply **replies;

	if (redis_run(r, &eval, 1, RUN_ONCE, 0, &replies, f))
		return -1;
	*out = replies[0]->integer;
	return 0;
}

int
redis_push(struct redis *r, const char *key, const void *p, size_t len,
	   int64_t ttl_ms, size_t keep, struct fault *f)
{
	struct decimal first, ttl;
	struct redis_command all[3] = {
		COMMAND(WORD("RPUSH"), WORD(key), { p, len }),
		COMMAND(WORD("LTRIM"), WORD(key),
			number_word(-(int64_t)keep, &first), WORD("-1")),
		COMMAND(WORD("PEXPIRE"), WORD(key), number_word(ttl_ms, &ttl))
	};
	redisReply **replies;

	return redis_run(r, all, ARRAY_LEN(all), RUN_ONCE, 0, &replies, f);
}

int
redis_take(struct redis *r, struct arena *a, const char *key,
	   struct bytes **out, size_t *count, struct fault *f)
{
	struct redis_command all[4] = {
		COMMAND(WORD("MULTI")),
		COMMAND(WORD("LRANGE"), WORD(key), WORD("0"), WORD("-1")),
		COMMAND(WORD("DEL"), WORD(key)), COMMAND(WORD("EXEC"))
	};
	redisReply **replies, *list;

	if (redis_run(r, all, ARRAY_LEN(all), RUN_ONCE, 0, &replies, f))
		return -1;
	list = replies[3]->elements ? replies[3]->element[0] : replies[3];
	if (list->type == REDIS_REPLY_ERROR) {
		fault_set(f, FAULT_BROKEN, "Redis could not do this.");
		return fault_cause(f, "redis: %s", list->str);
	}
	*count = list->elements;
	*out = ARENA_ARRAY(a, list->elements + 1, struct bytes);
	for (size_t i = 0; i < list->elements; i++)
		(*out)[i] = reply_bytes(list->element[i], a);
	return 0;
}
