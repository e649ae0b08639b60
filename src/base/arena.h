/*
 * arena.h - memory with one lifetime: a request, a batch of calls.
 *
 * arena_reset() or arena_free() frees everything in an arena at once; nothing
 * in it is freed on its own.  Allocation never returns NULL: running out of
 * memory ends the process, and its parent starts another.
 * An arena belongs to one thread at a time.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

struct arena;

struct arena *arena_new(void);

/* Frees the arena and everything in it; NULL is allowed. */
void arena_free(struct arena *a);

/* Frees all allocations, but keeps a bounded amount of memory for the next. */
void arena_reset(struct arena *a);

/* Bytes handed out since the last reset; for tests and metrics. */
size_t arena_used(const struct arena *a);

/* 'size' zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size);

/* 'count' zeroed elements; a product that overflows ends the process. */
void *arena_array(struct arena *a, size_t count, size_t size);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))

/* Makes room for one more element in an array of 'count' elements that only
 * this function grows; begin with NULL and 0.  The array may move. */
void *arena_grow(struct arena *a, void *array, size_t count, size_t size);

char *arena_strdup(struct arena *a, const char *s);
/* Copies exactly 'len' bytes and terminates them. */
char *arena_memdup(struct arena *a, const void *p, size_t len);
char *arena_printf(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));

/* Heap memory, also never NULL; the caller frees it with free(). */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);

#endif
