/*
 * wizard.h - what a person has entered for a new campaign, or for an edit of
 * one, and not saved yet (doc/product.md 3.8): kept under the person, as typed,
 * so it survives a reload, a sign-out and another node.
 *
 * Two tabs share it.  A request that leaves a step names the revision that the
 * step was shown in, and the later of two is refused; saving an edit checks the
 * campaign's version in the same way.
 */
#ifndef CAMPAIGN_WIZARD_H
#define CAMPAIGN_WIZARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct actor;
struct arena;
struct campaign;
struct campaign_settings;
struct db;
struct fault;

enum wizard_step {
	STEP_BASICS,
	STEP_NUMBERS,
	STEP_DIALLER,
	STEP_CONTACTS,
	STEP_REVIEW,
	STEP_MAX
};
extern const char *const wizard_step_words[];  /* "basics", ... */
extern const char *const wizard_step_labels[]; /* "Basics", "Number Pool" */

/* Entries: a text for each field of campaign_settings_record, and numbers. */
struct wizard_entries {
	const char **texts;
	int64_t *numbers; /* ascending, each once */
	size_t count;
};

struct wizard {
	int64_t user_id, campaign_id; /* 0: a new one */
	bool kept;		      /* there is a row of it */
	int64_t rev; /* not kept yet: a random first revision */
	int64_t ver; /* the campaign's, when this began */
	struct wizard_entries now, base;
	int64_t upload_id; /* the file with contacts; 0: none */
	uint32_t done;	   /* bit n: step n was left by Next */
	const char *back;  /* where the person came from */
	int64_t saved_at;
};

/* What the first entries are made of: a campaign and its numbers, or, when
 * there is none, the defaults and a time zone. */
struct wizard_origin {
	const struct campaign *campaign; /* NULL: a new one */
	const int64_t *numbers;
	size_t count;
	const char *zone;
};

/* Loads the person's entries or, when none are kept, makes the first ones. */
int wizard_open(struct db *db, const struct actor *who,
		const struct wizard_origin *from, struct wizard *out,
		struct arena *a, struct fault *f);

/* True for a first revision: the page was shown before anything was kept. */
bool wizard_is_first(int64_t rev);

/*
 * Keeps what is entered; 'next': as the next revision.  FAULT_CONFLICT: w->rev
 * is not the revision that is kept.
 */
int wizard_keep(struct db *db, struct wizard *w, bool next, struct arena *a,
		struct fault *f);

/*
 * Replaces w->upload_id with another file (0: none).  The revision stays: a
 * file arrives while the person goes on entering.  FAULT_CONFLICT: another file
 * was attached meanwhile, or the entries were saved or discarded.
 */
int wizard_attach(struct db *db, struct wizard *w, int64_t upload_id,
		  struct arena *a, struct fault *f);

/* Since when this person's last changes of a campaign wait to be saved; 0:
 * there are none. */
int wizard_waits(struct db *db, const struct actor *who, int64_t campaign_id,
		 int64_t *since, struct fault *f);

/* Deletes the entries; it is no fault when there are none. */
int wizard_discard(struct db *db, const struct actor *who, int64_t campaign_id,
		   struct fault *f);

/*
 * Inside the caller's transaction: deletes the entries as saved.
 * FAULT_CONFLICT: they are not kept in that revision and with that file, so a
 * second press of Save saves nothing.
 */
int wizard_close(struct db *db, const struct wizard *w, struct fault *f);

/*
 * Moves the entries to another version of the campaign: what the person left
 * alone takes the campaign's new value; what both changed stays as the
 * person's.  Returns the set of the latter (campaign_changed_words()).
 */
uint32_t wizard_rebase(struct wizard *w, const struct campaign *c,
		       const int64_t *numbers, size_t count, struct arena *a);

/* Sorts the numbers after some were added. */
void wizard_sort_numbers(struct wizard_entries *e);

/* A copy whose texts may be replaced; the numbers are shared. */
struct wizard_entries wizard_copy(const struct wizard_entries *from,
				  struct arena *a);

/* The set of what differs (campaign_changed_words()). */
uint32_t wizard_difference(const struct wizard_entries *x,
			   const struct wizard_entries *y);

/* True when the number is chosen. */
bool wizard_has_number(const struct wizard_entries *e, int64_t id);

/* Which step asks for the n-th field. */
enum wizard_step wizard_step_of(size_t field);

/* The entry of the field of that name, or NULL. */
const char **wizard_text(struct wizard_entries *e, const char *name);

/*
 * Reads the fields of a step (STEP_REVIEW: all) into *set, over its defaults,
 * and notes what is wrong: one sentence a field, at most WIZARD_WRONG_MOST.
 */
#define WIZARD_WRONG_MOST 24
struct wizard_wrong {
	const char *field, *text;
};
size_t wizard_read(const struct wizard_entries *e, enum wizard_step step,
		   struct campaign_settings *set,
		   struct wizard_wrong wrong[static WIZARD_WRONG_MOST],
		   struct arena *a);

/* Deletes entries that were not touched for 90 days. */
int wizard_sweep(struct db *db, struct fault *f);

#endif
