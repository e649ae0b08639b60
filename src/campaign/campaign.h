/*
 * campaign.h - a campaign: its settings, their limits, and the figures that a
 * list shows.  One field table (campaign_fields) reads forms, JSON files and
 * rows, so a limit is written once.
 */
#ifndef CAMPAIGN_CAMPAIGN_H
#define CAMPAIGN_CAMPAIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/field.h"
#include "campaign/window.h"

struct arena;
struct db;
struct fault;
struct search_index;
struct zones;

enum campaign_status {
	CAMPAIGN_DRAFT,
	CAMPAIGN_RUNNING,
	CAMPAIGN_PAUSED,
	CAMPAIGN_COMPLETED,
	CAMPAIGN_FAILED,
	CAMPAIGN_STATUS_MAX
};
extern const char *const campaign_status_words[];  /* "draft", ... */
extern const char *const campaign_status_labels[]; /* "Draft", ... */

enum campaign_mode { MODE_SINGLE_DAY, MODE_MULTI_DAY };
extern const char *const campaign_mode_words[]; /* "single_day", ... */
extern const char *const weekday_words[];	/* "mon", ... */

/* What a person sets (doc/product.md 3.2); each run keeps it as JSON. */
struct campaign_settings {
	const char *name;
	int64_t bot_id;
	int64_t concurrency;
	unsigned mode;
	bool always_on;
	int64_t window_start, window_end; /* minutes of the day */
	struct spans more_windows;	  /* further hours of the same days */
	const char *zone;
	struct wordset days; /* bit 0 Monday */
	bool holidays;	     /* kept: nothing opens on the workspace's */
	/* In 'zone', since 1970: minutes, days; 0: none. */
	int64_t not_before, last_day;
	int64_t max_attempts;
	int64_t retry_delay;		/* minutes */
	struct wordmap retry_delays;	/* goes before it: of[enum outcome] */
	struct wordset retry_on;	/* bit n: enum outcome n */
	const char *retry_dispositions; /* "call_later,no_time" */
	int64_t ring_timeout;		/* seconds */
	bool callbacks;
};
extern const struct record campaign_settings_record;

/* When it may call; 'h' are the holidays of its workspace. */
struct window campaign_window(const struct campaign_settings *s,
			      struct holidays h);

/*
 * Every limit of a field, and what holds between fields: the window is valid.
 * Always-on implies multi_day, which is set here.
 */
int campaign_settings_check(struct campaign_settings *s, struct fault *f);
/* Only what holds between them. */
int campaign_settings_rules(struct campaign_settings *s, struct fault *f);

/* The settings and the number pool as JSON for a run. */
char *campaign_settings_json(const struct campaign_settings *s,
			     const int64_t *numbers, size_t count,
			     struct arena *a);

/*
 * Settings out of JSON that a person wrote, and the former's; what it does not
 * name stays.  Lists may be arrays, or objects ("retry_delays": {"busy": 5}),
 * null is none.  FAULT_INVALID, and *s as it was: a key that is none, with the
 * nearest, or that stands twice; what is no JSON, has more behind it, or a NUL
 * in a text, each by line and character; a value that its field refuses.
 */
int campaign_settings_read(struct campaign_settings *s, const char *json,
			   struct arena *a, struct fault *f);

/* Its "numbers", an array of ids; *out is NULL when there is none. */
int campaign_pool_read(const char *json, int64_t **out, size_t *count,
		       struct arena *a, struct fault *f);

/* Why a run is over (run.rest). */
enum run_rest {
	REST_OPEN,
	REST_DONE,
	REST_MANUAL_STOP,
	REST_WINDOW_CLOSED,
	REST_FAILED,
	REST_MAX
};
extern const char *const run_rest_words[]; /* "open", "done", ... */

/* Why an open run calls nobody, though its window is open (run.wait). */
enum run_wait {
	WAIT_NOT,
	WAIT_RETRY,    /* everybody was called: until the next is due */
	WAIT_CALLBACK, /* the same, and it is one */
	WAIT_TRY,      /* until somebody may be called: who is on the phone
			  elsewhere, or whose own window is closed */
	WAIT_END,      /* nobody is due before its window closes for good */
	WAIT_NUMBERS,  /* all have reached their cap: until the day is over */
	WAIT_CARRIER,  /* no node reaches one: since then */
	WAIT_CONTACTS, /* an always-on one has none left */
	WAIT_ZONE,     /* the dialler does not know its time zone */
	WAIT_MAX
};

