/*
 * tap.h - what a test program in C needs: each check prints one line of TAP
 * (the Test Anything Protocol) on standard output, tap_done() prints the plan.
 *
 *	ok(list_is_empty(l), "a new list is empty");
 *	is_int(list_length(l), 0, "and has no elements");
 *	is_str(f.text, "There is none.", "the fault says so");
 *	return tap_done();
 */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The sanitizers take memory of their own: gcc and clang say so each. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

static int tap_count, tap_failed;

#define ok(good, what) tap_ok((good), (what), __FILE__, __LINE__)
#define is_int(got, want, what)                                            \
	tap_is_int((got), (want), (what), __FILE__, __LINE__)
#define is_str(got, want, what)                                            \
	tap_is_str((got), (want), (what), __FILE__, __LINE__)

static inline bool
tap_ok(bool good, const char *what, const char *file, int line)
{
	tap_count++;
	printf("%sok %d - %s\n", good ? "" : "not ", tap_count, what);
	if (!good) {
		tap_failed++;
		printf("# failed at %s:%d\n", file, line);
	}
	/* A program that crashes later has still said this. */
	fflush(stdout);
	return good;
}

static inline bool
tap_is_int(int64_t got, int64_t want, const char *what, const char *file,
	   int line)
{
	if (!tap_ok(got == want, what, file, line))
		printf("# got  %" PRId64 "\n# want %" PRId64 "\n", got, want);
	return got == want;
}

/* Each line of a value becomes a comment of its own. */
static inline void
tap_show(const char *label, const char *s)
{
	printf("# %s ", label);
	for (; s && *s; s++)
		if (*s == '\n')
			fputs("\\n\n#      ", stdout);
		else
			putchar(*s);
	puts(s ? "" : "NULL");
}

static inline bool
tap_is_str(const char *got, const char *want, const char *what,
	   const char *file, int line)
{
	bool same = got && want ? !strcmp(got, want) : got == want;

	if (!tap_ok(same, what, file, line)) {
		tap_show("got ", got);
		tap_show("want", want);
	}
	return same;
}

/* The plan; returns what main() returns. */
static inline int
tap_done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed ? 1 : 0;
}

#endif
