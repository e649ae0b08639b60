/* fill_campaigns.h - campaigns on a page; see fill_layout.h. */
#ifndef WEB_FILL_CAMPAIGNS_H
#define WEB_FILL_CAMPAIGNS_H

#include <stdint.h>

#include "domain/account.h"
#include "view/view.h"

struct arena;
struct campaign;
struct campaign_page;

/* For whom a list is made: all that its text depends on besides the rows. */
struct reader {
	enum role role;
	struct view_zone zone; /* the workspace's */
	struct zones *zones;   /* for those of campaigns */
	int64_t now;
	struct arena *arena;
};

/* The question before an action, with the campaign's name in it; NULL: the
 * action asks nothing. */
const char *campaign_question(const struct campaign *c, int action,
			      struct arena *a);

/* part_campaign_row.tpl: <tr id="c-ID"> */
struct campaign_row {
	const struct campaign *c;
	const struct reader *reader;
};
void fill_campaign_row(struct view *v, const void *row);

/* part_campaign_list.tpl: <div id="list">, the same for all of one role and
 * zone in a workspace */
struct campaign_list {
	const struct campaign_page *page;
	const char *search; /* "": all */
	int status;	    /* enum campaign_status, or -1: all */
	const char *newest, *older; /* addresses; NULL: no such page */
	const struct reader *reader;
};
void fill_campaign_list(struct view *v, const void *list);

/* page_campaigns.tpl */
struct campaigns_page {
	const char *search;
	int status;
	int size;	  /* rows a page when not the usual, else 0 */
	const char *tag;  /* version of what 'list' shows: HX-PTag */
	const char *list; /* the expanded part_campaign_list.tpl */
	enum role role;
};
void fill_campaigns(struct view *v, const void *page);

/* page_campaign.tpl */
void fill_campaign(struct view *v, const void *row);

#endif
