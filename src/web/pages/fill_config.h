/* fill_config.h - the settings of a campaign beside those that a run began with;
 * see web/server/layout.h. */
#ifndef WEB_PAGES_FILL_CONFIG_H
#define WEB_PAGES_FILL_CONFIG_H

#include <stddef.h>
#include <stdint.h>

#include "view/view.h"

struct campaign;
struct campaign_settings;
struct viewer;

/* page_config.tpl */
struct config_page_data {
	const struct campaign *c;
	const struct viewer *viewer;
	int64_t run; /* its number; 0: there is none */
	int64_t started_at;
	const struct campaign_settings *began; /* with what it began */
	size_t began_numbers, numbers;	       /* in the pool, then and now */
	const char *bot; /* its name: a campaign that ran keeps it */
};
void fill_config(struct view *v, const void *page);

#endif
