#include "carrier/lines.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

enum lines_read
lines_read(struct lines *l, int fd)
{
	ssize_t got;

	if (l->at) {
		memmove(l->data, l->data + l->at, l->len);
		l->at = 0;
	}
	do {
		got = recv(fd, l->data + l->len, sizeof(l->data) - l->len, 0);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return errno == EAGAIN || errno == EWOULDBLOCK ? LINES_AGAIN
							       : LINES_CLOSED;
	if (got == 0)
		return LINES_CLOSED;
	l->len += (size_t)got;
	return LINES_MORE;
}

static bool
is_clean(const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)line[i];

		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

/* Keeps the start of an incomplete line, unless it is longer than a line may
 * be. */
static void
keep_room(struct lines *l)
{
	if (l->len <= LINE_LIMIT && !l->skipping)
		return;
	if (!l->skipping)
		l->garbage++;
	l->skipping = true;
	l->at = l->len = 0;
}

char *
lines_next(struct lines *l)
{
	while (l->len) {
		char *line = l->data + l->at;
		char *end = memchr(line, '\n', l->len);
		size_t len;
		bool tail = l->skipping;

		if (!end) {
			keep_room(l);
			return NULL;
		}
		len = (size_t)(end - line);
		l->at += len + 1;
		l->len -= len + 1;
		l->skipping = false;
		if (tail)
			continue;
		if (len && line[len - 1] == '\r')
			len--;
		line[len] = '\0';
		if (len <= LINE_LIMIT && is_clean(line, len))
			return line;
		l->garbage++;
	}
	return NULL;
}

size_t
line_split(char *line, char **words, size_t max)
{
	size_t n = 0;

	while (n < max) {
		words[n++] = line;
		line = strchr(line, '\t');
		if (!line || n == max)
			break;
		*line++ = '\0';
	}
	return n;
}

bool
line_allows(const char *value)
{
	return is_clean(value, strlen(value)) && !strchr(value, '\t');
}

size_t
outgoing_left(const struct outgoing *o)
{
	return o->buf.len - o->at;
}

int
outgoing_flush(struct outgoing *o, int fd)
{
	while (outgoing_left(o)) {
		ssize_t put = send(fd, o->buf.data + o->at, outgoing_left(o),
				   MSG_NOSIGNAL | MSG_DONTWAIT);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return 0;
		if (put < 0)
			return -1;
		o->at += (size_t)put;
	}
	outgoing_clear(o);
	return 0;
}

void
outgoing_clear(struct outgoing *o)
{
	buf_clear(&o->buf);
	o->at = 0;
}

void
outgoing_free(struct outgoing *o)
{
	buf_free(&o->buf);
	o->at = 0;
}
