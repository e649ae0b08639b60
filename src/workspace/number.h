/*
 * number.h - the phone numbers that calls come from.
 */
#ifndef WORKSPACE_NUMBER_H
#define WORKSPACE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct actor;
struct arena;
struct catalog_kind;
struct db;
struct fault;
struct record;

struct number {
	int64_t id, ver;
	const char *phone; /* E.164 without "+" */
	int64_t carrier_id;
	const char *label;
	int64_t day_cap; /* calls a day of the workspace; 0: no limit */
	bool enabled;
	const char *carrier; /* its name */
	int64_t cps;	     /* of the carrier */
	bool usable;	     /* both the number and its carrier are enabled */
};
extern const struct record number_record; /* what people enter */
extern const struct catalog_kind catalog_numbers;

/* Adds a number of 3 to 15 digits, as they are, inside the caller's
 * transaction, without the audit log. */
int number_create(struct db *db, int64_t workspace_id, int64_t carrier_id,
		  const char *phone, const char *label, int64_t *id,
		  struct fault *f);

/* All numbers of a workspace, sorted by carrier. */
int number_list(struct db *db, int64_t workspace_id, struct number **out,
		size_t *count, struct arena *a, struct fault *f);

/* Ids of all numbers of a workspace, ascending. */
int workspace_numbers(struct db *db, int64_t workspace_id, int64_t **out,
		      size_t *count, struct arena *a, struct fault *f);

/* Many numbers, one a line: "+44 20 7946 0000", or "020 7946 0000, Main" with a
 * label after the first comma, semicolon or tab.  Empty lines are skipped. */
#define NUMBER_LINES_MOST 1000
struct number_line_fault {
	size_t line; /* from 1 */
	const char *text;
};
struct number_lines {
	struct number model; /* carrier_id, day_cap, enabled of all of them */
	const char *text;
	size_t added;
	struct number_line_fault *faults; /* of all lines */
	size_t fault_count;
};

/*
 * Adds all of them or none, with one line in the audit log.  FAULT_INVALID:
 * of the field "phone" with every wrong line in lines->faults, or of another
 * field; FAULT_DENIED below administrator; FAULT_ABSENT: no such carrier.
 */
int numbers_add(struct db *db, const struct actor *who,
		struct number_lines *lines, struct arena *a, struct fault *f);

#endif
