/*
 * tzif.h - one zone of the tz database, as the system keeps it compiled
 * (RFC 8536, package tzdata): its offsets from UTC and when they change.
 *
 * The system's files, not the copy inside ICU, because governments change
 * their clocks at a few weeks' notice: Debian renews tzdata in its stable
 * release, while its ICU keeps the data of the day it was released.
 */
#ifndef BASE_TZIF_H
#define BASE_TZIF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tzif; /* never changes, so threads may share it */

/* NULL when there is no such zone, or its file makes no sense.  TZDIR is the
 * database's directory, as for the C library. */
struct tzif *tzif_open(const char *name);
/* What is in such a file. */
struct tzif *tzif_read(const unsigned char *data, size_t len);
void tzif_close(struct tzif *t);

/* Another number when the file is another; 0: there is none. */
int64_t tzif_stamp(const char *name);

/* Seconds east of UTC at an instant (in seconds since 1970). */
int tzif_offset(const struct tzif *t, int64_t at);

/* The first change after an instant; false when there is none. */
bool tzif_next(const struct tzif *t, int64_t after, int64_t *change);

#endif
