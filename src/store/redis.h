/*
 * redis.h - Redis: a cache and a carrier of jobs that may vanish at any
 * moment.  Nothing here is a fact.
 *
 * Each function returns 0, or -1 with *f set (FAULT_BUSY: away).  A dead
 * server costs at most one connect attempt every 500 ms; until then calls
 * fail at once.  A context with an error is freed, never used again.  Error
 * replies READONLY, LOADING, MASTERDOWN, NOREPLICAS and a refused sign-in count
 * as away.  A struct redis belongs to one thread at a time.  Keys and values
 * may be binary.
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
	const char *user, *password; /* NULL or "": none is told */
	unsigned timeout_ms; /* connect and each command; default 500 */
};

struct redis *redis_new(const struct redis_conf *conf);
void redis_free(struct redis *r);

/* Any number of keys in one round trip; values live in the arena, data NULL: no
 * such key. */
int redis_mget(struct redis *r, struct arena *a, const char *const *keys,
	       size_t count, struct bytes *out, struct fault *f);
int redis_set(struct redis *r, const char *key, const void *p, size_t len,
	      int64_t ttl_ms, struct fault *f);
/* Only what is not there. */
int redis_add(struct redis *r, const char *key, const void *p, size_t len,
	      int64_t ttl_ms, struct fault *f);
/*
 * The same for some of them (at most 8), without waiting for the answer: for
 * what can be made again if it is not there.
 */
struct redis_entry {
	const char *key;
	struct bytes value;
};
void redis_put(struct redis *r, const struct redis_entry *all, size_t count,
	       int64_t ttl_ms);
/* Sets only what is not there; *value is then what the key holds. */
int redis_set_new(struct redis *r, const char *key, int64_t value,
		  int64_t ttl_ms, int64_t *out, struct fault *f);
int redis_del(struct redis *r, const char *key, struct fault *f);
/* Adds only if the key exists: *out is 0 if it does not. */
int redis_bump(struct redis *r, const char *key, int64_t by, int64_t *out,
	       struct fault *f);

/* A short list with a time to live: toasts of one sign-in. */
int redis_push(struct redis *r, const char *key, const void *p, size_t len,
	       int64_t ttl_ms, size_t keep, struct fault *f);
/* Takes everything out, oldest first. */
int redis_take(struct redis *r, struct arena *a, const char *key,
	       struct bytes **out, size_t *count, struct fault *f);

/*
 * Streams: jobs.  A group that is gone (NOGROUP, an emptied Redis) is made
 * again and the read goes on.  stream_read() waits at most 'wait_ms' (0: not
 * at all) for entries of any of the streams that nobody has taken.
 */
struct stream_entry {
	const char *stream, *id;
	struct bytes body;
};
int stream_add(struct redis *r, const char *stream, const struct bytes *bodies,
	       size_t count, size_t max_len, struct fault *f);
int stream_read(struct redis *r, struct arena *a, const char *group,
		const char *consumer, const char *const *streams,
		const size_t *counts, size_t n, int64_t wait_ms,
		struct stream_entry **out, size_t *jobs, struct fault *f);
/* XACK and XDEL in one round trip. */
int stream_done(struct redis *r, const char *group, const struct stream_entry *jobs,
		size_t count, struct fault *f);
int stream_length(struct redis *r, const char *stream, int64_t *out,
		  struct fault *f);

#endif
