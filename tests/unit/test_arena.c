/* Memory of one lifetime: zeroed, aligned, bounded, never NULL. */
#include <signal.h>
#include <stdalign.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "tests/tap.h"

static bool
is_zero(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (p[i])
			return false;
	}
	return true;
}

static void
test_alloc(void)
{
	struct arena *a = arena_new();
	bool aligned = true, zeroed = true;

	is_int((int64_t)arena_used(a), 0, "a new arena has given out nothing");
	for (size_t size = 0; size < 3000; size += 7) {
		char *p = arena_alloc(a, size);

		aligned = aligned && (uintptr_t)p % alignof(max_align_t) == 0;
		zeroed = zeroed && is_zero(p, size);
		memset(p, 0xaa, size);
	}
	ok(aligned, "every allocation is aligned for any type");
	ok(zeroed, "every allocation is zeroed");
	ok(arena_alloc(a, 0) != arena_alloc(a, 0),
	   "allocations of no bytes have different addresses");
	arena_reset(a);
	is_int((int64_t)arena_used(a), 0, "a reset forgets all allocations");
	ok(is_zero(arena_alloc(a, 4000), 4000),
	   "memory is zeroed again after a reset");
	arena_free(a);
	arena_free(NULL);
}

static void
test_large(void)
{
	struct arena *a = arena_new();
	const size_t large = (size_t)5 * 1024 * 1024;
	char *first = arena_strdup(a, "first");
	char *p = arena_alloc(a, large);

	p[0] = p[large - 1] = 'x';
	is_str(first, "first", "a large allocation leaves the others alone");
	ok(arena_used(a) >= large, "a large allocation is counted");
	arena_reset(a);
	is_str(arena_strdup(a, "again"), "again",
	       "an arena can be used after a large allocation");
	for (int i = 0; i < 100; i++) {
		arena_reset(a);
		memset(arena_alloc(a, 100000), i, 100000);
	}
	ok(arena_used(a) < 200000,
	   "an arena that is reset and used again does not grow");
	arena_free(a);
}

static void
test_text(void)
{
	struct arena *a = arena_new();
	char long_text[40000];

	memset(long_text, 'y', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	is_str(arena_strdup(a, ""), "", "an empty text is copied");
	is_str(arena_strdup(a, long_text), long_text,
	       "a text of 40 kB is copied");
	ok(!memcmp(arena_memdup(a, "a\0b", 3), "a\0b", 4),
	   "bytes with a NUL are copied and terminated");
	is_str(arena_memdup(a, NULL, 0), "",
	       "copying no bytes from NULL gives an empty text");
	is_str(arena_printf(a, "%d %s", -3, "ü"), "-3 ü",
	       "a text is formatted");
	is_int((int64_t)strlen(arena_printf(a, "%s%s", long_text, long_text)),
	       79998, "a text of 80 kB is formatted");
	arena_free(a);
}

static void
array_too_big(void)
{
	arena_array(arena_new(), SIZE_MAX / 2, 3);
}

static void
alloc_too_big(void)
{
	arena_alloc(arena_new(), SIZE_MAX - 3);
}

/* Runs it in a child: did the child abort? */
static bool
aborts(void (*fn)(void))
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		fn();
		_exit(0);
	}
	waitpid(child, &status, 0);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

int
main(void)
{
	test_alloc();
	test_large();
	test_text();
	ok(aborts(array_too_big), "a product that overflows ends the process");
	ok(aborts(alloc_too_big),
	   "an allocation larger than memory ends the process");
	return tap_done();
}
