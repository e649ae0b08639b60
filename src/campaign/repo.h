/*
 * repo.h - what the files that read and write campaigns share; inside campaign
 * and listing only.
 */
#ifndef CAMPAIGN_REPO_H
#define CAMPAIGN_REPO_H

#include <stddef.h>
#include <stdint.h>

#include "sql/settings.def"
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
#define X(...) +1
enum { SHOWN_COLUMNS = 13 SCHEDULE_SETTINGS(X) };
#undef X
int campaign_fetch(struct rows *r, struct campaign *c, struct arena *a,
		   struct fault *f);

/* campaign_load() without the figures: one statement. */
int campaign_row(struct db *db, int64_t workspace_id, int64_t id,
		 struct campaign *out, struct arena *a, struct fault *f);

/* The text that a search looks in: the folded name, a newline, the short id. */
const char *campaign_hay(const char *name, int64_t id, struct arena *a);

/* The settings except the name as arguments, in the order of SETTINGS
 * (sql/campaign.def). */
#define X(...) +1
enum { CAMPAIGN_ARGS = 0 OTHER_SETTINGS(X) SCHEDULE_SETTINGS(X) };
#undef X
void campaign_args(const struct campaign_settings *s,
		   struct arg out[static CAMPAIGN_ARGS], struct arena *a);

/* Inside the caller's transaction: writes the campaign's row, so that two that
 * do so follow each other.  FAULT_ABSENT. */
int campaign_touch(struct db *db, int64_t workspace_id, int64_t id,
		   struct fault *f);

/* Inside the caller's transaction: makes the draft 'id' as a clone of 'from',
 * but without its uploaded contacts; writes the row of 'from' first. */
int campaign_copy(struct db *db, const struct actor *who, int64_t from,
		  int64_t id, struct arena *a, struct fault *f);

#define CAMPAIGN_ID_BITS 50
/* A fresh id: so many random bits, never 0. */
int64_t campaign_new_id(void);

/* FAULT_INVALID: the workspace has no such bot. */
int campaign_check_bot(struct db *db, int64_t workspace_id, int64_t bot_id,
		       struct fault *f);

/* A copy of the pool, ascending and each number once; FAULT_INVALID: more than
 * POOL_MOST. */
int campaign_pool_copy(const int64_t *numbers, size_t *count, int64_t **out,
		       struct arena *a, struct fault *f);

/*
 * Inside the caller's transaction: numbers into the pool, and out of it.  After
 * numbers were added, campaign_pool_check() tells whether it holds 'whole'
 * numbers that are all the workspace's: FAULT_INVALID.
 */
int campaign_pool_add(struct db *db, int64_t id, const int64_t *numbers,
		      size_t count, struct arena *a, struct fault *f);
int campaign_pool_check(struct db *db, int64_t workspace_id, int64_t id,
			size_t whole, struct fault *f);
int campaign_pool_drop(struct db *db, int64_t id, const int64_t *numbers,
		       size_t count, struct arena *a, struct fault *f);

/*
 * Sets of settings: bit n is the n-th field of campaign_settings_record, the
 * bit after the last the number pool, the next the contacts.
 * campaign_settings_some() writes the settings of a set as JSON;
 * campaign_settings_named() gives the set of those that JSON names.
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

/* Writes the wizard's entries as JSON, and reads them back into *e.  Reading
 * leaves entries alone that are missing, and ignores unknown keys. */
char *entries_json(const struct wizard_entries *e, struct arena *a);
void entries_read(struct wizard_entries *e, const char *json, struct arena *a);

/* Inside the caller's transaction: counts the uploaded contacts. */
int campaign_contacts(struct db *db, int64_t id, int64_t *contacts,
		      struct fault *f);

#endif
