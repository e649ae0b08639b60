/* attempt_report.h - the attempts of a run as a CSV file, a line each. */
#ifndef WEB_PAGES_ATTEMPT_REPORT_H
#define WEB_PAGES_ATTEMPT_REPORT_H

#include "report/attempt_lines.h"
#include "web/pages/viewer.h"
#include "web/server/reply.h"

struct db;

struct attempt_report {
	struct db *db;
	struct attempt_lines lines; /* opened */
	const char *campaign;	    /* its short ID */
	int64_t run;		    /* its number */
	struct viewer viewer;	    /* whose zone the times are in */
};

/* Writes the file a few thousand contacts at a time; 'arg' is a struct
 * attempt_report. */
stream_fn attempt_report_write;

#endif
