#include "campaign/schedule.h"

#include <stdlib.h>

#include "base/arena.h"
#include "campaign/campaign.h"

/* clang-format off */
static const struct field fields[SCHEDULE_COLUMNS] = {
	{ FIELD(campaign_settings, window_start) },
	{ FIELD(campaign_settings, window_end) },
	{ FIELD(campaign_settings, days), .words = weekday_words },
	{ FIELD(campaign_settings, zone) },
	{ FIELD(campaign_settings, more_windows), .max = SPANS_MOST },
	{ FIELD(campaign_settings, not_before) },
	{ FIELD(campaign_settings, last_day) },
	{ FIELD(campaign_settings, holidays) },
};
/* clang-format on */

const struct record schedule_record = RECORD(fields);

struct holidays
holidays_read(const char *text, struct arena *a)
{
	size_t count = text && *text;
	int64_t *days;
	char *at = (char *)text;

	for (const char *s = text; s && *s; s++)
		count += *s == ',';
	if (!count)
		return NO_HOLIDAYS;
	days = ARENA_ARRAY(a, count, int64_t);
	for (size_t i = 0; i < count; i++, at++)
		days[i] = strtoll(at, &at, 10);
	return (struct holidays){ .days = days, .count = count };
}
