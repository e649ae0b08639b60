/*
 * dnc.h - the do-not-call lists of a workspace and the numbers on them.
 *
 * No call is placed to a number that is on any of the lists, unless its date
 * has passed: the dialler's gates ask for it with every call (doc/ledger.md 5).
 * A workspace has one list of its own, which is made when it is first used, and
 * any number of others, most of them imported (contacts/dnc_import.h).
 */
#ifndef WORKSPACE_DNC_H
#define WORKSPACE_DNC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/field.h"
#include "phone/phone.h"

struct actor;
struct arena;
struct db;
struct fault;
struct zone;

enum dnc_kind { DNC_OWN, DNC_NATIONAL, DNC_LITIGATOR, DNC_OTHER, DNC_KIND_MAX };
extern const char *const dnc_kind_words[]; /* "own", "national", ... */

#define DNC_LISTS_MOST 100 /* per workspace */
#define DNC_OWN_LIST 0	   /* for a list's id: the workspace's own list */
#define DNC_NAME_CHARS 120
#define DNC_REASON_CHARS 200

struct dnc_list {
	int64_t id;
	unsigned kind; /* enum dnc_kind */
	const char *name, *source;
	int64_t max_age; /* days; 0: none */
	int64_t load_id; /* which rows count */
	int64_t numbers;
	int64_t imported_at; /* 0: never */
	int64_t created_at;
	const char *created_by;
	int64_t now; /* the database's clock */
};
/* What people enter: kind, name, source, max_age. */
extern const struct record dnc_list_record;

/* True when the list's last import is older than its highest age, or when it
 * has such an age and was never imported. */
bool dnc_list_is_stale(const struct dnc_list *k);

/* All lists, the own one first; if it was never used, with the id
 * DNC_OWN_LIST. */
int dnc_lists(struct db *db, int64_t workspace_id, struct dnc_list **out,
	      size_t *count, struct arena *a, struct fault *f);
/* DNC_OWN_LIST: the own one.  FAULT_ABSENT also for a list of another
 * workspace. */
int dnc_list_load(struct db *db, int64_t workspace_id, int64_t id,
		  struct dnc_list *out, struct arena *a, struct fault *f);

/*
 * Adds a list, changes one, or deletes one with its numbers, which then bar
 * nobody.  Administrators only.  FAULT_INVALID names the field; FAULT_CONFLICT:
 * there are too many, or it is the own list, which stays; FAULT_ABSENT.
 */
int dnc_list_add(struct db *db, const struct actor *who,
		 const struct dnc_list *set, int64_t *id, struct arena *a,
		 struct fault *f);
int dnc_list_change(struct db *db, const struct actor *who, int64_t id,
		    const struct dnc_list *set, struct arena *a,
		    struct fault *f);
int dnc_list_delete(struct db *db, const struct actor *who, int64_t id,
		    struct arena *a, struct fault *f);

/* What numbers and dates of a workspace are read by. */
struct dnc_reader {
	struct phone_reader *phones;
	struct zone *zone;
	int64_t now; /* the database's clock */
};
/* FAULT_CONFLICT: the workspace's country is not known. */
int dnc_reader_open(struct db *db, int64_t workspace_id, struct dnc_reader *out,
		    struct arena *a, struct fault *f);
void dnc_reader_close(struct dnc_reader *r);

/* The effect of adding a number. */
enum dnc_became {
	DNC_ADDED,
	DNC_EXTENDED, /* it was there, until an earlier date */
	DNC_SAME      /* it was there, as long or longer */
};

struct dnc_entry {
	char phone[PHONE_TEXT]; /* digits */
	const char *reason;	/* "": none */
	const char *by;
	int64_t at;
	int64_t until; /* 0: for good */
	int64_t list_id;
	unsigned kind; /* of the list */
	const char *list;
	bool bars; /* its date has not passed */
	enum dnc_became became;
};

/* Read what a person or a file says.  FAULT_INVALID names the field: phone,
 * reason, or until, a date (its day is the last one, in the workspace's zone)
 * or a time in UTC, in the future; "": for good. */
int dnc_read_phone(const struct dnc_reader *r, const char *text, size_t len,
		   char out[static PHONE_TEXT], struct fault *f);
int dnc_read_reason(const char *text, struct dnc_entry *out, struct arena *a,
		    struct fault *f);
int dnc_read_until(const struct dnc_reader *r, const char *text, int64_t *out,
		   struct arena *a, struct fault *f);

/*
 * Adds a number to a list and sets 'became'.  No call to it is placed later
 * than 100 ms after the return, on any node; a queued one is withdrawn.
 * FAULT_DENIED: administrators may add to any list, supervisors to the own one;
 * FAULT_ABSENT: no such list.
 */
int dnc_add(struct db *db, const struct actor *who, int64_t list_id,
	    struct dnc_entry *e, struct arena *a, struct fault *f);

/*
 * The same for several, all or none; they have one reason and one date.  Of a
 * number that is there twice the second changes nothing.  FAULT_INVALID: none,
 * or more than DNC_MANY.
 */
#define DNC_MANY 1000
struct dnc_batch {
	struct dnc_entry *entries;
	size_t count;
};
int dnc_add_many(struct db *db, const struct actor *who, int64_t list_id,
		 const struct dnc_batch *b, struct arena *a, struct fault *f);

/* Administrators only.  FAULT_ABSENT: the number is not on that list. */
int dnc_remove(struct db *db, const struct actor *who, int64_t list_id,
	       const char *phone, struct arena *a, struct fault *f);

/* Every list that has the number, also where its date has passed. */
struct dnc_found {
	struct dnc_entry *entries;
	size_t count;
};
int dnc_lookup(struct db *db, int64_t workspace_id, const char *phone,
	       struct dnc_found *out, struct arena *a, struct fault *f);

/* Of each number, in their order, the lists that bar it now: a statement looks
 * up 500 of them. */
struct dnc_numbers {
	int64_t workspace_id;
	const char *const *phones; /* digits */
	size_t count;
};
int dnc_scrub(struct db *db, const struct dnc_numbers *q,
	      struct dnc_found *out, struct arena *a, struct fault *f);

/* At most 'most' numbers of a list, in order, after the number 'after' ("":
 * from the first one on). */
struct dnc_from {
	int64_t workspace_id, list_id;
	const char *after;
	int64_t most;
};
int dnc_page(struct db *db, const struct dnc_from *from, struct dnc_entry **out,
	     size_t *count, struct arena *a, struct fault *f);

/* Writes a list as a CSV file that can be imported again, piece by piece.
 * 'write' returns -1 to stop, which is not a fault: the result is then 1. */
int dnc_write_csv(struct db *db, int64_t workspace_id, int64_t list_id,
		  int (*write)(void *to, const char *p, size_t len), void *to,
		  struct fault *f);

#endif
