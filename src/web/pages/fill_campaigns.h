/* fill_campaigns.h - one campaign on a page; see web/server/layout.h. */
#ifndef WEB_PAGES_FILL_CAMPAIGNS_H
#define WEB_PAGES_FILL_CAMPAIGNS_H

#include <stdbool.h>
#include <stdint.h>

#include "campaign/campaign.h"
#include "campaign/run_counters.h"
#include "report/attempts.h"
#include "view/view.h"
#include "web/pages/fill_minutes.h"
#include "workspace/account.h"

struct arena;
struct dnc_list;
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
struct campaign_detail {
	const struct campaign *c;
	const struct viewer *viewer;
	struct campaign_setup setup;
	int64_t unsaved; /* since when this person has unsaved changes;
			  * 0: there are none */
	const struct dnc_list *lists; /* the do-not-call lists */
	size_t list_count;
	struct live_calls calls;
	struct run_counters counts; /* of the current or last run */
	struct minutes_chart minutes; /* its last ones */
	const char *tag; /* version of what is shown: HX-PTag */
};
void fill_campaign_part(struct view *v, const void *detail);

/* page_campaign.tpl: that part, and the poll that updates it */
void fill_campaign(struct view *v, const void *detail);

#endif
