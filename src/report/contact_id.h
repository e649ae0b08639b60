/*
 * contact_id.h - the ID of a contact in its campaign, in addresses and in the
 * API: "1-42", its segment and its place there.
 */
#ifndef REPORT_CONTACT_ID_H
#define REPORT_CONTACT_ID_H

#include <stdint.h>

struct arena;

const char *contact_id_text(int64_t seg, int64_t ordinal, struct arena *a);
/* -1: it is none. */
int contact_id_parse(const char *text, int64_t *seg, int64_t *ordinal,
		     struct arena *a);

#endif
