/*
 * field_cases.h - what texts become in the fields of a record: read, written
 * again, or refused.
 */
#ifndef TESTS_UNIT_FIELD_CASES_H
#define TESTS_UNIT_FIELD_CASES_H

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "tests/tap.h"

/* 'want' is the text again, or the whole sentence of refusal. */
struct field_case {
	const char *field, *text, *want;
};

/* A value of 'size' bytes is read from each text; zeros are an empty one. */
static inline void
check_field_cases(const struct record *r, size_t size,
		  const struct field_case *cases, size_t count, struct arena *a)
{
	const void *untouched = arena_alloc(a, size);

	for (size_t i = 0; i < count; i++) {
		const struct field_case *c = &cases[i];
		const struct field *fd = record_find(r, c->field);
		void *value = arena_alloc(a, size);
		struct fault f = { 0 };
		const char *what =
			arena_printf(a, "%s = \"%s\"", c->field, c->text);

		if (field_set(fd, value, c->text, a, &f)) {
			is_str(f.text, c->want, what);
			is_str(f.field, c->field, "the fault names the field");
			ok(!memcmp(value, untouched, size),
			   "a refused value leaves the record untouched");
		} else {
			is_str(field_text(fd, value, a), c->want, what);
			is_int(field_check(fd, value, &f), 0,
			       "an accepted value passes the check");
		}
	}
}

#endif
