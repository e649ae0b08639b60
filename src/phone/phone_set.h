/*
 * phone_set.h - a set of millions of phone numbers: hash tables of 5 bytes per
 * slot, which grow one at a time, so that growing does not double the memory of
 * all.
 */
#ifndef PHONE_PHONE_SET_H
#define PHONE_PHONE_SET_H

#include <stdbool.h>

struct phone_set;

struct phone_set *phone_set_open(void);
void phone_set_close(struct phone_set *s);

/* Adds a number; true when it was new.  'phone' is 1 to 15 digits. */
bool phone_set_add(struct phone_set *s, const char *phone);

#endif
