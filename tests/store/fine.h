/*
 * fine.h - the one fault of a test program, and the check that says what it
 * is when something should have gone well.
 */
#ifndef TESTS_STORE_FINE_H
#define TESTS_STORE_FINE_H

#include "base/fault.h"
#include "tests/tap.h"

static struct fault f;

#define fine(rc, what) fine_at((rc), (what), __FILE__, __LINE__)

static inline bool
fine_at(int rc, const char *what, const char *file, int line)
{
	if (!tap_ok(rc == 0, what, file, line))
		printf("# %s (%s)\n", f.text, f.cause);
	return rc == 0;
}

#endif
