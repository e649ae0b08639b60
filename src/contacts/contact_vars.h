/*
 * contact_vars.h - reads the variables of a contact that come as JSON, an
 * object of texts, and writes them as an import does.
 */
#ifndef CONTACTS_CONTACT_VARS_H
#define CONTACTS_CONTACT_VARS_H

#include <stdbool.h>

struct arena;
struct contact;

/*
 * Fills out->vars; "" and NULL are no variables, and an empty text sets
 * nothing.  0, or -1 with the reason in out->why: it is not such JSON, a name
 * is empty, invisible or given twice, or the variables are more than a call
 * carries.
 */
int contact_read_vars(const char *json, struct arena *a, struct contact *out);

/* True for one JSON value that is valid UTF-8 and spells no NUL. */
bool json_is_valid(const char *json);

#endif
