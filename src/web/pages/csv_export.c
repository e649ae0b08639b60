#include "web/pages/csv_export.h"

#include <string.h>

#include "base/buf.h"
#include "base/civil.h"
#include "base/clock.h"
#include "base/csv_write.h"
#include "base/zone.h"

#define DIGITS_MOST 19

void
csv_head(struct buf *out, const char *const *names, size_t count)
{
	buf_str(out, CSV_MARK);
	for (size_t i = 0; i < count; i++)
		csv_cell(out, names[i]);
	csv_line_end(out);
}

void
csv_cell(struct buf *out, const char *text)
{
	if (text)
		csv_write_cell(out, text, strlen(text));
	buf_char(out, ',');
}

void
csv_plain(struct buf *out, const char *text)
{
	buf_str(out, text);
	buf_char(out, ',');
}

/* At least 'width' digits of n, which is not below 0. */
static void
digits(struct buf *out, uint64_t n, int width)
{
	char text[DIGITS_MOST + 1];
	int at = DIGITS_MOST;

	for (; (n || width > 0) && at > 0; n /= 10, width--)
		text[--at] = (char)('0' + n % 10);
	buf_add(out, text + at, (size_t)(DIGITS_MOST - at));
}

void
csv_int(struct buf *out, int64_t n)
{
	if (n < 0)
		buf_char(out, '-');
	digits(out, n < 0 ? -(uint64_t)n : (uint64_t)n, 1);
	buf_char(out, ',');
}

/* Parts of a time, each with what stands before it. */
static void
two(struct buf *out, char before, int64_t n)
{
	buf_char(out, before);
	digits(out, (uint64_t)n, 2);
}

void
csv_time(struct buf *out, int64_t us, const struct zone *z)
{
	struct civil c;
	int64_t shown, minutes, away;

	zone_civil(z, us, &c);
	shown = days_from_civil(c.year, c.month, c.day) * S_PER_DAY +
		c.minute * INT64_C(60) + c.second;
	minutes = floor_div(shown - floor_div(us, US_PER_S), 60);
	away = minutes < 0 ? -minutes : minutes;
	digits(out, (uint64_t)c.year, 4);
	two(out, '-', c.month);
	two(out, '-', c.day);
	two(out, 'T', c.minute / 60);
	two(out, ':', c.minute % 60);
	two(out, ':', c.second);
	buf_char(out, '.');
	digits(out, (uint64_t)(us - floor_div(us, US_PER_S) * US_PER_S), 6);
	two(out, minutes < 0 ? '-' : '+', away / 60);
	two(out, ':', away % 60);
	buf_char(out, ',');
}

void
csv_line_end(struct buf *out)
{
	out->len--;
	buf_str(out, "\r\n");
}
