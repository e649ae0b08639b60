/* fill_state.h - what goes on in a campaign, in words, and until when. */
#ifndef WEB_PAGES_FILL_STATE_H
#define WEB_PAGES_FILL_STATE_H

#include "web/pages/fill_monitor.h"

/* When the last call was placed or ended, as far as is known; else when the run
 * began. */
int64_t campaign_last_dial(const struct campaign_detail *d);

/* The sums of the minutes shown. */
struct run_minute minutes_sum(const struct minutes_chart *c);

/* The banner of part_campaign.tpl. */
void fill_state(struct view *v, const struct campaign_detail *d);

/* When all are finished, by how the calls of this run have gone so far; NULL:
 * it cannot be said. */
const char *campaign_done_words(const struct campaign_detail *d);

#endif
