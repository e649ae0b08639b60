/*
 * catalog.h - the bots, carriers and numbers that campaigns use, and what is
 * common to them: reading, adding, changing, removing.  What a kind has of its
 * own, such as its fields and checks, is in its catalog_kind (bot.c, carrier.c,
 * number.c).
 *
 * An entry is the struct of its kind; every one begins with
 * int64_t id, ver.  ver goes up at every change.
 */
#ifndef WORKSPACE_CATALOG_H
#define WORKSPACE_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "workspace/bot.h"
#include "workspace/carrier.h"
#include "workspace/number.h"

struct actor;
struct arena;
struct db;
struct fault;
struct record;

#define VER_ANY (-1)	  /* an entry's ver: whatever the stored one is */
#define USES_MOST 1000	  /* counted; one more means "more than that" */
#define USERS_NAMED 5	  /* in the fault of a refused removal */
#define REMOVED_MOST 5000 /* pools that a number is taken out of at once */

/* An entry of any kind. */
union catalog_entry {
	struct bot bot;
	struct carrier_row carrier;
	struct number number;
};

struct catalog_kind {
	const char *word; /* "bot": in messages and in the audit log */
	const char *user; /* what uses it: "campaign" */
	const struct record *entered; /* what people enter */
	/* Columns of 'page' and 'get': id, ver, what is entered, and more. */
	const struct record *columns;
	size_t size;	   /* of an entry */
	const char *key;   /* the field that lists are sorted by */
	const char *quiet; /* the field whose change voids no queued call */
	struct {
		int page, get; /* entries */
		/* Take the workspace and all that is entered; all that is
		 * entered, the id, the workspace and the ver. */
		int add, change;
		int touch; /* ver + 1: locks the row; id, workspace */
		int remove;
		int void_calls; /* of running campaigns that use it */
		int use_count, users;
		int same;	  /* counts others of its name; 0: a key does */
		int leave_drafts; /* 0: campaigns keep it */
		int calls;	  /* counts calls in progress on it; 0: none */
		int forget;	  /* what else goes with it; 0: nothing */
	} stmt;
	/* What an entry must be besides its fields' limits, which is checked
	 * first; may complete it.  'was': before a change; NULL: a new one.
	 * Runs in the transaction. */
	int (*check)(struct db *db, const struct actor *who, const void *was,
		     void *entry, struct arena *a, struct fault *f);
	const char *taken; /* the fault when another one has its key; or NULL */
};

/* A page of entries, sorted by their key and then their id. */
struct catalog_list {
	const char *after; /* the key and id of the last one before; "", 0 */
	int64_t after_id;
	int64_t most;
	void *rows; /* of the kind's size */
	size_t count;
	bool more; /* there are entries after these */
};
int catalog_list(struct db *db, const struct catalog_kind *k,
		 int64_t workspace_id, struct catalog_list *list,
		 struct arena *a, struct fault *f);

/* Reads entry 'id' of a workspace; FAULT_ABSENT. */
struct catalog_id {
	int64_t workspace_id, id;
};
int catalog_get(struct db *db, const struct catalog_kind *k,
		struct catalog_id of, void *out, struct arena *a,
		struct fault *f);

/* How many campaigns (of a carrier: numbers) use it, up to USES_MOST + 1. */
int catalog_use_count(struct db *db, const struct catalog_kind *k,
		      struct catalog_id of, int64_t *count, struct fault *f);

/* The same, and in words: "“Spring”, “Autumn” and 7 more"; "": nothing. */
struct catalog_uses {
	int64_t count;
	const char *names;
};
int catalog_uses(struct db *db, const struct catalog_kind *k,
		 struct catalog_id of, struct catalog_uses *out,
		 struct arena *a, struct fault *f);

/*
 * Each of these is one transaction with its line in the audit log.  All return
 * FAULT_DENIED below administrator and FAULT_ABSENT for an entry of another
 * workspace; FAULT_INVALID names the field.  After them, workspace_tell().
 *
 * A change that diallers have to know (all but that of a name or a label) makes
 * the queued calls of the running campaigns that use it void: none of them is
 * placed with the old value later than 100 ms after the commit.
 */

/* Sets entry->id. */
int catalog_add(struct db *db, const struct actor *who,
		const struct catalog_kind *k, void *entry, struct arena *a,
		struct fault *f);

/* FAULT_CONFLICT: its ver is not the stored one.  Without a difference nothing
 * is written. */
int catalog_change(struct db *db, const struct actor *who,
		   const struct catalog_kind *k, void *entry, struct arena *a,
		   struct fault *f);

/* Enables or disables it (its field "enabled"); nothing to do is no fault. */
struct catalog_switch {
	int64_t id;
	bool on;
};
int catalog_enable(struct db *db, const struct actor *who,
		   const struct catalog_kind *k, const struct catalog_switch *s,
		   struct arena *a, struct fault *f);

/* FAULT_CONFLICT: it is in use, or has calls in progress; the text says by
 * what. */
struct catalog_removal {
	int64_t id;
	/* Take it out of the pools of drafts that never ran. */
	bool from_drafts;
};
int catalog_remove(struct db *db, const struct actor *who,
		   const struct catalog_kind *k,
		   const struct catalog_removal *r, struct arena *a,
		   struct fault *f);

#endif
