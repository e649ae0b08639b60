/*
 * demo.h - the demo workspace: what is in it (data.c), how it is made (demo.c),
 * and how it gets runs that look as if they had happened (history.c).
 *
 * The phone numbers are +1 NPA 555-01XX, which belong to nobody.
 */
#ifndef TOOLS_DEMO_DEMO_H
#define TOOLS_DEMO_DEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "campaign/campaign.h"

struct actor;
struct arena;
struct db;
struct fault;
struct redis;

/* What is made with: the database and, for hints, Redis. */
struct demo_options {
	const char *email, *password; /* of the administrator */
	const char *carrier_socket;   /* path */
};

/* Makes what is missing of the workspace, and says so, a line for each
 * campaign; what is there stays as it is. */
int demo_make(struct db *db, struct redis *redis, const struct demo_options *o,
	      struct arena *a, struct fault *f);

#define DEMO_WORKSPACE "Lakeside Health"
#define DEMO_PHONES 80000 /* that demo_phone() knows */

struct demo_campaign {
	const char *name;
	unsigned status; /* as the list shows it */
	int contacts;
	int first_phone; /* of demo_phone() */
	int past;	 /* contacts that have been called */
	int concurrency;
	int bot; /* index of demo_bots */
	bool always_on, callbacks;
	int64_t retry_delay; /* minutes */
	int created_h;	     /* hours ago */
	int run_h;	     /* how long its run took, or has taken */
	enum run_rest rest;
	const char *reason;
	const char *restarted_by; /* a prepared restart; else NULL */
};
extern const struct demo_campaign demo_campaigns[];
extern const size_t demo_campaign_count;

struct demo_bot {
	const char *name, *target;
};
extern const struct demo_bot demo_bots[];
extern const size_t demo_bot_count;

extern const char *const demo_numbers[]; /* phone, label, ..., NULL */

/* Writes the i-th phone number to 'out', which has 16 bytes. */
void demo_phone(int i, char out[static 16]);

/* The i-th contact's variables, as JSON. */
const char *demo_vars(int i, struct arena *a);

/* A run of 'd' in the past, up to now if it is open; the campaign is a draft
 * with its contacts in SEGMENT_FILE. */
struct demo_run {
	const struct demo_campaign *d;
	int64_t campaign_id, carrier_id, number_id, now;
	int64_t started; /* out */
};
int demo_history(struct db *db, struct demo_run *r, const struct actor *who,
		 struct arena *a, struct fault *f);

#endif
