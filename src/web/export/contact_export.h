/*
 * contact_export.h - the contacts of a run as a CSV file, a line each, that can
 * be uploaded again as it is (doc/product.md 5.13).
 */
#ifndef WEB_EXPORT_CONTACT_EXPORT_H
#define WEB_EXPORT_CONTACT_EXPORT_H

#include <stdbool.h>
#include <stdint.h>

struct fault;
struct record;
struct reply;
struct request;

/* What is asked for, by the parameters of the address. */
struct contact_export_query {
	int64_t run;	  /* its number; 0: the current or last one */
	unsigned state;	  /* of contact_state_filter */
	unsigned outcome; /* enum outcome; 0: any */
	bool not_reached;
};
extern const struct record contact_export_record;

/*
 * Answers with the file of the campaign in the address.  The contacts are read
 * twice, as the first line names the variables of all; memory stays the same.
 * FAULT_ABSENT: no such campaign or run.  FAULT_CONFLICT: they have more
 * variables than a file can have columns.
 */
int contact_export_answer(struct request *q, struct reply *r,
			  const struct contact_export_query *asked,
			  struct fault *f);

#endif
