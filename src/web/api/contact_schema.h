/*
 * contact_schema.h - contacts as the API shows them.
 */
#ifndef WEB_API_CONTACT_SCHEMA_H
#define WEB_API_CONTACT_SCHEMA_H

#include <stddef.h>
#include <stdint.h>

#include "report/contacts.h"

struct arena;
struct attempt_shown;
struct schema;
struct schema_raw;

struct contact_shown {
	struct contact_row row;
	const char *id, *phone_number;
	/* Of one contact, not in a list. */
	const char *variables; /* JSON */
	struct attempt_shown *attempts;
	size_t attempt_count;
	const char *next; /* the attempts after these; NULL: there are none */
};

/* With variables and attempts; and as an entry of a list. */
extern const struct schema contact_schema, contact_item_schema;

/* Variables of a contact. */
extern const struct schema_raw variables_raw;

struct contact_shown contact_show(const struct contact_row *row,
				  struct arena *a);

#endif
