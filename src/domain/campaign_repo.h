/*
 * campaign_repo.h - what the files that write campaigns share; inside domain
 * only.
 */
#ifndef DOMAIN_CAMPAIGN_REPO_H
#define DOMAIN_CAMPAIGN_REPO_H

#include <stddef.h>
#include <stdint.h>

struct actor;
struct arena;
struct campaign;
struct db;
struct fault;
struct rows;

/* The next row of a statement that gives CAMPAIGN_SHOWN; as rows_next(). */
int campaign_fetch(struct rows *r, struct campaign *c, struct arena *a,
		   struct fault *f);

/* campaign_load() without the figures: one statement. */
int campaign_row(struct db *db, int64_t workspace_id, int64_t id,
		 struct campaign *out, struct arena *a, struct fault *f);

/* The first column of all rows of a statement that takes one integer. */
int ids_query(struct db *db, int stmt, int64_t key, int64_t **out,
	      size_t *count, struct arena *a, struct fault *f);

/* What a search looks into: the folded name, a newline, the short id. */
const char *campaign_hay(const char *name, int64_t id, struct arena *a);

/* A fresh id: 50 random bits, never 0. */
int64_t campaign_new_id(void);

/* FAULT_ABSENT, in the one wording. */
int campaign_absent(struct fault *f);

/*
 * Inside the caller's transaction: an empty list of the campaign's own, open,
 * and with one part.
 */
int campaign_own_list(struct db *db, int64_t workspace_id, int64_t *list_id,
		      struct fault *f);

/*
 * Inside the caller's transaction: the lists of a campaign's segments, except
 * 'but' (0: none), with how many segments use each; in order.
 */
struct list_use {
	int64_t list_id, segments;
};
int segment_lists(struct db *db, int64_t campaign_id, int64_t but,
		  struct list_use **out, size_t *count, struct arena *a,
		  struct fault *f);

/* One segment more or less refers to each; FAULT_CONFLICT when one is gone. */
int lists_ref(struct db *db, const struct list_use *lists, size_t count,
	      struct fault *f);
int lists_unref(struct db *db, const struct list_use *lists, size_t count,
		struct fault *f);

#endif
