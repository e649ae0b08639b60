/*
 * json_read.h - reads JSON (RFC 8259) that strangers wrote, strictly: what a
 * lenient reader would drop without a word is refused.  Only this module and
 * the writers of stored JSON include cJSON.
 */
#ifndef BASE_JSON_READ_H
#define BASE_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct fault;
struct field;
struct record;

enum json_kind {
	JSON_NULL,
	JSON_BOOL,
	JSON_NUMBER,
	JSON_STRING,
	JSON_LIST,
	JSON_OBJECT
};

/* A value, in an arena. */
struct json {
	enum json_kind kind;
	const char *key; /* of a member of an object, else NULL */
	/* A string; a number or a switch as field_set() reads it ("12", "yes");
	 * else NULL, also for a number of 16 digits or more. */
	const char *text;
	const struct json *first, *next; /* its members or elements */
	size_t count;			 /* how many they are */
	unsigned token; /* the place of its key among all strings */
};

/*
 * Reads a whole text.  FAULT_INVALID, with line and character as an editor
 * counts them: it is not JSON or not UTF-8, is followed by more text, is nested
 * deeper than 32, sets a key twice, or has a control character in a string.
 */
int json_read(const char *text, const struct json **out, struct arena *a,
	      struct fault *f);

/* The member of that name; NULL: none, or 'object' is no object. */
const struct json *json_member(const struct json *object, const char *key);

/* FAULT_INVALID for the key of 'at', which json_read() found in 'text', with
 * line and character. */
int json_refuse(const char *text, const struct json *at, struct fault *f,
		const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/*
 * The text that the field reads: of a list "mon,tue", of an object "busy=5", of
 * null "" where a field may be empty.  NULL: the field takes no such value.
 * 'strict' asks for the field's own type: a number in quotes is no number, and
 * a phone number is no number.
 */
const char *json_field_text(const struct field *fd, const struct json *value,
			    bool strict, struct arena *a);

/* The same, strictly; NULL with FAULT_INVALID, which says what type the field
 * has. */
const char *json_typed_text(const struct field *fd, const struct json *value,
			    struct arena *a, struct fault *f);

/* The value of a member as it stands in 'text', in which json_read() found it.
 */
const char *json_source(const char *text, const struct json *member,
			struct arena *a);

/* FAULT_INVALID for a member that a table and 'other' (may be NULL) do not name:
 * the message names the nearest, the field is a JSON Pointer's token (RFC 6901).
 */
int json_no_member(const struct record *rec, const char *other,
		   const struct json *member, struct arena *a, struct fault *f);

/*
 * Reads the members of an object into a struct, strictly, but that of the name
 * 'other' (may be NULL); members that are not given stay as they are.
 * FAULT_INVALID names the member that is unknown, has another type, or that its
 * field refuses.
 */
int json_fill(const struct record *rec, void *base, const struct json *object,
	      const char *other, struct arena *a, struct fault *f);

#endif
