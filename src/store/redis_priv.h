/*
 * redis_priv.h - the internals of store/redis.h, for redis.c and stream.c only.
 */
#ifndef STORE_REDIS_PRIV_H
#define STORE_REDIS_PRIV_H

#include <hiredis/hiredis.h>

#include "store/redis.h"

/* One command; its words may hold any bytes. */
struct redis_command {
	const struct bytes *words;
	size_t count;
};

#define WORD(s) ((struct bytes){ (s), strlen(s) })
#define COMMAND(...)                                                       \
	((struct redis_command){ (const struct bytes[]){ __VA_ARGS__ },          \
			   sizeof((struct bytes[]){ __VA_ARGS__ }) /       \
				   sizeof(struct bytes) })

enum {
	RUN_ONCE = 0,
	/* May be sent again when the connection turns out to be dead. */
	RUN_TWICE = 1,
	/* The caller handles error replies, except of a server that is away. */
	RUN_ERRORS = 2
};

/*
 * Sends 'n' commands in one go and reads a reply to each; the replies are valid
 * until the next call.  'wait_ms' is added to the timeout of the replies.
 */
int redis_run(struct redis *r, const struct redis_command *commands, size_t n,
	      int flags, int64_t wait_ms, redisReply ***replies,
	      struct fault *f);

/* Decimal text of a number, in the memory given. */
struct decimal {
	char text[24];
};
struct bytes number_word(int64_t n, struct decimal *mem);

struct bytes reply_bytes(const redisReply *reply, struct arena *a);

#endif
