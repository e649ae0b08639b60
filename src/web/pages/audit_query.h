/*
 * audit_query.h - the part of the audit log that an address asks for.  What is
 * not asked for is left out of the address.
 */
#ifndef WEB_PAGES_AUDIT_QUERY_H
#define WEB_PAGES_AUDIT_QUERY_H

#include <stdint.h>

#include "workspace/audit_log.h"

struct arena;
struct fault;
struct request;
struct viewer;

#define AUDIT_PATH "/dashboard/settings/audit"
#define AUDIT_EXPORT_PATH AUDIT_PATH ".csv"
#define AUDIT_DIALLER "dialler" /* 'who' for the actor "" */

struct audit_form {
	const char *who; /* id of a person, or name of a program; "": anybody */
	const char *action;
	const char *campaign; /* short id */
	int64_t from, to;     /* days, both included; 0: not set */
	const char *past;     /* the page: "TIME-ID" of the entry before it */
};

/* FAULT_INVALID names the field; *form has what is valid. */
int audit_form_read(struct request *q, struct audit_form *form,
		    struct fault *f);

/* The same, as the log is asked; the days are those of the viewer's zone.
 * FAULT_INVALID as above. */
int audit_form_query(const struct audit_form *form, const struct viewer *who,
		     struct audit_query *out, struct fault *f);

/* The address of the filter at 'path', past an entry; NULL: from the newest. */
const char *audit_form_address(const struct audit_form *form, const char *path,
			       const struct audit_place *past,
			       struct arena *a);

#endif
