/* fill_minutes.h - the calls of a run, minute by minute, as a chart and as a
 * table; see web/server/layout.h. */
#ifndef WEB_PAGES_FILL_MINUTES_H
#define WEB_PAGES_FILL_MINUTES_H

#include "report/minutes.h"
#include "view/view.h"

struct viewer;

#define MINUTES_SHOWN 60

struct minutes_chart {
	const struct run_minute *list; /* in order; minutes may be missing */
	size_t count;
	int64_t last; /* the last minute of the chart */
};

/* part_minutes.tpl at {{>MINUTES}}. */
void fill_minutes(struct view *v, const struct minutes_chart *c,
		  const struct viewer *r);

#endif
