#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define FIRST_CAP 256

char buf_nothing[1] = "";

char *
buf_room(struct buf *b, size_t len)
{
	size_t cap = b->cap ? b->cap : FIRST_CAP;

	if (len > SIZE_MAX / 4 || b->len > SIZE_MAX / 4)
		abort();
	while (cap < b->len + len + 1)
		cap *= 2;
	if (cap != b->cap) {
		b->data = xrealloc(b->cap ? b->data : NULL, cap);
		b->cap = cap;
		b->data[b->len] = '\0';
	}
	return b->data + b->len;
}

void
buf_add(struct buf *b, const void *p, size_t len)
{
	char *at;

	if (!len)
		return;
	at = buf_room(b, len);
	memcpy(at, p, len);
	at[len] = '\0';
	b->len += len;
}

void
buf_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len < 0)
		abort();
	buf_room(b, (size_t)len);
	va_start(ap, fmt);
	vsnprintf(b->data + b->len, (size_t)len + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)len;
}

void
buf_clear(struct buf *b)
{
	if (b->cap)
		b->data[0] = '\0';
	b->len = 0;
}

void
buf_free(struct buf *b)
{
	if (b->cap)
		free(b->data);
	*b = (struct buf)BUF_INIT;
}