/* Sums over the shards of the current run, and its list. */
struct campaign_figures {
	int64_t total; /* contacts of the run (of the campaign: a draft) */
	int64_t processed, connected;
	int64_t ended, answered; /* counted attempts; of these, picked up */
	int64_t done; /* completed, exhausted, abandoned, voicemail, invalid */
	int64_t active; /* calls that are not over */
};

struct campaign {
	int64_t id, workspace_id;
	unsigned status; /* enum campaign_status */
	int64_t epoch, ver, runs;
	int64_t current_run; /* 0: none */
	int64_t own_list;
	struct campaign_settings set;
	int64_t created_at, started_at, paused_at, completed_at, restarted_at;
	int64_t day_from; /* whose day a single_day run has; 0: no run */
	const char *created_by, *restarted_by; /* restarted_by NULL: never */
	unsigned rest;			       /* of the current run */
	const char *reason;		       /* of the current run; "" */
	int64_t wait;	    /* enum run_wait, of the current run */
	int64_t wait_until; /* 0: nobody knows */
	struct campaign_figures fig;
	bool held;		  /* its workspace is (workspace_hold.h) */
	bool unmanned;		  /* no dialler runs */
	struct holidays holidays; /* its workspace's, from yesterday on */
};

/* Contacts of its run that wait for a call, or waited for one when it was
 * stopped. */
int campaign_waiting(struct db *db, const struct campaign *c, int64_t *out,
		     struct fault *f);

/* Percent processed, rounded down, 100 only when all are; answer and
 * completion rate in tenths of a percent, -1: nothing dialled yet. */
int campaign_progress(const struct campaign *c);
int campaign_answer_rate(const struct campaign *c);
int campaign_completion_rate(const struct campaign *c);

/*
 * A short note for the row, or "": why a running one calls nobody and until
 * when ("on hold", "opens 09:00 tomorrow", "next retry at 10:32"), "3 calls
 * finishing" (completed), the reason of a failed one.
 */
const char *campaign_note(const struct campaign *c, struct zones *zones,
			  int64_t now, struct arena *a);

/* FAULT_ABSENT also for a campaign of another workspace. */
int campaign_load(struct db *db, int64_t workspace_id, int64_t id,
		  struct campaign *out, struct arena *a, struct fault *f);

/* Which workspace it belongs to, for the administrator's command. */
int campaign_workspace(struct db *db, int64_t id, int64_t *workspace_id,
		       struct fault *f);

#define POOL_MOST 5000 /* numbers of a campaign */

/* Ids of its number pool, ascending. */
int campaign_numbers(struct db *db, int64_t id, int64_t **out, size_t *count,
		     struct arena *a, struct fault *f);

/* What it calls with, as a page says it; an id says nothing to people. */
#define SETUP_PHONES 3
struct campaign_setup {
	const char *bot;	 /* its name; NULL: there is none */
	int64_t numbers, usable; /* of the pool; usable: not switched off */
	const char *phones[SETUP_PHONES]; /* the first of them */
	size_t phone_count;
};
int campaign_setup(struct db *db, const struct campaign *c,
		   struct campaign_setup *out, struct arena *a,
		   struct fault *f);

/*
 * The list: a page of it, by keys that are places in its order.
 *
 * Whatever the order and its direction, campaigns that are the same by it
 * stand newest first; only SORT_CREATED turns round as a whole.
 *   SORT_NAME      letters in the order of the Unicode Collation Algorithm,
 *                  whatever their case and accents
 *   SORT_STATUS    draft, running, paused, completed, failed
 *   the figures    as campaign_progress() and its like give them; who has no
 *                  rate stands last in both directions
 */
enum campaign_sort {
	SORT_CREATED,
	SORT_NAME,
	SORT_STATUS,
	SORT_PROGRESS,
	SORT_ANSWER,
	SORT_COMPLETION,
	SORT_MAX
};
extern const char *const campaign_sort_words[]; /* "created", ... */
#define SORT_FIGURES_MOST 10000 /* matches that are sorted by figures */
#define CAMPAIGN_KEY_MAX 512	/* bytes of a key, with its NUL */

struct campaign_query {
	int64_t workspace_id;
	const char *search; /* folded by the callee; NULL or "": all */
	int status;	    /* enum campaign_status, or -1: all */
	enum campaign_sort sort;
	bool up;   /* ascending */
	int limit; /* 25, 50, 100 */
	/* Keys that an earlier page gave: the rows that follow one, or those
	 * that precede one; both NULL or "": the first page. */
	const char *after, *before;
	struct search_index *index; /* of this process; NULL: by SQL alone */
};
struct campaign_page {
	struct campaign *rows; /* with what a row shows, not all settings */
	size_t count;
	int64_t total;		 /* matches in all */
	int64_t all;		 /* campaigns of the workspace */
	enum campaign_sort sort; /* as it was done: newest first when there */
	bool up;		 /* are too many to sort by figures */
	bool by_figures;	 /* there are not: total <= SORT_FIGURES_MOST */
	/* Keys of the pages that follow and precede (to be asked for as 'after'
	 * and 'before'); NULL: there is none.  A page without rows has a way
	 * back to where there are some. */
	const char *next, *prev;
};
/* FAULT_INVALID: after or before is no key of this order, or both are set. */
int campaign_list(struct db *db, const struct campaign_query *q,
		  struct campaign_page *out, struct arena *a, struct fault *f);

