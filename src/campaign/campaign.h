/*
 * campaign.h - a campaign: its settings, their limits, and the figures that a
 * list shows.  One field table (campaign_settings_record) reads forms, JSON
 * files and rows, so a limit is written once.
 */
#ifndef CAMPAIGN_CAMPAIGN_H
#define CAMPAIGN_CAMPAIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/field.h"
#include "campaign/retry_delays.h"
#include "campaign/window.h"

struct arena;
struct db;
struct fault;
struct zones;

enum campaign_status {
	CAMPAIGN_DRAFT,
	CAMPAIGN_RUNNING,
	CAMPAIGN_PAUSED,
	CAMPAIGN_COMPLETED,
	CAMPAIGN_FAILED,
	/* Completed or failed, and put away: not in the list unless it is asked
	 * for by this status.  So the last one. */
	CAMPAIGN_ARCHIVED,
	CAMPAIGN_STATUS_MAX
};
#define CAMPAIGN_STATUS_WORDS \
	"draft", "running", "paused", "completed", "failed", "archived"
extern const char *const campaign_status_words[];
extern const char *const campaign_status_labels[]; /* "Draft", ... */

enum campaign_mode { MODE_SINGLE_DAY, MODE_MULTI_DAY };
extern const char *const campaign_mode_words[]; /* "single_day", ... */
/* Reserve: a call is placed only for a free seat, so nobody is abandoned. */
enum campaign_pacing { PACING_PREDICTIVE, PACING_RESERVE };
extern const char *const campaign_pacing_words[]; /* "predictive", ... */
extern const char *const weekday_words[];	  /* "mon", ... */

/* What a person sets (doc/product.md 3.2); each run keeps it as JSON. */
struct campaign_settings {
	const char *name;
	int64_t bot_id;
	int64_t concurrency;
	unsigned pacing, mode;
	bool always_on;
	int64_t window_start, window_end; /* minutes of the day */
	struct spans more_windows;	  /* further hours of the same days */
	const char *zone;
	struct wordset days; /* bit 0 Monday */
	bool holidays; /* true: nothing opens on the workspace's holidays */
	/* In 'zone', since 1970: minutes, and days; 0: not set. */
	int64_t not_before, last_day;
	int64_t max_attempts;
	int64_t retry_delay;		/* minutes */
	struct retry_delays retry_delays; /* else retry_delay */
	struct wordset retry_on;	/* bit n: enum outcome n */
	const char *retry_dispositions; /* "call_later,no_time" */
	const char *goal_dispositions;	/* "sold" */
	int64_t ring_timeout;		/* seconds */
	bool callbacks;
};
extern const struct record campaign_settings_record;

/* When the campaign may call; 'h' are the holidays of its workspace. */
struct window campaign_window(const struct campaign_settings *s,
			      struct holidays h);

/*
 * Checks every limit of a field, and the rules between fields: the window is
 * valid.  Always-on implies multi_day, which is set here.
 */
int campaign_settings_check(struct campaign_settings *s, struct fault *f);
/* Checks only the rules between fields. */
int campaign_settings_rules(struct campaign_settings *s, struct fault *f);

/* The settings and the number pool as JSON for a run. */
char *campaign_settings_json(const struct campaign_settings *s,
			     const int64_t *numbers, size_t count,
			     struct arena *a);

/*
 * Reads settings from JSON that a person wrote; settings that it does not name
 * keep their values.  Lists may be arrays, maps may be objects ("retry_delays":
 * {"busy": 5}), and null clears a setting that may be empty.  FAULT_INVALID,
 * and *s unchanged: an unknown key (the message names the nearest) or one that
 * is set twice; text that is not JSON, is followed by more text or has a NUL in
 * a string, each with line and character; a value that its field refuses.
 */
int campaign_settings_read(struct campaign_settings *s, const char *json,
			   struct arena *a, struct fault *f);

