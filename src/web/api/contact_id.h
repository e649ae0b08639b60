/*
 * contact_id.h - the ID of a contact in its campaign, as the API names it:
 * "1-42", its segment and its place there.
 */
#ifndef WEB_API_CONTACT_ID_H
#define WEB_API_CONTACT_ID_H

#include <stdint.h>

struct arena;

const char *contact_id_text(int64_t seg, int64_t ordinal, struct arena *a);
/* -1: it is none. */
int contact_id_parse(const char *text, int64_t *seg, int64_t *ordinal,
		     struct arena *a);

#endif
