/* fill_integration.h - how programs use a campaign; see web/server/layout.h. */
#ifndef WEB_PAGES_FILL_INTEGRATION_H
#define WEB_PAGES_FILL_INTEGRATION_H

#include "view/view.h"

struct campaign;
struct viewer;

/* page_integration.tpl */
struct integration {
	const struct campaign *c;
	const struct viewer *viewer;
	const char *site; /* "https://outdial.example", without a path */
};
void fill_integration(struct view *v, const void *integration);

#endif
