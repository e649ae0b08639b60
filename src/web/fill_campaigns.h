/* fill_campaigns.h - one campaign on a page; see fill_layout.h. */
#ifndef WEB_FILL_CAMPAIGNS_H
#define WEB_FILL_CAMPAIGNS_H

#include <stdint.h>

#include "domain/account.h"
#include "view/view.h"

struct arena;
struct campaign;

/* For whom a list is made: all that its text depends on besides the rows. */
struct reader {
	enum role role;
	struct view_zone zone; /* the workspace's */
	struct zones *zones;   /* for those of campaigns */
	int64_t now;
	struct arena *arena;
};

/* The day where the workspace is, since 1970-01-01. */
int64_t reader_today(const struct reader *r);

/* part_campaign_row.tpl: <tr id="c-ID"> */
struct campaign_row {
	const struct campaign *c;
	const struct reader *reader;
	int64_t waits; /* on its page: since when changes of this person wait
			* to be saved; 0: there are none */
};
void fill_campaign_row(struct view *v, const void *row);

/* page_campaign.tpl */
void fill_campaign(struct view *v, const void *row);

#endif
