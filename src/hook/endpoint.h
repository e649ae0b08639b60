/*
 * endpoint.h - the addresses that events of a workspace are sent to, as
 * administrators keep them (doc/product.md 10).
 */
#ifndef HOOK_ENDPOINT_H
#define HOOK_ENDPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/field.h"
#include "hook/signature.h"

struct actor;
struct arena;
struct db;
struct fault;

#define ENDPOINTS_MOST 50 /* per workspace */
#define ROTATE_HOURS 24	  /* in which both secrets sign */

/* Why an endpoint is off; from OFF_GONE on the dialler switched it off, which
 * campaign/workspace_stats.h counts. */
enum endpoint_off { OFF_NOT, OFF_BY_PERSON, OFF_GONE, OFF_FAILED };
extern const char *const endpoint_off_words[];

/* What a person or a program enters. */
struct endpoint_entry {
	const char *url, *description;
	struct wordset kinds; /* bit n: enum event_kind n */
};
extern const struct record endpoint_entry_record;

struct endpoint {
	int64_t id;
	const char *url, *description;
	struct wordset kinds;
	bool enabled;
	unsigned off_why;      /* enum endpoint_off */
	int64_t off_at;	       /* 0: it is on */
	int64_t ver;	       /* of the settings */
	int64_t failing_since; /* 0: the last delivery was accepted */
	int64_t old_until;     /* the old secret signs, too; 0: no more */
	int64_t next_seq, fails;
};

/* An endpoint and the version that was shown; 0: whichever it has. */
struct endpoint_ref {
	int64_t id, ver;
};

int endpoint_list(struct db *db, int64_t workspace_id, struct endpoint **out,
		  size_t *count, struct arena *a, struct fault *f);
/* FAULT_ABSENT: the workspace has no such endpoint. */
int endpoint_get(struct db *db, int64_t workspace_id, int64_t id,
		 struct endpoint *out, struct arena *a, struct fault *f);

/*
 * Each of these changes an endpoint of who->workspace_id and records it in the
 * audit log, in one transaction.  FAULT_DENIED below administrator,
 * FAULT_ABSENT, FAULT_CONFLICT (the version, or it is so already),
 * FAULT_INVALID names the field.
 */

/* The secret is shown now and never again. */
struct endpoint_made {
	int64_t id;
	char secret[SIGN_TEXT];
};
int endpoint_add(struct db *db, const struct actor *who,
		 const struct endpoint_entry *e, struct endpoint_made *out,
		 struct arena *a, struct fault *f);
int endpoint_change(struct db *db, const struct actor *who,
		    struct endpoint_ref ref, const struct endpoint_entry *e,
		    struct arena *a, struct fault *f);
/* One that is switched on gets the events from now on. */
int endpoint_switch(struct db *db, const struct actor *who,
		    struct endpoint_ref ref, bool on, struct arena *a,
		    struct fault *f);
/* Both secrets sign for ROTATE_HOURS. */
int endpoint_rotate(struct db *db, const struct actor *who,
		    struct endpoint_ref ref, char secret[static SIGN_TEXT],
		    struct arena *a, struct fault *f);
int endpoint_remove(struct db *db, const struct actor *who,
		    struct endpoint_ref ref, struct arena *a, struct fault *f);
/* Sends it an event of the kind "webhook.test". */
int endpoint_test(struct db *db, const struct actor *who,
		  struct endpoint_ref ref, struct arena *a, struct fault *f);
/* Switches the feed of events on or off (event_read.h). */
int event_feed(struct db *db, const struct actor *who, bool on, struct arena *a,
	       struct fault *f);
int event_feed_is_on(struct db *db, int64_t workspace_id, bool *on,
		     struct fault *f);

/* The dialler switches one off, OFF_GONE or OFF_FAILED.  FAULT_CONFLICT: a
 * person was first. */
int endpoint_give_up(struct db *db, int64_t workspace_id,
		     struct endpoint_ref ref, enum endpoint_off why,
		     struct arena *a, struct fault *f);

#endif
