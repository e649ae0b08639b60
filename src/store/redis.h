/*
 * redis.h - Redis: a cache and a job queue, whose contents may vanish at any
 * moment.  Redis is never the source of truth.
 *
 * Each function returns 0, or -1 with *f set (FAULT_BUSY: the server is away).
 * A dead server costs at most one connect attempt every 500 ms; until then
 * calls fail at once.  A context with an error is freed, never used again.  The
 * error replies READONLY, LOADING, MASTERDOWN, NOREPLICAS, MISCONF, OOM and
 * NOAUTH and a refused sign-in count as away.  A struct redis belongs to one
 * thread at a time.  Keys and values may be binary.
 */
#ifndef STORE_REDIS_H
#define STORE_REDIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

struct arena;
struct fault;
struct redis;

struct redis_conf {
	const char *socket; /* path; NULL or "": TCP */
	const char *host;
	unsigned port;
	const char *user, *password; /* NULL or "": none */
	unsigned timeout_ms; /* connect and each command; default 500 */
};

struct redis *redis_new(const struct redis_conf *conf);
void redis_free(struct redis *r);

/* Reads any number of keys in one round trip; the values are in the arena.
 * data NULL: no such key. */
int redis_mget(struct redis *r, struct arena *a, const char *const *keys,
	       size_t count, struct bytes *out, struct fault *f);
int redis_set(struct redis *r, const char *key, const void *p, size_t len,
	      int64_t ttl_ms, struct fault *f);
/* Sets a key only if it does not exist. */
int redis_add(struct redis *r, const char *key, const void *p, size_t len,
	      int64_t ttl_ms, struct fault *f);
/*
 * redis_set() for at most 8 entries, without waiting for the replies: for
 * values that can be computed again if they are missing.
 */
struct redis_entry {
	const char *key;
	struct bytes value;
};
void redis_put(struct redis *r, const struct redis_entry *all, size_t count,
	       int64_t ttl_ms);
/* Sets a key only if it does not exist; *out is then the key's value. */
int redis_set_new(struct redis *r, const char *key, int64_t value,
		  int64_t ttl_ms, int64_t *out, struct fault *f);
int redis_del(struct redis *r, const char *key, struct fault *f);
/* Adds 'by' only if the key exists; *out is the new value, or 0. */
int redis_bump(struct redis *r, const char *key, int64_t by, int64_t *out,
	       struct fault *f);

/* Appends to a short list with a time to live, such as the toasts of a session;
 * the last 'keep' entries stay. */
int redis_push(struct redis *r, const char *key, const void *p, size_t len,
	       int64_t ttl_ms, size_t keep, struct fault *f);
/* Removes and returns all entries, oldest first. */
int redis_take(struct redis *r, struct arena *a, const char *key,
	       struct bytes **out, size_t *count, struct fault *f);

/*
 * Streams of jobs.  When the consumer group is missing (NOGROUP, an emptied
 * Redis), it is created again and the read goes on.
 */
struct stream_entry {
	const char *stream, *id;
	struct bytes body;
};
int stream_add(struct redis *r, const char *stream, const struct bytes *bodies,
	       size_t count, size_t max_len, struct fault *f);

/* What to read: entries that no consumer of the group has taken. */
struct stream_query {
	const char *group, *consumer;
	const char *const *streams;
	const size_t *counts; /* the most of each stream; 0: none of it */
	size_t n;	      /* streams */
	int64_t wait_ms;      /* for the first entry; 0: not at all */
};
int stream_read(struct redis *r, const struct stream_query *q,
		struct stream_entry **out, size_t *count, struct arena *a,
		struct fault *f);

/* XACK and XDEL in one round trip. */
int stream_done(struct redis *r, const char *group, const struct stream_entry *jobs,
		size_t count, struct fault *f);
int stream_length(struct redis *r, const char *stream, int64_t *out,
		  struct fault *f);

#endif