/* Reads "numbers", an array of ids; *out is NULL when there is none. */
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

/* Why an open run calls nobody although its window is open (run.wait). */
enum run_wait {
	WAIT_NOT,
	WAIT_RETRY,    /* all contacts were called: until a retry is due */
	WAIT_CALLBACK, /* the same, until a callback is due */
	WAIT_TRY, /* until a contact may be called that is in another call, or
		     outside its own window */
	WAIT_END, /* none is due before the window closes for good */
	WAIT_NUMBERS,  /* all are at their cap: until the day is over */
	WAIT_CARRIER,  /* no node reaches a carrier: since then */
	WAIT_CONTACTS, /* an always-on run has no contacts left */
	WAIT_ZONE,     /* the dialler does not know its time zone */
	WAIT_MAX
};

/*
 * The figures that are summed over the shards of the current run, in the order
 * of the columns of CAMPAIGN_FIGURES (sql/campaign.def), which says what each
 * is; tests/unit/test_stmt.c compares.
 */
/* clang-format off */
#define SHARD_FIGURES(X) \
	X(processed) X(connected) \
	X(ended) X(answered) /* counted attempts; of these, picked up */ \
	X(done)   /* completed, exhausted, abandoned, voicemail, invalid */ \
	X(active) /* calls that are not over */
/* clang-format on */

struct campaign_figures {
	int64_t total; /* contacts of the run, or of the draft */
#define X(figure) int64_t figure;
	SHARD_FIGURES(X)
#undef X
};

struct campaign {
	int64_t id, workspace_id;
	unsigned status; /* enum campaign_status */
	int64_t epoch, ver, runs;
	int64_t current_run; /* 0: none */
	int64_t own_list;
	struct campaign_settings set;
	int64_t created_at, started_at, paused_at, completed_at, restarted_at;
	int64_t day_from; /* a time in the day of a single_day run; 0: no run */
	const char *created_by, *restarted_by; /* restarted_by NULL: never */
	unsigned rest;			       /* of the current run */
	const char *reason;		       /* of the current run; "" */
	int64_t wait;	    /* enum run_wait, of the current run */
	int64_t wait_until; /* 0: unknown */
	struct campaign_figures fig;
	bool held;     /* its workspace is on hold (workspace_hold.h) */
	bool unmanned; /* no dialler runs */
	struct holidays holidays; /* its workspace's, from yesterday on */
};

/* Counts the contacts of its run that wait for a call or, if it was stopped,
 * waited for one then. */
int campaign_waiting(struct db *db, const struct campaign *c, int64_t *out,
		     struct fault *f);

/* Percent processed, rounded down, 100 only when all are; answer and
 * completion rate in tenths of a percent, -1: nothing dialled yet. */
int campaign_progress(const struct campaign *c);
int campaign_answer_rate(const struct campaign *c);
int campaign_completion_rate(const struct campaign *c);

/* FAULT_ABSENT also for a campaign of another workspace. */
int campaign_load(struct db *db, int64_t workspace_id, int64_t id,
		  struct campaign *out, struct arena *a, struct fault *f);

/* The workspace of a campaign, for the administrator's command. */
int campaign_workspace(struct db *db, int64_t id, int64_t *workspace_id,
		       struct fault *f);

#define POOL_MOST 5000 /* numbers in a campaign's pool */

/* Ids of its number pool, ascending. */
int campaign_numbers(struct db *db, int64_t id, int64_t **out, size_t *count,
		     struct arena *a, struct fault *f);

/* What it calls with, in names: an id tells people nothing. */
#define SETUP_PHONES 3
struct campaign_setup {
	const char *bot;	 /* its name; "": the bot does not exist */
	int64_t numbers, usable; /* of the pool; usable: not switched off */
	int64_t cps;	 /* calls a second of the carriers of the usable */
	const char *carriers; /* of all: "Alpha, Beta" */
	const char *phones[SETUP_PHONES]; /* the first of them */
	size_t phone_count;
};
int campaign_setup(struct db *db, const struct campaign *c,
		   struct campaign_setup *out, struct arena *a,
		   struct fault *f);

