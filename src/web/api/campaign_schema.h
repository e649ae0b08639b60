/*
 * campaign_schema.h - a campaign as the API shows it.
 */
#ifndef WEB_API_CAMPAIGN_SCHEMA_H
#define WEB_API_CAMPAIGN_SCHEMA_H

#include "campaign/campaign.h"

struct request;
struct schema;

struct campaign_shown {
	struct campaign c;
	int64_t progress; /* percent */
	const char *note;
	int64_t *numbers; /* the pool; NULL and 0 in a list */
	size_t number_count;
};

/* Derives what the schemas show besides the campaign. */
void campaign_shown_fill(struct request *q, struct campaign_shown *s);

/* The figures of a run. */
extern const struct schema campaign_figures_schema;

/* With all settings and the pool; and as an entry of a list. */
extern const struct schema campaign_schema, campaign_item_schema;

/* What creates or changes a campaign: settings and pool. */
extern const struct schema campaign_body_schema;

#endif
