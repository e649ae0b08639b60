/*
 * tzif.h - reads one zone of the system's compiled tz database (RFC 8536,
 * package tzdata): its offsets from UTC and when they change.
 *
 * It reads the system's files, not the copy inside ICU, because governments
 * change their clocks at a few weeks' notice: Debian updates tzdata in its
 * stable release, while its ICU keeps the data of its release day.
 */
#ifndef BASE_TZIF_H
#define BASE_TZIF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tzif; /* never changes, so threads may share it */

/* NULL when there is no such zone, or its file is invalid.  TZDIR is the
 * database's directory, as for the C library. */
struct tzif *tzif_open(const char *name);
/* The same from the contents of such a file. */
struct tzif *tzif_read(const unsigned char *data, size_t len);
void tzif_close(struct tzif *t);

/* A number that changes when the zone's file changes; 0: there is no file. */
int64_t tzif_stamp(const char *name);

/* Seconds east of UTC at an instant (in seconds since 1970). */
int tzif_offset(const struct tzif *t, int64_t at);

/* The first change after an instant; false when there is none. */
bool tzif_next(const struct tzif *t, int64_t after, int64_t *change);

#endif
