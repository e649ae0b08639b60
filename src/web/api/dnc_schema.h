/*
 * dnc_schema.h - do-not-call lists and their numbers as the API reads and shows
 * them.
 */
#ifndef WEB_API_DNC_SCHEMA_H
#define WEB_API_DNC_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "workspace/dnc.h"

struct record;
struct schema;

/* What is sent: numbers, and why and until when they are not called. */
struct dnc_numbers_body {
	const char **phone_numbers;
	size_t count;
	const char *reason, *until;
};
struct dnc_number_body {
	const char *phone_number;
};

struct dnc_list_shown {
	struct dnc_list k;
	bool stale;
};
struct dnc_lists_answer {
	struct dnc_list_shown *lists;
	size_t count;
};

struct dnc_page_filter {
	int64_t limit;
	const char *after;
};
struct dnc_entry_shown {
	const char *phone_number, *reason, *added_by;
	int64_t added_at, until;
	bool bars;
};
struct dnc_page_answer {
	struct dnc_entry_shown *numbers;
	size_t count;
	const char *next;
};

/* What became of each number; the order of enum dnc_became. */
enum { BECAME_INVALID = DNC_SAME + 1, BECAME_MAX };
struct dnc_became_shown {
	const char *phone_number, *number;
	unsigned became;
	const char *detail;
};
struct dnc_became_answer {
	struct dnc_became_shown *numbers;
	size_t count;
	int64_t of[BECAME_MAX];
};

struct dnc_bar {
	int64_t id;
	const char *name;
	unsigned kind;
	const char *reason;
	int64_t until;
};
struct dnc_scrubbed {
	const char *phone_number, *number;
	bool barred;
	const char *detail;
	struct dnc_bar *lists;
	size_t list_count;
};
struct dnc_scrub_answer {
	struct dnc_scrubbed *numbers;
	size_t count;
	int64_t barred;
};

/* Members of bodies, and of the query of a page. */
extern const struct record dnc_numbers_record, dnc_number_record,
	dnc_page_record;

/* Bodies: numbers to add, to look up, one to remove, and what is said of a
 * list. */
extern const struct schema dnc_numbers_schema, dnc_question_schema,
	dnc_number_schema, dnc_set_schema;
/* Answers. */
extern const struct schema dnc_list_schema, dnc_lists_schema, dnc_page_schema,
	dnc_became_schema, dnc_scrub_schema;

#endif
