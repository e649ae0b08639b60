/* fill_holidays.h - the page of a workspace's holidays. */
#ifndef WEB_FILL_HOLIDAYS_H
#define WEB_FILL_HOLIDAYS_H

#include <stddef.h>

#include "view/view.h"

#define HOLIDAYS_PATH "/dashboard/settings/holidays"

struct holiday;
struct reader;

struct holidays_page {
	const struct reader *reader;
	const char *csrf;
	struct holiday *list; /* by day */
	size_t count;
	const char *day, *name;	   /* as entered */
	const char *field, *wrong; /* "day", "name", "file"; NULL: nothing */
};

fill_fn fill_holidays;

#endif
