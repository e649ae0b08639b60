/*
 * fill_monitor.h - what goes on in a campaign now, and what has come of its run
 * so far; see web/server/layout.h.
 */
#ifndef WEB_PAGES_FILL_MONITOR_H
#define WEB_PAGES_FILL_MONITOR_H

#include <stddef.h>
#include <stdint.h>

#include "campaign/campaign.h"
#include "campaign/campaign_period.h"
#include "campaign/run_counters.h"
#include "report/attempts.h"
#include "report/breakdown.h"
#include "report/run_report.h"
#include "view/view.h"
#include "web/pages/fill_minutes.h"

struct dnc_list;
struct viewer;

/* What the page of a campaign shows. */
struct campaign_detail {
	const struct campaign *c;
	const struct viewer *viewer;
	struct campaign_setup setup;
	int64_t unsaved; /* since when this person has unsaved changes;
			  * 0: there are none */
	const struct dnc_list *lists; /* the do-not-call lists */
	size_t list_count;
	const char *tag; /* version of what is shown: HX-PTag */
	bool partial;	 /* only the live part is asked for */
	const struct run_report *before; /* the last run of a draft; NULL: none */
	/* of the current or last run */
	struct live_calls calls;
	struct run_counters counts;
	struct minutes_chart minutes; /* its last ones */
	struct dispositions dispositions;
	const struct breakdown_row *passes;
	size_t pass_count;
	struct abandoned abandoned; /* of all runs */
};

/* Of part_campaign.tpl: the banner, the figures, the charts. */
void fill_monitor(struct view *v, const struct campaign_detail *d);

#endif
