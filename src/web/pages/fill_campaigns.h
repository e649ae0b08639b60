/* fill_campaigns.h - one campaign on a page; see web/server/layout.h. */
#ifndef WEB_PAGES_FILL_CAMPAIGNS_H
#define WEB_PAGES_FILL_CAMPAIGNS_H

#include <stdbool.h>
#include <stdint.h>

#include "campaign/campaign.h"
#include "view/view.h"
#include "workspace/account.h"

struct arena;
struct viewer;

/* What a campaign's page and its row in the list both show. */
void fill_campaign_identity(struct view *v, const struct campaign *c);
void fill_campaign_notes(struct view *v, const struct campaign *c,
			 const struct viewer *r);
void fill_campaign_progress(struct view *v, const struct campaign *c);
void fill_campaign_actions(struct view *v, const struct campaign *c,
			   const struct viewer *r);

/* part_campaign_tabs.tpl, at {{>TABS}}: the pages of a campaign */
enum campaign_tab {
	CAMPAIGN_TAB_OVERVIEW,
	CAMPAIGN_TAB_PERFORMANCE,
	CAMPAIGN_TAB_CONTACTS,
	CAMPAIGN_TAB_RUNS,
	CAMPAIGN_TAB_ACTIVITY,
	CAMPAIGN_TAB_CONFIG,
	CAMPAIGN_TAB_INTEGRATION
};
/* The address of such a page. */
const char *campaign_tab_path(const struct campaign *c, enum campaign_tab tab,
			      struct arena *a);
void fill_campaign_tabs(struct view *v, const struct campaign *c,
			enum campaign_tab here);
/* The campaign's name and ID for the page, and part_campaign_head.tpl at
 * {{>HEAD}}. */
void fill_campaign_head(struct view *v, const struct campaign *c,
			enum campaign_tab here);

/* part_campaign.tpl: <div id="campaign">, the live part of a campaign's page */
void fill_campaign_part(struct view *v, const void *detail);

/* page_campaign.tpl: that part, and the poll that updates it */
void fill_campaign(struct view *v, const void *detail);

#endif
