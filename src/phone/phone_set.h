/*
 * phone_set.h - the numbers seen so far, of millions: 5 bytes each and the
 * room of a hash table, grown piece by piece so that growing does not double
 * the whole.
 */
#ifndef PHONE_PHONE_SET_H
#define PHONE_PHONE_SET_H

#include <stdbool.h>

struct phone_set;

struct phone_set *phone_set_open(void);
void phone_set_close(struct phone_set *s);

/* True when it was not there; 'phone' is 1 to 15 digits. */
bool phone_set_add(struct phone_set *s, const char *phone);

#endif
