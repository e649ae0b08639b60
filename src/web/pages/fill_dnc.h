/* fill_dnc.h - the pages of do-not-call lists. */
#ifndef WEB_PAGES_FILL_DNC_H
#define WEB_PAGES_FILL_DNC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "view/view.h"

#define DNC_PATH "/dashboard/settings/do-not-call"

/* The questions before a number is removed and before a list is deleted. */
#define DNC_REMOVE_ASK \
	"Remove %s from this list? Campaigns may then call the number."
#define DNC_DELETE_ASK                                                       \
	"Delete the do-not-call list “%s”? Campaigns may then call the " \
	"numbers on it."

struct arena;
struct dnc_entry;
struct dnc_import;
struct dnc_list;
struct viewer;

/* What is entered in the forms of these pages. */
enum dnc_field {
	DNC_F_PHONE,
	DNC_F_REASON,
	DNC_F_UNTIL,
	DNC_F_KIND,
	DNC_F_NAME,
	DNC_F_SOURCE,
	DNC_F_MAX_AGE,
	DNC_F_FILE,
	DNC_FIELDS
};
extern const char *const dnc_field_words[]; /* "phone", "reason", ... */

struct dnc_forms {
	const char *csrf;
	const char *entered[DNC_FIELDS]; /* NULL: nothing */
	const char *wrong[DNC_FIELDS];	 /* a sentence each; NULL: nothing */
};

/* page_dnc.tpl: all lists, and where a number is looked up */
struct dnc_lists_page {
	const struct viewer *viewer;
	struct dnc_forms forms;
	const struct dnc_list *lists;
	size_t count;
	const char *asked; /* as typed; NULL: nothing was looked up */
	const char *phone; /* its digits */
	const char *why;   /* what is wrong with it: a sentence; or NULL */
	const struct dnc_entry *found;
	size_t found_count;
};
void fill_dnc_lists(struct view *v, const void *page);

/* page_dnc_list.tpl: one list */
struct dnc_list_page {
	const struct viewer *viewer;
	struct dnc_forms forms;
	const struct dnc_list *list;
	const struct dnc_import *last; /* id 0: none */
	const struct dnc_entry *entries;
	size_t count;
	const char *next; /* the last number, if there are more; else NULL */
	bool later;	  /* not the first page */
};
void fill_dnc_list(struct view *v, const void *page);

/* What a list is called in an address: its id, or "own". */
const char *dnc_list_place(const struct dnc_list *k, struct arena *a);

/* "The do-not-call list “X” was imported 40 days ago; it may be 31 days old at
 * most." */
const char *dnc_stale_words(const struct dnc_list *k, struct arena *a);

#endif
