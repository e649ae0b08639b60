/*
 * campaign_list.h - a page of the campaign list: the query for it, and the rows
 * that answer it.
 */
#ifndef LISTING_CAMPAIGN_LIST_H
#define LISTING_CAMPAIGN_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "campaign/campaign.h"

struct arena;
struct db;
struct fault;
struct search_index;

/*
 * A page of the list.  Its keys are places in the list's order.
 *
 * In every order, campaigns with equal values stand newest first, in both
 * directions; only SORT_CREATED is reversed as a whole.
 *   SORT_NAME      by the Unicode Collation Algorithm, ignoring case and
 *                  accents
 *   SORT_STATUS    draft, running, paused, completed, failed, archived
 *   the figures    as campaign_progress() and the rates give them; campaigns
 *                  without a rate come last in both directions
 */
/* clang-format off */
/* X(name, word, letter): of an address, and of a key.  The figures are last. */
#define CAMPAIGN_SORTS(X) \
	X(CREATED,    "created",    "c") \
	X(NAME,       "name",       "n") \
	X(STATUS,     "status",     "s") \
	X(PROGRESS,   "progress",   "p") \
	X(ANSWER,     "answer",     "a") \
	X(COMPLETION, "completion", "r")

enum campaign_sort {
#define X(name, ...) SORT_##name,
	CAMPAIGN_SORTS(X)
#undef X
	SORT_MAX,
	SORT_FIGURES = SORT_PROGRESS /* the first of them */
};
/* clang-format on */
extern const char *const campaign_sort_words[]; /* "created", ... */
/* What a list is asked for: "all", or 1 + enum campaign_status. */
extern const char *const campaign_status_filter[];
#define SORT_FIGURES_MOST 10000 /* most matches sorted by figures */
#define CAMPAIGN_KEY_MAX 512	/* bytes of a key, with its NUL */

struct campaign_query {
	int64_t workspace_id;
	const char *search; /* folded by campaign_list(); NULL or "": all */
	int status; /* enum campaign_status, or -1: all but archived ones */
	enum campaign_sort sort;
	bool up;   /* ascending */
	int limit; /* 25, 50, 100 */
	/* Keys that an earlier page gave: the rows after one, or the rows
	 * before one; both NULL or "": the first page. */
	const char *after, *before;
	struct search_index *index; /* of this process; NULL: only SQL */
};
struct campaign_page {
	struct campaign *rows; /* what a list row shows, not all settings */
	size_t count;
	int64_t total;		 /* matches in all */
	int64_t all;		 /* campaigns of the workspace, and ... */
	int64_t archived;	 /* ... archived ones, which 'all' lacks */
	enum campaign_sort sort; /* as applied: newest first if too many */
	bool up;		 /* match to sort by figures */
	bool by_figures;	 /* it can: total <= SORT_FIGURES_MOST */
	/*
	 * Keys of the next and the previous page, for 'after' and 'before';
	 * NULL: there is no such page.  An empty page leads back to one that
	 * has rows.
	 */
	const char *next, *prev;
};
/* FAULT_INVALID: 'after' or 'before' is not a key of this order, or both are
 * set. */
int campaign_list(struct db *db, const struct campaign_query *q,
		  struct campaign_page *out, struct arena *a, struct fault *f);

#endif
