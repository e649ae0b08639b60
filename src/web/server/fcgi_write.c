#include "web/server/fcgi_write.h"

#include <errno.h>
#include <stdint.h>
#include <sys/uio.h>

#include "store/redis.h"

#define VERSION 1
#define END_REQUEST 3
#define STANDARD_OUTPUT 6
#define HEAD_BYTES 8
#define BODY_BYTES 65528 /* the largest record, in whole words */
#define RECORDS 8	 /* in one system call */

/* Records that wait to be written together. */
struct fcgi_batch {
	int fd, id;
	uint8_t heads[RECORDS][HEAD_BYTES];
	struct iovec v[2 * RECORDS];
	int count; /* of v */
};

static bool
flush(struct fcgi_batch *b)
{
	struct iovec *v = b->v;

	while (b->count > 0) {
		ssize_t n = writev(b->fd, v, b->count);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		for (; b->count > 0 && (size_t)n >= v->iov_len; b->count--)
			n -= (ssize_t)v++->iov_len;
		if (b->count > 0) {
			v->iov_base = (char *)v->iov_base + n;
			v->iov_len -= (size_t)n;
		}
	}
	return true;
}

static bool
add(struct fcgi_batch *b, uint8_t type, const char *data, size_t len)
{
	uint8_t *head;

	if (b->count == 2 * RECORDS && !flush(b))
		return false;
	head = b->heads[b->count / 2];
	head[0] = VERSION;
	head[1] = type;
	head[2] = (uint8_t)(b->id >> 8);
	head[3] = (uint8_t)b->id;
	head[4] = (uint8_t)(len >> 8);
	head[5] = (uint8_t)len;
	head[6] = head[7] = 0;
	b->v[b->count++] = (struct iovec){ head, HEAD_BYTES };
	b->v[b->count++] = (struct iovec){ (void *)(uintptr_t)data, len };
	return true;
}

static bool
add_pieces(struct fcgi_batch *b, const struct bytes *piece, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *data = piece[i].data;
		size_t left = piece[i].len;

		while (left > 0) {
			size_t len = left < BODY_BYTES ? left : BODY_BYTES;

			if (!add(b, STANDARD_OUTPUT, data, len))
				return false;
			data += len;
			left -= len;
		}
	}
	return true;
}

static bool
add_end(struct fcgi_batch *b)
{
	static const char done[8]; /* status 0, request complete */

	return add(b, STANDARD_OUTPUT, done, 0) &&
	       add(b, END_REQUEST, done, sizeof(done));
}

bool
fcgi_write_part(int fd, int id, const struct bytes *piece, size_t count)
{
	struct fcgi_batch b = { .fd = fd, .id = id };

	return add_pieces(&b, piece, count) && flush(&b);
}

bool
fcgi_write_end(int fd, int id)
{
	struct fcgi_batch b = { .fd = fd, .id = id };

	return add_end(&b) && flush(&b);
}

bool
fcgi_write_reply(int fd, int id, const struct bytes *piece, size_t count)
{
	struct fcgi_batch b = { .fd = fd, .id = id };

	return add_pieces(&b, piece, count) && add_end(&b) && flush(&b);
}