/* What a campaign is to be. */
struct actor;
struct wizard;
struct campaign_edit {
	int64_t ver; /* campaign.ver that the editor has read; -1: any */
	const struct campaign_settings *set; /* all of them */
	const int64_t *numbers;		     /* the whole pool */
	size_t count;
	int64_t upload_id; /* 0: none, the contacts stay */
	/* What was begun and is now saved (wizard_close()): FAULT_CONFLICT when
	 * it has been saved already; NULL: it comes from nowhere. */
	const struct wizard *begun;
	/* Told the campaign's id when all but the commit is done, while what
	 * was begun is still locked: who finds it gone was told before.  May
	 * be called again when the transaction is; NULL: nobody is told. */
	void (*tell)(void *arg, int64_t id);
	void *tell_arg;
};

/*
 * Makes a draft with its own, empty list and, unless e->upload_id is 0, the
 * contacts of an upload; *id is its new id.  FAULT_INVALID names the field
 * (limits, unknown bot, unknown number); FAULT_CONFLICT and FAULT_ABSENT as of
 * campaign_take_upload().  An empty pool is taken: Start and Resume ask for
 * one.
 */
int campaign_create(struct db *db, const struct actor *who,
		    const struct campaign_edit *e, int64_t *id, struct arena *a,
		    struct fault *f);

/*
 * Changes the settings and the number pool of a draft or a paused campaign and,
 * with an upload, the contacts of a draft that never ran, and notes in the
 * audit log what it was and became, in one transaction with a mark; what was
 * queued under the old settings is void.  The run's settings as started stay.
 * No difference is success and writes nothing; an upload whose contacts the
 * campaign has is none.
 *
 * *changed is what differed, as a set: bit n is the n-th field of
 * campaign_settings_record, the bit after the last the number pool, the next
 * one the contacts.
 *
 * Returns 0, or -1 with *f set and nothing done:
 *   FAULT_ABSENT    no such campaign in who->workspace_id
 *   FAULT_DENIED    the role is below that of ACTION_EDIT
 *   FAULT_CONFLICT  the status does not offer Edit; or it is not the version
 *                   that the editor read (the sentence says who changed it
 *                   last, and what); or f->field (name, bot_id, contacts)
 *                   is locked since the campaign ran; or as of
 * campaign_take_upload() FAULT_INVALID   as of campaign_create() FAULT_BUSY,
 * FAULT_UNKNOWN, FAULT_BROKEN  the database
 */
int campaign_change(struct db *db, int64_t id, const struct actor *who,
		    const struct campaign_edit *e, uint32_t *changed,
		    struct arena *a, struct fault *f);

/* FAULT_CONFLICT for an editor who read an older version: who changed it last,
 * and what. */
int campaign_moved(struct db *db, int64_t id, struct arena *a, struct fault *f);

/* FAULT_CONFLICT of a field: the campaign ran, so its 'what' ("contact list")
 * stays as it is. */
int campaign_locked(const char *field, const char *what, struct fault *f);

/* Such a set in words: "", "Retry Delay", "Retry Delay, Ring Timeout and
 * Number Pool", "Bot, Retry Delay and 2 more settings". */
const char *campaign_changed_words(uint32_t changed, struct arena *a);

/*
 * A fresh draft with the same settings, numbers, uploaded contacts and
 * exclusions, named "NAME (copy)", "NAME (copy 2)", ...; the lists are shared,
 * so it costs the same however long they are.  FAULT_ABSENT, FAULT_DENIED.
 */
int campaign_clone(struct db *db, int64_t id, const struct actor *who,
		   int64_t *clone, struct arena *a, struct fault *f);

/*
 * Takes a draft that never ran off the list; its contacts are erased in the
 * background (list_sweep) unless a clone uses them.  FAULT_ABSENT,
 * FAULT_DENIED, FAULT_CONFLICT.
 */
int campaign_delete(struct db *db, int64_t id, const struct actor *who,
		    struct arena *a, struct fault *f);

#endif
