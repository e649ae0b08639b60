/*
 * field.h - a field table: one line gives name, type, offset, range, default
 * and help text of a struct member.  The same line serves a config file, a
 * form, JSON and a database row, so that a limit is written once.
 *
 * Members are int64_t (integer), const char * (text), bool, unsigned (one word
 * of a list) or struct wordset: the type comes from the member itself.  A
 * member of any other type, or a text of a form of its own, has a codec.
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

enum field_type {
	FIELD_INT,
	FIELD_STR,
	FIELD_BOOL,
	FIELD_WORD,
	FIELD_SET,
	FIELD_CODED /* by its codec only */
};

enum field_shape {
	SHAPE_PLAIN,
	SHAPE_CLOCK, /* int: minutes of the day, text "HH:MM", up to 24:00;
			"9", "9.00", "0900" and "9am" are read too */
	SHAPE_TIME,  /* int: microseconds UTC, text ISO 8601 with Z; 0, text
			"": none */
	/* int: days since 1970-01-01, text "2026-12-24"; and minutes since
	 * then, text "2026-12-01T10:00"; both in no zone.  0, text "", means
	 * none and is always allowed; negative numbers never are. */
	SHAPE_DATE,
	SHAPE_DATE_TIME,
	SHAPE_ZONE,  /* str: a time zone of the tz database, read in any
			case */
	SHAPE_SECRET /* str: never printed or logged */
};

struct field;

/* The form of a codec's text, and what JSON may have instead of the text.  The
 * words of a map are words of the field. */
enum codec_form {
	CODEC_LIST, /* "a, b"; or an array */
	CODEC_MAP,  /* "word=1,other=2"; or an object */
	CODEC_TEXT, /* one text */
	CODEC_NUMBER /* a number; "" is null */
};

/* How to read, check and show a member that no type and shape describe;
 * 'value' points to the member. */
struct codec {
	size_t size; /* of the member */
	enum codec_form form;
	const char *example; /* an entry; NULL: none */
	/* Reads trimmed text: 0, or -1.  *why is ""; read() may set it to say
	 * which part is wrong and how, else the message is what the field
	 * allows.  Limits are checked by is_allowed(), not here. */
	int (*read)(const struct field *fd, const char *text, void *value,
		    struct arena *a, const char **why);
	bool (*is_allowed)(const struct field *fd, const void *value);
	/* The value as text that read() accepts. */
	const char *(*text)(const struct field *fd, const void *value,
			    struct arena *a);
	/* What read() accepts, in words, like field_allows(). */
	const char *(*allows)(const struct field *fd, struct arena *a);
};

struct field {
	const char *name;
	size_t offset;
	enum field_type type;
	enum field_shape shape;
	const struct codec *codec; /* NULL: its type and shape say all */
	int64_t min, max; /* int: the value; str: its characters; set: its
			     words; with a codec: as the codec says.
			     0,0: no limit; max below min: no upper limit */
	const char *const *words; /* word, set: NULL-terminated list; a set
				     does not use empty words */
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
			 default : FIELD_CODED)

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

/* For codecs: whether a number is from min to max, and these limits in words:
 * " from 10 to 120 s", or "" when there are none. */
bool field_is_within(const struct field *fd, int64_t n);
const char *field_range(const struct field *fd, struct arena *a);

/* True when the field's text is a list; a map of words. */
bool field_is_list(const struct field *fd);
bool field_is_map(const struct field *fd);

/* Makes the same checks on a value that did not come from text. */
int field_check(const struct field *fd, const void *base, struct fault *f);

/* Checks every member with field_check(). */
int record_check(const struct record *r, const void *base, struct fault *f);

/* The member as text, in the form that field_set() reads. */
const char *field_text(const struct field *fd, const void *base,
		       struct arena *a);

#endif
