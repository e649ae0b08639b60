/* view.c - formats numbers, shares and times for a page. */

#include "view/view.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/zone.h"

void
view_printf(struct view *v, const char *marker, const char *fmt, ...)
{
	char text[256], *more;
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (len < (int)sizeof(text)) {
		view_str(v, marker, len < 0 ? "" : text);
		return;
	}
	more = xmalloc((size_t)len + 1);
	va_start(ap, fmt);
	vsnprintf(more, (size_t)len + 1, fmt, ap);
	va_end(ap);
	view_str(v, marker, more);
	free(more);
}

void
view_count(struct view *v, const char *marker, int64_t n)
{
	char plain[24], text[32];
	int len = snprintf(plain, sizeof(plain), "%" PRId64, n);
	int out = 0;

	for (int i = 0; i < len; i++) {
		int left = len - i;

		if (i > 0 && left % 3 == 0 && plain[i - 1] != '-')
			text[out++] = ',';
		text[out++] = plain[i];
	}
	text[out] = '\0';
	view_str(v, marker, text);
}

void
view_tenths(struct view *v, const char *marker, int tenths)
{
	if (tenths % 10 == 0)
		view_printf(v, marker, "%d%%", tenths / 10);
	else
		view_printf(v, marker, "%d.%d%%", tenths / 10, tenths % 10);
}

/* clang-format off */
static const char *const months[] = {
	"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
	"Nov", "Dec"
};
static const char *const days[] = {
	"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"
};
/* clang-format on */

void
view_time(struct view *v, const char *marker, int64_t us, enum view_time form,
	  const struct view_zone *z)
{
	struct view *part = view_include(v, marker, "part_time.tpl");
	struct civil c;
	const char *month;
	char iso[28];

	zone_civil(z->zone, us, &c);
	month = months[c.month - 1];
	time_iso(us, iso);
	view_printf(part, "EXACT", "%s, %d %s %d, %02d:%02d:%02d %s",
		    days[c.weekday], c.day, month, c.year, c.minute / 60,
		    c.minute % 60, c.second, z->name);
	view_printf(part, "UTC", "%.19sZ", iso);
	if (form == VIEW_DATE)
		view_printf(part, "TEXT", "%d %s %d", c.day, month, c.year);
	else
		view_printf(part, "TEXT", "%d %s, %02d:%02d", c.day, month,
			    c.minute / 60, c.minute % 60);
}
