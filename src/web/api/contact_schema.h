/*
 * contact_schema.h - contacts and attempts as the API shows them.
 */
#ifndef WEB_API_CONTACT_SCHEMA_H
#define WEB_API_CONTACT_SCHEMA_H

#include <stddef.h>
#include <stdint.h>

#include "report/attempts.h"
#include "report/contacts.h"

struct arena;
struct schema;
struct schema_raw;

/* The ID of a contact in its campaign: "1-42". */
const char *contact_id_text(int64_t seg, int64_t ordinal, struct arena *a);
/* -1: it is none. */
int contact_id_parse(const char *text, int64_t *seg, int64_t *ordinal,
		     struct arena *a);

struct attempt_shown {
	struct attempt_row row;
	const char *id;
	unsigned state; /* 0: ended, else enum live_state and 1 */
};

struct contact_shown {
	struct contact_row row;
	const char *id;
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
struct attempt_shown attempt_show(const struct attempt_row *row);

#endif
