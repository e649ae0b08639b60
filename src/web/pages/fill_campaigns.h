/* fill_campaigns.h - one campaign on a page; see fill_layout.h. */
#ifndef WEB_PAGES_FILL_CAMPAIGNS_H
#define WEB_PAGES_FILL_CAMPAIGNS_H

#include <stdbool.h>
#include <stdint.h>

#include "campaign/campaign.h"
#include "view/view.h"
#include "workspace/account.h"

struct arena;

/* For whom a list is made: all that its text depends on besides the rows. */
struct viewer {
	enum role role;
	struct view_zone zone; /* the workspace's */
	struct zones *zones;   /* for those of campaigns */
	int64_t now;
	struct arena *arena;
};

/* Whether a row has buttons at all. */
bool reader_may_act(const struct viewer *r);

/* The day where the workspace is, since 1970-01-01. */
int64_t reader_today(const struct viewer *r);

/* part_campaign_row.tpl: <tr id="c-ID"> */
struct campaign_row {
	const struct campaign *c;
	const struct viewer *reader;
};
void fill_campaign_row(struct view *v, const void *row);

/* part_campaign.tpl: <div id="campaign">, the page of one as it is now */
struct campaign_detail {
	const struct campaign *c;
	const struct viewer *reader;
	struct campaign_setup setup;
	int64_t unsaved; /* since when changes of this person wait to be
			  * saved; 0: there are none */
	const char *tag; /* version of what is shown: HX-PTag */
};
void fill_campaign_part(struct view *v, const void *detail);

/* page_campaign.tpl: that part, and what keeps it as the campaign is */
void fill_campaign(struct view *v, const void *detail);

#endif
