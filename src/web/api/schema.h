/*
 * schema.h - what the API reads and answers, as tables over structs: the same
 * table writes an answer and describes it in openapi.json, so neither can say
 * what the other does not.
 */
#ifndef WEB_API_SCHEMA_H
#define WEB_API_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct field;
struct record;

/* Members of an object that a field table describes; its struct stands at
 * 'offset' in the object's. */
struct schema_members {
	const struct record *record;
	size_t offset;
};

/* A text that is JSON already; NULL: null. */
struct schema_raw {
	const char *type; /* for people: "object of texts" */
	const char *json; /* its JSON Schema, without the braces */
};

/* A member that is an object or a list. */
struct schema_part {
	const char *name, *text; /* what it is, one sentence */
	const struct schema *schema; /* of the object, or of each element */
	const struct field *plain;   /* instead: of each element of a list */
	const struct schema_raw *raw; /* instead: of a text that is JSON */
	bool list;
	/* Of an object: its struct.  Of JSON: the text.  Of a list: a pointer to
	 * the elements, their number (size_t), and the bytes of each. */
	size_t offset, count, size;
};

struct schema {
	const char *name; /* in openapi.json */
	const struct schema_members *members;
	size_t member_count;
	const struct schema_part *parts;
	size_t part_count;
};

#define SCHEMA_PART_ONE(S, m, of, what)                                    \
	{ .name = #m, .text = (what), .schema = (of),                      \
	  .offset = offsetof(struct S, m) }
#define SCHEMA_PART_RAW(S, m, of, what)                                    \
	{ .name = #m, .text = (what), .raw = (of),                         \
	  .offset = offsetof(struct S, m) }
#define SCHEMA_PART_LIST(S, m, n, of, what)                                \
	{ .name = #m, .text = (what), .schema = (of), .list = true,        \
	  .offset = offsetof(struct S, m), .count = offsetof(struct S, n), \
	  .size = sizeof(*((struct S *)0)->m) }
#define SCHEMA_PART_PLAIN(S, m, n, of, what)                               \
	{ .name = #m, .text = (what), .plain = (of), .list = true,         \
	  .offset = offsetof(struct S, m), .count = offsetof(struct S, n), \
	  .size = sizeof(*((struct S *)0)->m) }

/* Writes the struct as a JSON object. */
void schema_write(struct buf *out, const struct schema *s, const void *base,
		  struct arena *a);

/* Describes the object: a JSON Schema, for components.schemas.  'body': as it
 * is read, not as it is written. */
void schema_describe(struct buf *out, const struct schema *s, bool body,
		     struct arena *a);

/* Describes the value of one field. */
void schema_describe_field(struct buf *out, const struct field *fd, bool body,
			   struct arena *a);

#endif
