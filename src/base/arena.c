#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first piece is enough for most requests; a reset keeps at most one
 * piece of KEPT_SIZE. */
#define FIRST_SIZE ((size_t)16 * 1024)
#define KEPT_SIZE ((size_t)1024 * 1024)

struct piece {
	struct piece *next;
	size_t size;
	alignas(max_align_t) char data[];
};

struct arena {
	struct piece *piece; /* the newest; only it has room */
	size_t filled;	     /* of the newest */
	size_t used;
};

static void
no_memory(void)
{
	fputs("Out of memory.\n", stderr);
	abort();
}

void *
xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		no_memory();
	return p;
}

void *
xcalloc(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);

	if (!p)
		no_memory();
	return p;
}

void *
xrealloc(void *p, size_t size)
{
	p = realloc(p, size ? size : 1);
	if (!p)
		no_memory();
	return p;
}

char *
xstrdup(const char *s)
{
	size_t size = strlen(s) + 1;

	return memcpy(xmalloc(size), s, size);
}

struct arena *
arena_new(void)
{
	return xcalloc(1, sizeof(struct arena));
}

static void
free_pieces(struct piece *p)
{
	while (p) {
		struct piece *next = p->next;

		free(p);
		p = next;
	}
}

void
arena_free(struct arena *a)
{
	if (!a)
		return;
	free_pieces(a->piece);
	free(a);
}

void
arena_reset(struct arena *a)
{
	struct piece *kept = a->piece;

	/* The newest piece is the largest, but for single big allocations. */
	while (kept && kept->size > KEPT_SIZE) {
		struct piece *next = kept->next;

		free(kept);
		kept = next;
	}
	if (kept) {
		free_pieces(kept->next);
		kept->next = NULL;
	}
	a->piece = kept;
	a->filled = a->used = 0;
}

size_t
arena_used(const struct arena *a)
{
	return a->used;
}

static void
add_piece(struct arena *a, size_t size)
{
	size_t want = a->piece ? a->piece->size * 2 : FIRST_SIZE;
	struct piece *p;

	if (want > KEPT_SIZE)
		want = KEPT_SIZE;
	if (want < size)
		want = size;
	p = xmalloc(sizeof(*p) + want);
	p->size = want;
	p->next = a->piece;
	a->piece = p;
	a->filled = 0;
}

/* 'size' bytes, not zeroed. */
static void *
take(struct arena *a, size_t size)
{
	const size_t align = alignof(max_align_t);
	char *p;

	if (size > SIZE_MAX / 4)
		no_memory();
	size = (size + align - 1) / align * align;
	if (!a->piece || a->piece->size - a->filled < size)
		add_piece(a, size);
	p = a->piece->data + a->filled;
	a->filled += size;
	a->used += size;
	return p;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	return memset(take(a, size ? size : 1), 0, size);
}

void *
arena_array(struct arena *a, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		no_memory();
	return arena_alloc(a, count * size);
}

char *
arena_memdup(struct arena *a, const void *p, size_t len)
{
	char *copy = take(a, len + 1);

	if (len)
		memcpy(copy, p, len);
	copy[len] = '\0';
	return copy;
}

void *
arena_grow(struct arena *a, void *array, size_t count, size_t size)
{
	void *bigger;

	if (count < 16 ? count != 0 : count & (count - 1))
		return array;
	bigger = arena_array(a, count ? 2 * count : 16, size);
	if (count)
		memcpy(bigger, array, count * size);
	return bigger;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return arena_memdup(a, s, strlen(s));
}

char *
arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	int len;
	char *s;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len < 0)
		no_memory();
	s = take(a, (size_t)len + 1);
	vsnprintf(s, (size_t)len + 1, fmt, ap);
	return s;
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return s;
}
