/*
 * field_json.h - a struct as JSON by its field table, as the audit log keeps
 * it.
 */
#ifndef BASE_FIELD_JSON_H
#define BASE_FIELD_JSON_H

struct arena;
struct record;

/*
 * {"name":"Reminder","cps":10,"enabled":true}: numbers and switches as such,
 * every other member as the text that field_set() reads.  Secrets are left
 * out.
 */
char *record_json(const struct record *r, const void *base, struct arena *a);

#endif
