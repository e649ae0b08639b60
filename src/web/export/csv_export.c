#include "web/export/csv_export.h"

#include <string.h>

#include "base/buf.h"
#include "base/civil.h"
#include "base/clock.h"
#include "base/csv_write.h"
#include "base/zone.h"

#define DIGITS_MOST 19

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

/* Parts of a time, each with what stands before it. */
static void
two(struct buf *out, char before, int64_t n)
{
	buf_char(out, before);
	digits(out, (uint64_t)n, 2);
}

void
exact_time(struct buf *out, int64_t us, const struct zone *z)
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
}

/* Ends the line in place of the last comma. */
static void
end_line(struct buf *out)
{
	out->len--;
	buf_str(out, "\r\n");
}

void
csv_head(struct buf *out, const struct file_column *columns, size_t count)
{
	buf_str(out, CSV_MARK);
	for (size_t i = 0; i < count; i++) {
		csv_write_cell(out, columns[i].name, strlen(columns[i].name));
		buf_char(out, ',');
	}
	end_line(out);
}

static void
number(struct buf *out, const struct file_cell *c, enum cell_kind kind)
{
	if (c->n < 0)
		return;
	digits(out, (uint64_t)(kind == CELL_INT ? c->n : c->n / 1000), 1);
	if (kind == CELL_INT)
		return;
	buf_char(out, '.');
	digits(out, (uint64_t)c->n % 1000, 3);
}

static void
write_cell(struct buf *out, const struct file_cell *c, enum cell_kind kind,
	   const struct zone *z)
{
	const char *text = c->text ? c->text : "";

	switch (kind) {
	case CELL_TEXT:
		csv_write_cell(out, text, strlen(text));
		break;
	case CELL_PHONE:
		if (*text)
			buf_char(out, '+');
		buf_str(out, text);
		break;
	case CELL_PLAIN:
		buf_str(out, text);
		break;
	case CELL_INT:
	case CELL_SECONDS:
		number(out, c, kind);
		break;
	case CELL_TIME:
		if (c->n)
			exact_time(out, c->n, z);
		break;
	}
	buf_char(out, ',');
}

void
csv_row(struct buf *out, const struct file_column *columns,
	const struct file_cell *cells, size_t count, const struct zone *z)
{
	for (size_t i = 0; i < count; i++)
		write_cell(out, &cells[i], columns[i].kind, z);
	end_line(out);
}
