/* fill_runs.h - the runs of a campaign; see web/server/layout.h. */
#ifndef WEB_PAGES_FILL_RUNS_H
#define WEB_PAGES_FILL_RUNS_H

#include <stdbool.h>
#include <stddef.h>

#include "report/run_report.h"
#include "view/view.h"

struct campaign;
struct viewer;

/* page_runs.tpl */
struct runs_page_data {
	const struct campaign *c;
	const struct viewer *viewer;
	const struct run_report *runs; /* the newest first */
	size_t count;
	bool later; /* there are newer ones than these */
	bool more;  /* and older ones */
};
void fill_runs(struct view *v, const void *page);

/* The section AGAIN, with the address of a new campaign of those that a run did
 * not reach, for who may make one.  The time of the page makes a second press
 * the same order. */
void fill_not_reached(struct view *v, const struct campaign *c, int64_t run,
		      const struct viewer *who);

#endif
