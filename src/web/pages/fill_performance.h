/*
 * fill_performance.h - how the calls of a campaign fare; see
 * web/server/layout.h.
 */
#ifndef WEB_PAGES_FILL_PERFORMANCE_H
#define WEB_PAGES_FILL_PERFORMANCE_H

#include <stddef.h>

#include "campaign/campaign_period.h"
#include "report/breakdown.h"
#include "view/view.h"

struct campaign;
struct viewer;

#define PERFORMANCE_DAYS 30

/* page_performance.tpl */
struct performance_page {
	const struct campaign *c;
	const struct viewer *viewer;
	struct campaign_period *quarters; /* of those days, in order */
	size_t quarter_count;
	/* of the current or last run; of passes none */
	struct breakdown_row *rows[BREAKDOWN_MAX];
	size_t counts[BREAKDOWN_MAX];
};
void fill_performance(struct view *v, const void *page);

#endif
