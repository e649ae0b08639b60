/* campaign_contacts.h - the contacts of a campaign, as a request names them. */
#ifndef WEB_PAGES_CAMPAIGN_CONTACTS_H
#define WEB_PAGES_CAMPAIGN_CONTACTS_H

#include <stdint.h>

struct campaign;
struct contact_form;
struct contact_query;
struct fault;
struct request;

/* The campaign in the address, and a query of all its contacts as they are in
 * its current or last run. */
int contacts_open(struct request *q, struct campaign *c,
		  struct contact_query *query, struct fault *f);

/* The same in the run of that number; 0: as the campaign is now. */
int contacts_find_run(struct request *q, int64_t no,
		      struct contact_query *query, struct fault *f);

/* The filter in the address, also into 'query'.  FAULT_INVALID names the field
 * that is wrong; all others are read. */
int contacts_read_form(struct request *q, struct contact_form *form,
		       struct contact_query *query, struct fault *f);

#endif