/* What a campaign shall become. */
struct actor;
struct wizard;
struct campaign_edit {
	int64_t ver; /* campaign.ver that the editor has read; -1: any */
	const struct campaign_settings *set; /* all of them */
	const int64_t *numbers;		     /* the whole pool */
	size_t count;
	int64_t upload_id; /* 0: none, the contacts stay */
	/* The wizard's entries that this saves (wizard_close()): FAULT_CONFLICT
	 * when they were saved already; NULL: not from the wizard. */
	const struct wizard *begun;
	/*
	 * Called with the campaign's id just before the commit, while the
	 * wizard's row is still locked: a request that finds the row deleted
	 * knows that this was called.  Called again if the transaction is
	 * repeated; may be NULL.
	 */
	void (*tell)(void *arg, int64_t id);
	void *tell_arg;
};

/*
 * Makes a draft with its own, empty list and, unless e->upload_id is 0, the
 * contacts of an upload; *id is its new id.  FAULT_INVALID names the field
 * (limits, unknown bot, unknown number); FAULT_CONFLICT and FAULT_ABSENT as in
 * campaign_adopt_upload().  The pool may be empty: Start and Resume ask for
 * one.
 */
int campaign_create(struct db *db, const struct actor *who,
		    const struct campaign_edit *e, int64_t *id, struct arena *a,
		    struct fault *f);

/*
 * Changes the settings and the number pool of a draft or a paused campaign and,
 * with an upload, the contacts of a draft that never ran.  Writes the old and
 * the new values to the audit log, in one transaction with a mark.  Calls
 * queued under the old settings become void; the settings stored when the run
 * started stay.  If nothing differs it succeeds and writes nothing; an upload
 * whose contacts the campaign already has is no difference.
 *
 * *changed is the set of what differed: bit n is the n-th field of
 * campaign_settings_record, the bit after the last the number pool, the next
 * one the contacts.
 *
 * Returns 0, or -1 with *f set and nothing done:
 *   FAULT_ABSENT    no such campaign in who->workspace_id
 *   FAULT_DENIED    the role is below that of ACTION_EDIT
 *   FAULT_CONFLICT  the status does not offer Edit; or it is not the version
 *                   that the editor read (the sentence says who changed it
 *                   last, and what); or f->field (name, bot_id, contacts)
 *                   is locked since the campaign ran; or as in
 *                   campaign_adopt_upload()
 *   FAULT_INVALID   as in campaign_create()
 *   FAULT_BUSY, FAULT_UNKNOWN, FAULT_BROKEN  the database
 */
int campaign_change(struct db *db, int64_t id, const struct actor *who,
		    const struct campaign_edit *e, uint32_t *changed,
		    struct arena *a, struct fault *f);

/* The set of changes in words: "", "Retry Delay", "Retry Delay, Ring Timeout
 * and Number Pool", "Bot, Retry Delay and 2 more settings". */
const char *campaign_changed_words(uint32_t changed, struct arena *a);

/*
 * Makes a new draft with the same settings, numbers, uploaded contacts and
 * exclusions, named "NAME (copy)", "NAME (copy 2)", ...; the lists are shared,
 * so it costs the same however long they are.  FAULT_ABSENT, FAULT_DENIED.
 */
int campaign_clone(struct db *db, int64_t id, const struct actor *who,
		   int64_t *clone, struct arena *a, struct fault *f);

/*
 * Deletes a draft that never ran; its contacts are erased in the background
 * (list_sweep) unless a clone uses them.  FAULT_ABSENT, FAULT_DENIED,
 * FAULT_CONFLICT.
 */
int campaign_delete(struct db *db, int64_t id, const struct actor *who,
		    struct arena *a, struct fault *f);

#endif
