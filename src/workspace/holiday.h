/*
 * holiday.h - the days on which a workspace does not dial: campaigns that
 * observe holidays have no open window on them (window.h).
 */
#ifndef WORKSPACE_HOLIDAY_H
#define WORKSPACE_HOLIDAY_H

#include <stddef.h>
#include <stdint.h>

struct actor;
struct arena;
struct db;
struct fault;

#define HOLIDAYS_MOST 1000 /* per workspace */
#define HOLIDAY_CHARS 120  /* per name */

/* The effect of adding a holiday. */
enum holiday_became { HOLIDAY_ADDED, HOLIDAY_RENAMED, HOLIDAY_SAME };

struct holiday {
	int64_t day; /* since 1970-01-01 */
	const char *name;
	enum holiday_became became;
};

/* Reads "2026-12-24" and a name; FAULT_INVALID names the field, day or name. */
int holiday_read(const char *day, const char *name, struct holiday *out,
		 struct arena *a, struct fault *f);

/* The holidays of a workspace, sorted by day. */
int holiday_list(struct db *db, int64_t workspace_id, struct holiday **out,
		 size_t *count, struct arena *a, struct fault *f);

/*
 * Adds the holidays to who->workspace_id, or renames existing ones, and records
 * it in the audit log: all of them or none.  Sets 'became' of each.
 * FAULT_DENIED below administrator; FAULT_INVALID: there would be too many.
 */
int holiday_put(struct db *db, const struct actor *who, struct holiday *list,
		size_t count, struct arena *a, struct fault *f);

/* "2 holidays added, 1 renamed, 3 unchanged" */
const char *holidays_said(const struct holiday *list, size_t count,
			  struct arena *a);

/* FAULT_ABSENT: the day is not a holiday; FAULT_DENIED. */
int holiday_delete(struct db *db, const struct actor *who, int64_t day,
		   struct arena *a, struct fault *f);

/*
 * Reads a CSV file with the columns "day" and "name", in any order; other
 * columns are ignored.  FAULT_INVALID says what is wrong on which line.
 */
int holiday_csv(const char *text, size_t len, struct holiday **out,
		size_t *count, struct arena *a, struct fault *f);

#endif
