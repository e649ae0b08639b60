/* fill_holidays.h - the page of a workspace's holidays. */
#ifndef WEB_PAGES_FILL_HOLIDAYS_H
#define WEB_PAGES_FILL_HOLIDAYS_H

#include <stddef.h>

#include "view/view.h"

#define HOLIDAYS_PATH "/dashboard/settings/holidays"

/* The question before a holiday is deleted; %s is its name. */
#define HOLIDAY_ASK                                                              \
	"Delete the holiday “%s”? Campaigns that observe holidays may then " \
	"call on that day."

struct holiday;
struct viewer;

enum holiday_field { HOLIDAY_DAY, HOLIDAY_NAME, HOLIDAY_FILE, HOLIDAY_FIELDS };
extern const char *const holiday_field_words[]; /* "day", "name", "file" */

struct holidays_page {
	const struct viewer *viewer;
	const char *csrf;
	struct holiday *list; /* by day */
	size_t count;
	const char *day, *name;		   /* as entered */
	const char *wrong[HOLIDAY_FIELDS]; /* a sentence each; NULL: nothing */
};

fill_fn fill_holidays;

#endif
