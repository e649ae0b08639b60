/* Writes a do-not-call list as a CSV file. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/csv.h"
#include "base/csv_write.h"
#include "workspace/dnc.h"

#define PIECE 1000 /* numbers */

static void
write_entry(struct buf *out, const struct dnc_entry *e)
{
	char until[28] = "", at[28];
	const char *const cells[] = { e->phone, e->reason, until, at, e->by };
	struct csv_row none = { .delimiter = ',' };

	time_iso(e->at, at);
	if (e->until)
		time_iso(e->until, until);
	csv_write_row(out, &none, 0, cells, ARRAY_LEN(cells));
}

int
dnc_write_csv(struct db *db, int64_t workspace_id, int64_t list_id,
	      int (*write)(void *to, const char *p, size_t len), void *to,
	      struct fault *f)
{
	struct dnc_from from = { .workspace_id = workspace_id,
				 .list_id = list_id,
				 .after = "",
				 .most = PIECE };
	struct arena *a = arena_new();
	struct buf out = BUF_INIT;
	struct dnc_entry *list;
	char last[PHONE_TEXT];
	size_t count = PIECE;
	int rc = 0;

	buf_str(&out,
		CSV_MARK "phone_number,reason,until,added_at,added_by\r\n");
	while (!rc && count == PIECE) {
		arena_reset(a);
		rc = dnc_page(db, &from, &list, &count, a, f);
		for (size_t i = 0; !rc && i < count; i++)
			write_entry(&out, &list[i]);
		if (!rc && count) {
			memcpy(last, list[count - 1].phone, sizeof(last));
			from.after = last;
		}
		if (!rc && write(to, out.data, out.len))
			rc = 1;
		buf_clear(&out);
	}
	buf_free(&out);
	arena_free(a);
	return rc;
}
