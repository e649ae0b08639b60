/* fill_privacy.h - the pages of data retention and of erasure; see
 * web/server/layout.h. */
#ifndef WEB_PAGES_FILL_PRIVACY_H
#define WEB_PAGES_FILL_PRIVACY_H

#include <stddef.h>
#include <stdint.h>

#include "view/view.h"

struct erasure;
struct viewer;

#define RETENTION_PATH "/dashboard/settings/retention"
#define ERASURE_PATH "/dashboard/settings/erasure"

/* page_retention.tpl */
struct retention_page {
	const struct viewer *viewer;
	const char *csrf;
	int64_t keep_days;   /* as it is */
	const char *entered; /* NULL: nothing was */
	const char *wrong;   /* what is wrong with that; NULL: nothing */
};
void fill_retention(struct view *v, const void *page);

/* page_erasure.tpl */
struct erasure_page {
	const struct viewer *viewer;
	const char *csrf;
	const char *phone; /* as entered */
	const char *wrong, *unsure; /* what is wrong; NULL: nothing */
	const struct erasure *list; /* newest first */
	size_t count;
};
void fill_erasure(struct view *v, const void *page);

#endif
