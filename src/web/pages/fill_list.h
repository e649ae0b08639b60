/* fill_list.h - the campaign list and the page around it; see
 * web/server/layout.h. */
#ifndef WEB_PAGES_FILL_LIST_H
#define WEB_PAGES_FILL_LIST_H

#include "view/view.h"
#include "workspace/account.h"

struct campaign_page;
struct needs;
struct list_query;
struct workspace_stats;
struct viewer;

/* part_summary.tpl: <section id="strip">, the same for everyone with the same
 * role and zone in a workspace */
struct summary {
	const struct workspace_stats *stats;
	const struct viewer *viewer;
};
void fill_summary(struct view *v, const void *summary);

/* part_campaign_list.tpl: <div id="list">, the same for everyone with the same
 * role and zone in a workspace */
struct campaign_list {
	const struct campaign_page *page;
	const struct list_query *query;
	const struct viewer *viewer;
	const char *mark;	   /* stands around each row; NULL: nothing */
	const struct needs *needs; /* of a workspace without campaigns */
};
void fill_campaign_list(struct view *v, const void *list);

/* page_campaigns.tpl */
struct campaigns_page {
	const struct list_query *query;
	const char *tag;	    /* version of what is shown: HX-PTag */
	const char *summary, *list; /* the expanded parts */
	const struct viewer *viewer;
};
void fill_campaigns(struct view *v, const void *page);

#endif
