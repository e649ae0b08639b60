/* Streams of jobs: each entry has one field, the body. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "store/redis_priv.h"

#define FIELD_NAME "b"
#define TRIES 4

/* One read: only the streams of which any entry is wanted. */
struct stream_reader {
	struct redis *r;
	struct arena *arena;
	const struct stream_query *q;
	const char **streams;
	size_t *counts;
	size_t n;
	struct stream_entry *jobs;
	size_t found, room;
};

int
stream_add(struct redis *r, const char *stream, const struct bytes *bodies,
	   size_t count, size_t max_len, struct fault *f)
{
	struct redis_command *commands = xcalloc(count + 1, sizeof(*commands));
	struct bytes *words = xcalloc(count + 1, 8 * sizeof(*words));
	struct decimal limit;
	redisReply **replies;
	int rc = 0;

	for (size_t i = 0; i < count; i++) {
		struct bytes *w = words + i * 8;
		size_t n = 0;

		w[n++] = WORD("XADD");
		w[n++] = WORD(stream);
		if (max_len > 0) {
			w[n++] = WORD("MAXLEN");
			w[n++] = WORD("~");
			w[n++] = number_word((int64_t)max_len, &limit);
		}
		w[n++] = WORD("*");
		w[n++] = WORD(FIELD_NAME);
		w[n++] = bodies[i];
		commands[i] = (struct redis_command){ w, n };
	}
	if (count)
		rc = redis_run(r, commands, count, RUN_ONCE, 0, &replies, f);
	free(words);
	free(commands);
	return rc;
}

static void
keep_entries(struct stream_reader *rd, const char *stream,
	     const redisReply *entries)
{
	for (size_t i = 0; i < entries->elements; i++) {
		const redisReply *entry = entries->element[i], *fields;

		if (entry->elements != 2 || rd->found == rd->room ||
		    entry->element[0]->type != REDIS_REPLY_STRING)
			continue;
		fields = entry->element[1];
		rd->jobs[rd->found++] = (struct stream_entry){
			.stream = stream,
			.id = arena_strdup(rd->arena, entry->element[0]->str),
			.body = fields->elements == 2
					? reply_bytes(fields->element[1],
						      rd->arena)
					: (struct bytes){ "", 0 },
		};
	}
}

/* A reply is an array of [stream, entries], or empty. */
static void
keep_reply(struct stream_reader *rd, const redisReply *reply)
{
	for (size_t i = 0; i < reply->elements; i++) {
		const redisReply *one = reply->element[i];

		if (one->elements != 2 ||
		    one->element[0]->type != REDIS_REPLY_STRING)
			continue;
		for (size_t k = 0; k < rd->n; k++) {
			if (strcmp(rd->streams[k], one->element[0]->str) == 0)
				keep_entries(rd, rd->streams[k],
					     one->element[1]);
		}
	}
}

/* Both replies mean that Redis was emptied, or is new. */
static bool
is_gone(const redisReply *reply)
{
	return reply->type == REDIS_REPLY_ERROR &&
	       (strncmp(reply->str, "NOGROUP", 7) == 0 ||
		strncmp(reply->str, "UNBLOCKED", 9) == 0);
}

/*
 * Returns 1: read, 0: groups are missing, -1: a fault.  There is one command
 * per stream, or one for all.
 */
static int
read_once(struct stream_reader *rd, const struct redis_command *commands,
	  size_t n, int64_t wait_ms, struct fault *f)
{
	redisReply **replies;
	bool gone = false;

	if (redis_run(rd->r, commands, n, RUN_TWICE | RUN_ERRORS, wait_ms,
		      &replies, f))
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (is_gone(replies[i])) {
			gone = true;
		} else if (replies[i]->type == REDIS_REPLY_ERROR) {
			fault_set(f, FAULT_BROKEN, "Redis could not do this.");
			return fault_cause(f, "redis: %s", replies[i]->str);
		} else {
			keep_reply(rd, replies[i]);
		}
	}
	return gone && rd->found == 0 ? 0 : 1;
}

/* The new group also gets the entries already in the stream.  For a group that
 * exists the error reply (BUSYGROUP) is ignored. */
static int
make_groups(struct stream_reader *rd, struct fault *f)
{
	struct redis_command *commands =
		ARENA_ARRAY(rd->arena, rd->n, struct redis_command);
	redisReply **replies;

	for (size_t i = 0; i < rd->n; i++) {
		struct bytes *w = ARENA_ARRAY(rd->arena, 6, struct bytes);

		w[0] = WORD("XGROUP");
		w[1] = WORD("CREATE");
		w[2] = WORD(rd->streams[i]);
		w[3] = WORD(rd->q->group);
		w[4] = WORD("0");
		w[5] = WORD("MKSTREAM");
		commands[i] = (struct redis_command){ w, 6 };
	}
	return redis_run(rd->r, commands, rd->n, RUN_TWICE | RUN_ERRORS, 0,
			 &replies, f);
}

