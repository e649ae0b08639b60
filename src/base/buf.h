/*
 * buf.h - a byte string that grows.  data is always terminated by a NUL that
 * len does not count, and is never NULL.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

struct buf {
	char *data;
	size_t len, cap;
};

extern char buf_nothing[];
#define BUF_INIT { .data = buf_nothing }

void buf_add(struct buf *b, const void *p, size_t len);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Makes room for 'len' more bytes (and a NUL) and returns where they begin;
 * the caller writes them, adds their number to 'len' and terminates the buf.
 */
char *buf_room(struct buf *b, size_t len);

/* Empties it and keeps the memory. */
void buf_clear(struct buf *b);

/* Frees the memory; the buf can be used again. */
void buf_free(struct buf *b);

#endif
