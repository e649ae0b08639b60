/* A file of the tz database has changes in order, whole offsets, and an end. */
#include "base/tzif.h"
#include "tests/fuzz/fuzz.h"

#define CHANGES_MAX 20000 /* of 64 KB, and two a year of the last rule */
#define FAR (INT64_C(86400) * 365 * 3000)
#define DAY 90000	  /* 25 hours, and one for what RFC 9636 allows */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tzif *t = tzif_read(data, size);
	int64_t at = INT64_MIN, next;
	int n = 0;

	if (!t)
		return 0;
	while (at < FAR && tzif_next(t, at, &next)) {
		MUST(next > at && ++n < CHANGES_MAX);
		MUST(abs(tzif_offset(t, next)) < DAY + 3600);
		at = next;
	}
	MUST(abs(tzif_offset(t, INT64_MIN)) < DAY + 3600);
	MUST(!tzif_next(t, INT64_MAX, &next));
	tzif_offset(t, INT64_MAX);
	tzif_close(t);
	return 0;
}
