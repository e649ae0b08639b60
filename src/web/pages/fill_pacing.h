/* fill_pacing.h - how a campaign is paced now, and why, in words. */
#ifndef WEB_PAGES_FILL_PACING_H
#define WEB_PAGES_FILL_PACING_H

#include "web/pages/fill_monitor.h"

/* Tenths of a percent abandoned of the calls in the last 60 minutes of the run;
 * -1: none was picked up. */
int abandoned_of_hour(const struct campaign_detail *d);

/* "2.1% of this hour abandoned: careful."  As the planner judges, from the same
 * counters (campaign/caution.h). */
const char *pacing_words(const struct campaign_detail *d);

#endif
