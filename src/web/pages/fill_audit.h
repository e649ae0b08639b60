/* fill_audit.h - the page of the audit log; see web/server/layout.h. */
#ifndef WEB_PAGES_FILL_AUDIT_H
#define WEB_PAGES_FILL_AUDIT_H

#include <stddef.h>

#include "view/view.h"
#include "workspace/audit_log.h"

struct person;
struct arena;
struct audit_change;
struct audit_form;
struct campaign;
struct viewer;

/* page_audit.tpl */
struct audit_page_data {
	const struct viewer *viewer;
	const struct audit_form *form;
	const struct audit_page *page;
	const struct person *people; /* of the workspace */
	size_t people_count;
	struct audit_words actors, actions; /* of all entries */
	const char *field, *wrong; /* what is wrong, and where; NULL: nothing */
};
void fill_audit(struct view *v, const void *page);

/* page_activity.tpl: the entries of one campaign */
struct campaign_activity {
	const struct campaign *c;
	const struct viewer *viewer;
	const struct audit_form *form; /* of 'past' alone */
	const struct audit_page *page;
};
void fill_activity(struct view *v, const void *activity);

/* The changes of an entry (campaign/audit_changes.h); only those of a campaign
 * are its settings. */
size_t audit_entry_changes(const struct audit_entry *e,
			   struct audit_change **out, struct arena *a);

/* "Ann", "Command line for Ann", "Dialler" */
const char *audit_who(const struct audit_entry *e, struct arena *a);

/* "Edit", "Run failed": an action in words. */
const char *audit_action_words(const char *action, struct arena *a);

/* "Concurrency Limit"; "" for text that is no setting. */
const char *audit_label(const struct audit_change *c, struct arena *a);

/* A value of a change in words; NULL: there is none. */
const char *audit_value(const struct audit_change *c, const char *text,
			struct arena *a);

#endif
