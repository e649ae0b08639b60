/* fill_contacts.h - the contacts of a campaign; see web/server/layout.h. */
#ifndef WEB_PAGES_FILL_CONTACTS_H
#define WEB_PAGES_FILL_CONTACTS_H

#include "report/contacts.h"
#include "view/view.h"

struct campaign;
struct viewer;

/* What the page is asked for, as it was typed. */
struct contact_form {
	unsigned state; /* of contact_state_filter */
	unsigned outcome;
	unsigned callback; /* of contact_callback_filter */
	const char *disposition, *phone, *external_id, *after;
	int64_t run; /* its number; 0: the current or last one */
};

/* Any, or whose last report asks for one. */
extern const char *const contact_callback_filter[];

/* page_contacts.tpl */
struct contacts_page_data {
	const struct campaign *c;
	const struct viewer *viewer;
	const struct contact_form *form;
	const struct contact_page *page;
	const char *field, *wrong; /* what is wrong, and where; NULL: nothing */
};
void fill_contacts(struct view *v, const void *page);

/* The query of an address with this filter, "" or "?state=active"; 'after'
 * NULL: from the first contact on. */
const char *contact_form_query(const struct contact_form *form,
			       const char *after, struct arena *a);

#endif
