/*
 * zone_reference.h - zones as cctz reads them: the same files, by code that
 * has nothing in common with ours.  For tests only: it keeps a zone as it was
 * when first asked for, and the release of Debian 12 (2.3) misreads the slim
 * kind of files, which Debian does not make.
 */
#ifndef TESTS_UNIT_ZONE_REFERENCE_H
#define TESTS_UNIT_ZONE_REFERENCE_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct reference;

/* NULL when the zone does not exist. */
struct reference *reference_open(const char *name);
void reference_close(struct reference *r);

/* As tzif_offset() and tzif_next(), in seconds; the changes end some 400 years
 * after the last one that is in the file. */
int reference_offset(const struct reference *r, int64_t at);
bool reference_next(const struct reference *r, int64_t after, int64_t *change);

/* As zone_instant(), but in seconds since 1970 both. */
int64_t reference_instant(const struct reference *r, int64_t local);

#ifdef __cplusplus
}
#endif

#endif
