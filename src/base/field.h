/*
 * field.h - a field table: one line gives name, type, offset, range, default
 * and help text of a struct member.  The same line serves a config file, a
 * form, JSON and a database row, so that a limit is written once.
 *
 * Members are int64_t (integer), const char * (text), bool, unsigned (one word
 * of a list), struct wordset, struct wordmap or struct spans: the type comes
 * from the member itself, so a wrong one does not compile.
 */
#ifndef BASE_FIELD_H
#define BASE_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct fault;

/* A set of words: bit n is word n.  Its text is "mon,tue,fri". */
struct wordset {
	uint32_t bits;
};

/* Numbers for some of the words: of[n] belongs to word n, 0 is none.  Its text
 * is "busy=5,no_answer=60", in the order of the words. */
#define WORDMAP_MOST 16
struct wordmap {
	int32_t of[WORDMAP_MOST];
};

/* Spans of a day in minutes, sorted by their beginning; one that ends at or
 * before its beginning runs into the next day.  Its text is "13:00-17:00,
 * 19:00-20:30". */
#define SPANS_MOST 3
struct span {
	int from, to; /* 0-1439, 0-1440 */
};
struct spans {
	size_t count;
	struct span at[SPANS_MOST];
};

enum field_type {
	FIELD_INT,
	FIELD_STR,
	FIELD_BOOL,
	FIELD_WORD,
	FIELD_SET,
	FIELD_MAP,
	FIELD_SPANS
};

enum field_shape {
	SHAPE_PLAIN,
	SHAPE_CLOCK, /* int: minutes of the day, text "HH:MM", up to 24:00;
			"9", "9.00", "0900" and "9am" are read too */
	SHAPE_TIME,  /* int: microseconds UTC, text ISO 8601 with Z */
	/* int: days since 1970-01-01, text "2026-12-24"; and minutes since
	 * then, text "2026-12-01T10:00"; both in no zone.  0, text "", means
	 * none and is always allowed; negative numbers never are. */
	SHAPE_DATE,
	SHAPE_DATE_TIME,
	SHAPE_ZONE,  /* str: a time zone of the tz database, read in any
			case */
	SHAPE_NAMES, /* str: a list "a,b-2" of different [a-z0-9_-]{1,40} */
	SHAPE_SECRET /* str: never printed or logged */
};
#define NAMES_CHARS 40

struct field {
	const char *name;
	size_t offset;
	enum field_type type;
	enum field_shape shape;
	int64_t min, max; /* int: the value; str: its characters (SHAPE_NAMES:
			     names); set: its words; map: each value, at least
			     1; spans: their number.
			     0,0: no limit; max below min: no upper limit */
	const char *const *words; /* word, set, map: NULL-terminated list; a
				     set or map does not use empty words */
	const char *def;   /* default as text; NULL: none */
	const char *label; /* the name shown to people: "Ring Timeout" */
	const char *unit;  /* "s", "min", ...; NULL: none */
	const char *help;  /* one sentence */
};

#define FIELD(S, m)                                                        \
	.name = #m, .offset = offsetof(struct S, m),                       \
	.type = _Generic(((struct S *)0)->m, int64_t : FIELD_INT,          \
			 const char * : FIELD_STR, bool : FIELD_BOOL,      \
			 unsigned : FIELD_WORD, struct wordset : FIELD_SET, \
			 struct wordmap : FIELD_MAP,                       \
			 struct spans : FIELD_SPANS)

struct record {
	const struct field *fields;
	size_t count;
};
#define RECORD(array) { .fields = (array), .count = ARRAY_LEN(array) }

const struct field *record_find(const struct record *r, const char *name);

/* Sets every member that has a default to that default. */
void record_defaults(const struct record *r, void *base, struct arena *a);

/*
 * Reads 'text' into the member.  FAULT_INVALID names the field and says what
 * is allowed ("Ring Timeout must be a whole number from 10 to 120.").
 * Text must be valid UTF-8 without control characters, and have a visible
 * character where it may not be empty; it is trimmed.
 */
int field_set(const struct field *fd, void *base, const char *text,
	      struct arena *a, struct fault *f);

/*
 * What the field accepts, as the rest of a sentence: "must be a whole number
 * from 10 to 120 s".
 */
const char *field_allows(const struct field *fd, struct arena *a);

/* Makes the same checks on a value that did not come from text. */
int field_check(const struct field *fd, const void *base, struct fault *f);

/* Checks every member with field_check(). */
int record_check(const struct record *r, const void *base, struct fault *f);

/* The member as text, in the form that field_set() reads. */
const char *field_text(const struct field *fd, const void *base,
		       struct arena *a);

#endif
