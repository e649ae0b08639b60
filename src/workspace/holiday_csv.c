/* Reads all holidays of a CSV file, or reports what is wrong. */
#include "workspace/holiday.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/csv_header.h"
#include "base/fault.h"

struct holiday_reading {
	struct holiday *list;
	int64_t *lines; /* the line of each */
	size_t count, columns;
	size_t day, name; /* indices of these columns */
	struct arena *arena;
};

static int
read_header(struct holiday_reading *r, const struct csv_row *row,
	    struct fault *f)
{
	static const char *const days[] = { "day",   "days", "date",
					    "dates", "when", NULL };
	static const char *const names[] = { "name",	    "names",
					     "title",	    "holiday",
					     "holidays",    "holidayname",
					     "description", NULL };

	r->columns = r->day = r->name = row->count;
	for (size_t i = 0; i < row->count; i++) {
		if (!strcmp(row->cells[i], "day"))
			r->day = i;
		else if (!strcmp(row->cells[i], "name"))
			r->name = i;
	}
	if (csv_header_check(row, r->arena, f))
		return -1;
	if (r->day == row->count)
		return csv_header_lacks(row, "day", days, r->arena, f);
	if (r->name == row->count)
		return csv_header_lacks(row, "name", names, r->arena, f);
	return 0;
}

static int
on_line(int64_t line, const char *what, struct fault *f)
{
	return fault_field(f, "file", "Line %" PRId64 ": %s", line, what);
}

static int
add(struct holiday_reading *r, const struct csv_row *row, struct fault *f)
{
	struct holiday h;
	struct fault why = { 0 };

	if (row->count != r->columns)
		return on_line(row->line,
			       arena_printf(r->arena,
					    "the row has %zu cells, the header "
					    "has %zu.",
					    row->count, r->columns),
			       f);
	if (holiday_read(row->cells[r->day], row->cells[r->name], &h, r->arena,
			 &why))
		return on_line(row->line, why.text, f);
	for (size_t i = 0; i < r->count; i++) {
		if (r->list[i].day == h.day)
			return on_line(
				row->line,
				arena_printf(r->arena,
					     "the day is the same as in line "
					     "%" PRId64 ".",
					     r->lines[i]),
				f);
	}
	if (r->count == HOLIDAYS_MOST)
		return on_line(row->line, "there are too many holidays.", f);
	r->lines[r->count] = row->line;
	r->list[r->count++] = h;
	return 0;
}

static int
take_row(const struct csv_row *row, void *arg, struct fault *f)
{
	struct holiday_reading *r = arg;

	return r->columns ? add(r, row, f) : read_header(r, row, f);
}

int
holiday_csv(const char *text, size_t len, struct holiday **out, size_t *count,
	    struct arena *a, struct fault *f)
{
	struct holiday_reading r = {
		.list = ARENA_ARRAY(a, HOLIDAYS_MOST, struct holiday),
		.lines = ARENA_ARRAY(a, HOLIDAYS_MOST, int64_t),
		.arena = a,
	};
	static const char *const wanted[] = { "day", "name", NULL };
	struct csv_reader *csv = csv_open(wanted, take_row, &r);
	int rc = csv_feed(csv, text, len, f) || csv_end(csv, f) ? -1 : 0;

	csv_close(csv);
	if (rc)
		return -1;
	if (!r.count)
		return fault_field(f, "file", "The file has no holidays.");
	*out = r.list;
	*count = r.count;
	return 0;
}
