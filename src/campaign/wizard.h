/*
 * wizard.h - what a person has entered for a new campaign, or for an edit of
 * one, and not saved yet (doc/product.md 3.8): kept under the person, as typed,
 * so it survives a reload, a sign-out and another node.
 *
 * Two tabs share it.  Whoever leaves a step says which revision the step was
 * shown in, and the later one is told; the campaign's version is asked in the
 * same way when an edit is saved.
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

/* What whoever comes later is told. */
#define WIZARD_ELSEWHERE "This was changed in another tab or window."

/* Entries: a text for each field of campaign_settings_record, and numbers. */
struct wizard_entries {
	const char **texts;
	int64_t *numbers; /* ascending, each once */
	size_t count;
};

struct wizard {
	int64_t user_id, campaign_id; /* 0: a new one */
	bool kept;		      /* there is a row of it */
	int64_t rev; /* not kept yet: where to begin, which is nowhere else */
	int64_t ver; /* of the campaign, when this began */
	struct wizard_entries now, base;
	int64_t upload_id; /* of its file; 0: none */
	uint32_t done;	   /* bit n: step n was left by Next */
	const char *back;  /* where the person came from */
	int64_t saved_at;
};

/*
 * What was begun, or, when nothing was, what to begin with: the defaults with
 * 'zone' for a new one (c NULL), else the campaign and its 'numbers'.
 */
int wizard_open(struct db *db, const struct actor *who,
		const struct campaign *c, const int64_t *numbers, size_t count,
		const char *zone, struct wizard *out, struct arena *a,
		struct fault *f);

/* True for a revision that one which is not kept yet was shown in. */
bool wizard_is_first(int64_t rev);

/*
 * Keeps what is entered; 'next': as the next revision.  FAULT_CONFLICT: w->rev
 * is not the one that is kept.
 */
int wizard_keep(struct db *db, struct wizard *w, bool next, struct arena *a,
		struct fault *f);

/*
 * Another file takes the place of w->upload_id (0: none does).  That is no
 * revision: a file comes while its owner goes on entering.  FAULT_CONFLICT:
 * another one has taken that place, or what it belongs to is gone.
 */
int wizard_attach(struct db *db, struct wizard *w, int64_t upload_id,
		  struct arena *a, struct fault *f);

/* Since when changes of a campaign wait to be saved by this person; 0: there
 * are none. */
int wizard_waits(struct db *db, const struct actor *who, int64_t campaign_id,
		 int64_t *since, struct fault *f);

/* Forgets it; nothing begun is fine. */
int wizard_discard(struct db *db, const struct actor *who, int64_t campaign_id,
		   struct fault *f);

/* Inside the caller's transaction: it is saved now.  FAULT_CONFLICT: it is not
 * there in that revision and with that file, so a second press saves nothing. */
int wizard_close(struct db *db, const struct wizard *w, struct fault *f);

/*
 * Upon another version of the campaign: what the person has left alone becomes
 * as it is there now; what both changed stays as the person's.  Returns the
 * set of these (campaign_changed_words()).
 */
uint32_t wizard_rebase(struct wizard *w, const struct campaign *c,
		       const int64_t *numbers, size_t count, struct arena *a);

/* Brings numbers that were put in into their order. */
void wizard_sort_numbers(struct wizard_entries *e);

/* Another that may be written over; numbers are shared. */
struct wizard_entries wizard_copy(const struct wizard_entries *from,
				  struct arena *a);

/* A set of what differs (campaign_changed_words()). */
uint32_t wizard_difference(const struct wizard_entries *x,
			   const struct wizard_entries *y);

/* True when the number is chosen. */
bool wizard_has_number(const struct wizard_entries *e, int64_t id);

/* Which step asks for the n-th field. */
enum wizard_step wizard_step_of(size_t field);

/* Texts of that name, or NULL. */
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

/* Erases what nobody has touched for 90 days. */
int wizard_sweep(struct db *db, struct fault *f);

#endif
