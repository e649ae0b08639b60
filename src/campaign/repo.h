/*
 * repo.h - what the files that write campaigns share; inside domain
 * only.
 */
#ifndef CAMPAIGN_REPO_H
#define CAMPAIGN_REPO_H

#include <stddef.h>
#include <stdint.h>

#include "store/db.h"

struct actor;
struct arena;
struct campaign;
struct campaign_settings;
struct db;
struct fault;
struct rows;
struct wizard_entries;

/* The next row of a statement that gives CAMPAIGN_SHOWN; as rows_next(). */
#define SHOWN_COLUMNS 21
int campaign_fetch(struct rows *r, struct campaign *c, struct arena *a,
		   struct fault *f);

/* campaign_load() without the figures: one statement. */
int campaign_row(struct db *db, int64_t workspace_id, int64_t id,
		 struct campaign *out, struct arena *a, struct fault *f);

/* What a search looks into: the folded name, a newline, the short id. */
const char *campaign_hay(const char *name, int64_t id, struct arena *a);

/* Settings but the name as arguments, in the order of SETTINGS
 * (sql/campaign.def). */
#define CAMPAIGN_ARGS 19
void campaign_args(const struct campaign_settings *s,
		   struct arg out[static CAMPAIGN_ARGS], struct arena *a);

/* A fresh id: 50 random bits, never 0. */
int64_t campaign_new_id(void);

/* FAULT_ABSENT, in the one wording. */
int campaign_absent(struct fault *f);

/* FAULT_CONFLICT: its status does not allow it, or is 'already' what it would
 * become; somebody was faster. */
int campaign_not_now(const struct campaign *c, bool already, struct fault *f);
int campaign_outrun(struct fault *f);

/* FAULT_INVALID: the workspace has no such bot. */
int campaign_check_bot(struct db *db, int64_t workspace_id, int64_t bot_id,
		       struct fault *f);

/* A copy of the pool, ascending and each number once; FAULT_INVALID: there
 * are more than POOL_MOST. */
int campaign_pool_copy(const int64_t *numbers, size_t *count, int64_t **out,
		       struct arena *a, struct fault *f);

/* Inside the caller's transaction: puts numbers into the pool, which holds
 * 'whole' then; FAULT_INVALID when the workspace has not all of these. */
int campaign_pool_add(struct db *db, int64_t workspace_id, int64_t id,
		      const int64_t *numbers, size_t count, size_t whole,
		      struct arena *a, struct fault *f);
int campaign_pool_drop(struct db *db, int64_t id, const int64_t *numbers,
		       size_t count, struct arena *a, struct fault *f);

/*
 * Sets of settings: bit n is the n-th field of campaign_settings_record, the
 * bit after the last the number pool, the next the contacts.  Some as JSON,
 * and which JSON names.
 */
struct campaign_whole {
	const struct campaign_settings *set;
	const int64_t *numbers;
	size_t count;
	int64_t contacts; /* how many were uploaded */
};
uint32_t campaign_pool_bit(void);
uint32_t campaign_contacts_bit(void);
char *campaign_settings_some(const struct campaign_whole *w, uint32_t which,
			     struct arena *a);
uint32_t campaign_settings_named(const char *json);

/* What was entered in the wizard as JSON, and back over what *e holds (what is
 * not there, and what nobody knows, is left alone). */
char *entries_json(const struct wizard_entries *e, struct arena *a);
void entries_read(struct wizard_entries *e, const char *json, struct arena *a);

/* Inside the caller's transaction: how many contacts were uploaded. */
int campaign_contacts(struct db *db, int64_t id, int64_t *contacts,
		      struct fault *f);

#endif
