/*
 * lines.h - text lines over a non-blocking socket: bytes in, lines out, words
 * of a line.  Lines end with LF; words are separated by one tab.
 *
 * Nothing that the other side sends makes the buffer grow or the reading stop:
 * a line that is too long or has control bytes is dropped whole and counted.
 */
#ifndef CARRIER_LINES_H
#define CARRIER_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define LINE_LIMIT 16384

struct lines {
	char data[65536];
	size_t at, len;	  /* unread bytes */
	bool skipping;	  /* inside a line that was too long */
	uint64_t garbage; /* lines dropped */
};

enum lines_read { LINES_MORE, LINES_AGAIN, LINES_CLOSED };

/*
 * One read(2).  LINES_MORE: there may be more to read, after lines_next() has
 * given NULL.  LINES_CLOSED: the other side is gone, or an error.
 */
enum lines_read lines_read(struct lines *l, int fd);

/* The next whole line, terminated, valid until lines_read(); NULL: none. */
char *lines_next(struct lines *l);

/* Cuts a line into its words in place; words above 'max' stay in the last. */
size_t line_split(char *line, char **words, size_t max);

/* True when a value may go into a line: no control bytes. */
bool line_allows(const char *value);

/* Bytes that wait for a socket. */
struct outgoing {
	struct buf buf;
	size_t at;
};
#define OUTGOING_INIT           \
	{                       \
		.buf = BUF_INIT \
	}

size_t outgoing_left(const struct outgoing *o);

/* Writes what the socket takes; -1 when it is broken. */
int outgoing_flush(struct outgoing *o, int fd);
void outgoing_clear(struct outgoing *o);
void outgoing_free(struct outgoing *o);

#endif
