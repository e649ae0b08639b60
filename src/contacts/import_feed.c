#include "contacts/import_feed.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/cpu_pressure.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/text.h"

#define BLOCK 65536
#define ROWS_MAX INT64_C(5000000)
#define BYTES_MAX INT64_C(1073741824)
/* The import yields the processors to other work: people wait for pages. */
#define YIELD_ROWS 32

void
import_feed_tell(struct import_feed *m, const struct csv_row *row,
		 enum import_fate fate, const char *why)
{
	if (m->h->row)
		m->h->row(m->h->arg,
			  rejects_strip(&m->columns.ours, row, &m->own), fate,
			  why);
}

static int
take_row(const struct csv_row *row, void *arg, struct fault *f)
{
	struct import_feed *m = arg;

	if (!m->has_header) {
		int rc = import_columns_read(&m->columns, row, m->arena, f);

		m->has_header = true;
		if (!rc && m->head)
			m->head(m->arg, row);
		import_feed_tell(m, row, IMPORT_HEADER, NULL);
		return rc;
	}
	if (++m->counts.rows > ROWS_MAX)
		return fault_field(f, "file",
				   "Line %" PRId64
				   ": a file may have at most 5,000,000 rows. "
				   "Split it into smaller files.",
				   row->line);
	if (m->counts.rows % YIELD_ROWS == 0)
		cpu_yield();
	return m->take(m->arg, row, f);
}

static int
feed(struct import_feed *m, struct csv_reader *csv, struct fault *f)
{
	char *block = arena_alloc(m->arena, BLOCK);
	int64_t got;

	while ((got = m->h->read(m->h->arg, block, BLOCK, f)) > 0) {
		m->counts.bytes += got;
		if (m->counts.bytes > BYTES_MAX)
			return fault_field(f, "file",
					   "A file may have at most 1 GB. "
					   "Split it into smaller files.");
		if (csv_feed(csv, block, (size_t)got, f) ||
		    (m->tick && m->tick(m->arg, f)))
			return -1;
	}
	return got < 0 || csv_end(csv, f) ? -1 : 0;
}

int
import_feed(struct import_feed *m, struct fault *f)
{
	struct csv_reader *csv = csv_open(import_wanted, take_row, m);
	int rc = feed(m, csv, f);

	csv_close(csv);
	return rc;
}

int
import_feed_check(const struct import_feed *m, struct fault *f)
{
	if (!m->has_header)
		return fault_field(f, "file", "The file is empty.");
	if (!m->counts.rows)
		return fault_field(f, "file",
				   "The file has a header, but no rows.");
	if (!m->counts.good)
		return fault_field(
			f, "file",
			"No row has a valid phone number: all "
			"%s were rejected.",
			text_thousands(m->arena, m->counts.rejected));
	return 0;
}
