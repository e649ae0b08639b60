/*
 * run_report.h - what came of a run: its figures, and how its contacts and
 * attempts have ended so far.
 */
#ifndef REPORT_RUN_REPORT_H
#define REPORT_RUN_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include "campaign/campaign.h"
#include "campaign/run_counters.h"

struct arena;
struct db;
struct fault;

struct run {
	int64_t id, no; /* 0: there is none */
	unsigned rest;	/* of run_rest_words */
	const char *reason;
	int64_t started_at, ended_at; /* 0: it has not ended */
};

struct run_report {
	struct campaign c; /* with the figures of that run */
	struct run run;
	struct run_counters counts;
	int64_t waiting; /* contacts that wait for a call, or waited when it
			    ended */
};

/* Which run of a campaign is asked for. */
struct run_query {
	int64_t workspace_id, campaign_id;
	int64_t no; /* 0: the current one, if there is one */
};

/* FAULT_ABSENT: no such campaign in the workspace, or no such run. */
int run_find(struct db *db, const struct run_query *q, struct run *out,
	     struct arena *a, struct fault *f);
int run_report(struct db *db, const struct run_query *q, struct run_report *out,
	       struct arena *a, struct fault *f);

/* The settings that the run began with, as campaign_settings_json() wrote
 * them. */
int run_settings(struct db *db, int64_t workspace_id, int64_t run_id,
		 const char **out, struct arena *a, struct fault *f);

/* The counters of out->run_id, a run of the workspace. */
int run_counts(struct db *db, int64_t workspace_id, struct run_counters *out,
	       struct fault *f);

/* Every run of a campaign, newest first, page by page. */
struct run_page {
	int64_t workspace_id, campaign_id;
	int64_t before; /* the number of the run before the page; 0: none */
	size_t limit;
};
/* FAULT_ABSENT: no such campaign in the workspace. */
int run_reports(struct db *db, const struct run_page *q,
		struct run_report **out, size_t *count, struct arena *a,
		struct fault *f);

#endif
