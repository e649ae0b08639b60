/* fill_contact.h - one contact of a campaign, and its attempts; see
 * web/server/layout.h. */
#ifndef WEB_PAGES_FILL_CONTACT_H
#define WEB_PAGES_FILL_CONTACT_H

#include <stdbool.h>
#include <stdint.h>

#include "report/attempts.h"
#include "report/contacts.h"
#include "view/view.h"
#include "workspace/dnc.h"

struct campaign;
struct viewer;

/* page_contact.tpl; part_trail_row.tpl has its attempts alone, for the list. */
struct contact_trail {
	const struct campaign *c;
	const struct viewer *viewer;
	int64_t run; /* as in the form */
	struct contact_row contact;
	const char *variables;	/* JSON; "": none */
	bool excluded;		/* its number is, from the campaign */
	struct dnc_found lists; /* the do-not-call lists that bar it */
	const char *why;	/* it is not called now */
	struct attempt_list attempts;
};
void fill_contact(struct view *v, const void *trail);
void fill_trail_row(struct view *v, const void *trail);

/* text_duration(); "" below 0: it was not told. */
const char *told_duration(int64_t ms, struct arena *a);

/* What a contact's row in the list shows, too. */
void fill_contact_facts(struct view *v, const struct contact_row *c,
			const struct viewer *r);

#endif
