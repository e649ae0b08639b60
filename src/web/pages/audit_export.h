/* audit_export.h - the audit log as a CSV file. */
#ifndef WEB_PAGES_AUDIT_EXPORT_H
#define WEB_PAGES_AUDIT_EXPORT_H

#include "web/pages/viewer.h"
#include "web/server/reply.h"
#include "workspace/audit_log.h"

struct db;

/* What the file has. */
struct audit_export {
	struct db *db;
	struct audit_query query; /* all of it, from its first entry on */
	struct viewer viewer;	  /* whose zone the times are in */
};

/* Writes the file a page at a time; 'arg' is a struct audit_export. */
stream_fn audit_export_write;

#endif
