#include "campaign/schedule.h"

#include <stdlib.h>

#include "base/arena.h"
#include "campaign/campaign.h"
#include "sql/settings.def"

static const struct field fields[] = {
#define X(column, letter, ...) \
	{ FIELD(campaign_settings, column), __VA_ARGS__ },
	SCHEDULE_SETTINGS(X)
#undef X
};

_Static_assert(ARRAY_LEN(fields) == SCHEDULE_COLUMNS, "as many columns");

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
