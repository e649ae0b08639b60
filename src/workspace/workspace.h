/*
 * workspace.h - workspaces: their names, their time zones and default
 * countries.
 */
#ifndef WORKSPACE_WORKSPACE_H
#define WORKSPACE_WORKSPACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct actor;
struct arena;
struct db;
struct fault;
struct record;

struct workspace {
	int64_t id, ver; /* ver goes up at every change */
	const char *name, *zone, *country;
	/* Whoever created or last changed a campaign may not start it. */
	bool second_person;
	bool held;
};
extern const struct record workspace_record; /* what people enter */

/* FAULT_INVALID: the name, zone or country is not valid (for "UK" the text
 * suggests GB); FAULT_CONFLICT: the name is taken.  Inside the caller's
 * transaction, without the audit log. */
int workspace_create(struct db *db, const char *name, const char *zone,
		     const char *country, int64_t *id, struct fault *f);

/* The same with its line in the audit log, for the command line: whoever adds
 * a workspace is in none. */
int workspace_add(struct db *db, const struct actor *who,
		  const struct workspace *w, int64_t *id, struct arena *a,
		  struct fault *f);

/* Finds a workspace by name; FAULT_ABSENT. */
int workspace_find(struct db *db, const char *name, int64_t *id,
		   struct fault *f);
int workspace_get(struct db *db, int64_t id, struct workspace *out,
		  struct arena *a, struct fault *f);
int workspace_list(struct db *db, struct workspace **out, size_t *count,
		   struct arena *a, struct fault *f);

/*
 * Changes who->workspace_id and records it in the audit log.  FAULT_INVALID
 * names the field; FAULT_CONFLICT: the name is taken, or w->ver is neither the
 * stored one nor VER_ANY (catalog.h); FAULT_DENIED below administrator.
 *
 * A time zone is the day of the workspace: of the calls that a number may place
 * in a day, and of the figures of today.  With another zone, queued calls of
 * running campaigns are void and planned again, and the new day begins with at
 * least as many calls of each number as the old one has had.  Campaigns have
 * zones of their own, which stay; so do contacts that were imported with
 * another default country.  After it, workspace_tell().
 */
int workspace_change(struct db *db, const struct actor *who,
		     const struct workspace *w, struct arena *a,
		     struct fault *f);

/* All countries with a numbering plan, sorted by their names in English. */
struct country {
	const char *code, *name; /* "GB", "United Kingdom" */
};
struct country *workspace_countries(size_t *count, struct arena *a);

#endif