/* XREADGROUP of streams[from..from+n); wait_ms < 0: does not wait. */
static struct redis_command
read_command(struct stream_reader *rd, size_t from, size_t n, size_t count,
	     int64_t wait_ms)
{
	struct bytes *w = ARENA_ARRAY(rd->arena, 9 + 2 * n, struct bytes);
	struct decimal *numbers = ARENA_ARRAY(rd->arena, 2, struct decimal);
	size_t k = 0;

	w[k++] = WORD("XREADGROUP");
	w[k++] = WORD("GROUP");
	w[k++] = WORD(rd->q->group);
	w[k++] = WORD(rd->q->consumer);
	w[k++] = WORD("COUNT");
	w[k++] = number_word((int64_t)count, &numbers[0]);
	if (wait_ms >= 0) {
		w[k++] = WORD("BLOCK");
		w[k++] = number_word(wait_ms, &numbers[1]);
	}
	w[k++] = WORD("STREAMS");
	for (size_t i = 0; i < n; i++)
		w[k + i] = WORD(rd->streams[from + i]);
	for (size_t i = 0; i < n; i++)
		w[k + n + i] = WORD(">");
	return (struct redis_command){ w, k + 2 * n };
}

/* Each stream has its own count, so each needs its own command. */
static int
read_now(struct stream_reader *rd, struct fault *f)
{
	struct redis_command *commands =
		ARENA_ARRAY(rd->arena, rd->n, struct redis_command);

	for (size_t i = 0; i < rd->n; i++)
		commands[i] = read_command(rd, i, 1, rd->counts[i], -1);
	return read_once(rd, commands, rd->n, 0, f);
}

/* Waits with one command for all streams, so with the least of their counts. */
static int
read_later(struct stream_reader *rd, int64_t wait_ms, struct fault *f)
{
	size_t least = rd->counts[0];
	struct redis_command command;

	for (size_t i = 1; i < rd->n; i++)
		least = rd->counts[i] < least ? rd->counts[i] : least;
	command = read_command(rd, 0, rd->n, least, wait_ms);
	return read_once(rd, &command, 1, wait_ms, f);
}

static int
read_any(struct stream_reader *rd, struct fault *f)
{
	int64_t until = clock_boot_us() + rd->q->wait_ms * US_PER_MS;

	for (int i = 0; i < TRIES; i++) {
		int64_t left = (until - clock_boot_us()) / US_PER_MS;
		int got = read_now(rd, f);

		if (got > 0 && rd->found == 0 && left > 0)
			got = read_later(rd, left, f);
		if (got != 0)
			return got < 0 ? -1 : 0;
		if (make_groups(rd, f))
			return -1;
	}
	return 0;
}

int
stream_read(struct redis *r, const struct stream_query *q,
	    struct stream_entry **out, size_t *count, struct arena *a,
	    struct fault *f)
{
	struct stream_reader rd = { .r = r, .arena = a, .q = q };

	rd.streams = ARENA_ARRAY(a, q->n + 1, const char *);
	rd.counts = ARENA_ARRAY(a, q->n + 1, size_t);
	for (size_t i = 0; i < q->n; i++) {
		if (q->counts[i] == 0)
			continue;
		rd.streams[rd.n] = q->streams[i];
		rd.counts[rd.n++] = q->counts[i];
		rd.room += q->counts[i];
	}
	rd.jobs = ARENA_ARRAY(a, rd.room + 1, struct stream_entry);
	if (rd.n && read_any(&rd, f))
		return -1;
	*out = rd.jobs;
	*count = rd.found;
	return 0;
}

/* Sends XACK and XDEL for each run of jobs of the same stream. */
int
stream_done(struct redis *r, const char *group, const struct stream_entry *jobs,
	    size_t count, struct fault *f)
{
	struct redis_command *commands =
		xcalloc(2 * count + 1, sizeof(*commands));
	struct bytes *words = xcalloc(10 * count + 1, sizeof(*words));
	struct bytes *w = words;
	redisReply **replies;
	size_t n = 0;
	int rc = 0;

	for (size_t from = 0, to; from < count; from = to) {
		const char *stream = jobs[from].stream;

		for (to = from; to < count; to++)
			if (strcmp(jobs[to].stream, stream) != 0)
				break;
		for (int del = 0; del < 2; del++) {
			struct bytes *begin = w;

			*w++ = WORD(del ? "XDEL" : "XACK");
			*w++ = WORD(stream);
			if (!del)
				*w++ = WORD(group);
			for (size_t i = from; i < to; i++)
				*w++ = WORD(jobs[i].id);
			commands[n++] =
				(struct redis_command){ begin,
							(size_t)(w - begin) };
		}
	}
	if (n)
		rc = redis_run(r, commands, n, RUN_TWICE, 0, &replies, f);
	free(words);
	free(commands);
	return rc;
}

int
stream_length(struct redis *r, const char *stream, int64_t *out,
	      struct fault *f)
{
	struct redis_command xlen = COMMAND(WORD("XLEN"), WORD(stream));
	redisReply **replies;

	if (redis_run(r, &xlen, 1, RUN_TWICE, 0, &replies, f))
		return -1;
	*out = replies[0]->integer;
	return 0;
}
