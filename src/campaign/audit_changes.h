/*
 * audit_changes.h - what an entry of the audit log changed, setting by setting:
 * its JSON before and after, side by side.
 */
#ifndef CAMPAIGN_AUDIT_CHANGES_H
#define CAMPAIGN_AUDIT_CHANGES_H

#include <stddef.h>

struct arena;
struct field;

struct audit_change {
	const char *key;	/* as the JSON has it; "" for other text */
	const struct field *fd; /* the setting of that name; NULL: none */
	/* A setting's text is what field_text() gave.  NULL: it is not there,
	 * before or after. */
	const char *was, *became;
};

/*
 * Compares two objects, either of which may be NULL; what is equal in both is
 * left out.  Text that is no object is one change with the key "".
 */
size_t audit_changes(const char *was, const char *became,
		     struct audit_change **out, struct arena *a);

#endif
