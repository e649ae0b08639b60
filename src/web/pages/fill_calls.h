/* fill_calls.h - the calls to a number; see web/server/layout.h. */
#ifndef WEB_PAGES_FILL_CALLS_H
#define WEB_PAGES_FILL_CALLS_H

#include "report/number_calls.h"
#include "view/view.h"
#include "workspace/dnc.h"

#define CALLS_PATH "/dashboard/calls"

struct viewer;

/* page_calls.tpl */
struct calls_page {
	const struct viewer *viewer;
	const char *typed; /* the number, as it was typed; "": not yet */
	const char *wrong; /* what is wrong with it: a sentence; NULL */
	struct number_query asked; /* phone NULL: nothing is asked for */
	struct number_calls calls;
	struct dnc_found lists; /* that bar it now */
};
void fill_calls(struct view *v, const void *page);

#endif
