/*
 * more_windows.h - the setting "More Time Windows": further hours of a day.
 */
#ifndef CAMPAIGN_MORE_WINDOWS_H
#define CAMPAIGN_MORE_WINDOWS_H

#include <stddef.h>

#include "base/field.h"

/* Minutes of the day; one that ends at or before its beginning runs into the
 * next day. */
struct span {
	int from, to; /* 0-1439, 0-1440 */
};

/* Sorted by their beginning. */
#define SPANS_MOST 3
struct spans {
	size_t count;
	struct span at[SPANS_MOST];
};

/* Its text is "13:00-17:00, 19:00-20:30"; the field's 'max' is their number. */
extern const struct codec more_windows_codec;

#endif
