/*
 * dnc_request.h - what the forms of the do-not-call pages say, and what is
 * wrong with it.
 */
#ifndef WEB_PAGES_DNC_REQUEST_H
#define WEB_PAGES_DNC_REQUEST_H

#include <stdint.h>

#include "web/pages/fill_dnc.h"
#include "workspace/dnc.h"

struct fault;
struct reply;
struct request;

/* Everything that was entered, so that a refused form is shown with it. */
struct dnc_forms dnc_forms_of(struct request *q);

/* Notes a fault at its field, and takes its status for the answer; -1: it is a
 * fault of no field, or the client is a program. */
int dnc_forms_refuse(struct request *q, struct reply *r, struct dnc_forms *p,
		     struct fault *f);

/* Adds the number that was entered to a list; on -1 every wrong field is noted
 * in 'p', too. */
int dnc_forms_add(struct request *q, struct dnc_forms *p, int64_t list_id,
		  struct dnc_entry *out, struct fault *f);

/* The settings of a list that were entered; 'was' NULL: of a new one. */
int dnc_forms_list(struct request *q, const struct dnc_list *was,
		   struct dnc_list *out, struct fault *f);

/* Ends a change: wakes the campaigns, and leads to that page with a toast. */
int dnc_changed(struct request *q, struct reply *r, const char *path,
		const char *toast, const char *detail);

/* "Number added", and so on. */
extern const char *const dnc_became_words[];

#endif
