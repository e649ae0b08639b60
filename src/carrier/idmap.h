/*
 * idmap.h - ids of calls, and a table of things that have one.
 *
 * A call's id is a UUID: 36 characters in lower case outside, 16 bytes
 * inside.  The table keeps pointers only (8 bytes a slot); what it points to
 * must begin with its struct cr_id.
 */
#ifndef CARRIER_IDMAP_H
#define CARRIER_IDMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"
#include "carrier/carrier.h"

struct cr_id {
	uint8_t bytes[UUID_LEN];
};

/* -1 on anything but a UUID in lower case. */
int cr_id_parse(const char *text, struct cr_id *out);

struct idmap {
	void **slots;
	size_t cap, count;
};

/* NULL when there is none. */
void *idmap_find(const struct idmap *m, const struct cr_id *id);

/* 'entry' begins with its struct cr_id, which is not in the table yet and
 * does not change while it is. */
void idmap_put(struct idmap *m, void *entry);

/* Removes the entry; false when there is none. */
bool idmap_remove(struct idmap *m, const struct cr_id *id);

/* Frees the table, not the entries. */
void idmap_free(struct idmap *m);

#endif
