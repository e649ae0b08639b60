#include "web/pages/attempt_report.h"

#include "app/outcome.h"
#include "base/arena.h"
#include "base/buf.h"
#include "campaign/follow.h"
#include "hook/reason.h"
#include "web/pages/csv_export.h"

static const char *const columns[] = {
	"campaign_id",	"run",	       "attempt_id", "contact",
	"phone_number", "external_id", "attempt",    "sent_at",
	"zone",		"outcome",     "reason",     "sip_code",
	"q850_cause",	"hung_up_by",  "counted",    "ring_seconds",
	"talk_seconds", "number",      "carrier",    "disposition",
	"answered_by",
};

/* A number that was reported, or nothing. */
static void
known(struct buf *out, int64_t n)
{
	if (n < 0)
		buf_char(out, ',');
	else
		csv_int(out, n);
}

/* Milliseconds as seconds. */
static void
seconds(struct buf *out, int64_t ms)
{
	if (ms < 0) {
		buf_char(out, ',');
		return;
	}
	csv_int(out, ms / 1000);
	out->data[out->len - 1] = '.';
	buf_char(out, (char)('0' + ms / 100 % 10));
	buf_char(out, (char)('0' + ms / 10 % 10));
	buf_char(out, (char)('0' + ms % 10));
	buf_char(out, ',');
}

static void
phone(struct buf *out, const char *digits)
{
	if (digits && *digits)
		buf_char(out, '+');
	csv_plain(out, digits ? digits : "");
}

/* In the order of the columns. */
static void
write_line(struct buf *out, const struct attempt_report *r,
	   const struct attempt_line *l)
{
	csv_plain(out, r->campaign);
	csv_int(out, r->run);
	csv_plain(out, l->id);
	csv_int(out, l->seg);
	out->data[out->len - 1] = '-';
	csv_int(out, l->ordinal);
	phone(out, l->phone);
	csv_cell(out, l->external_id);
	csv_int(out, l->seq);
	csv_time(out, l->sent_at, r->viewer.zone.zone);
	csv_plain(out, r->viewer.zone.name);
	csv_plain(out, outcome_words[l->outcome]);
	csv_cell(out, reason_text((int)l->sip, (int)l->q850));
	known(out, l->sip);
	known(out, l->q850);
	csv_plain(out, hung_by_words[l->hung_by]);
	csv_plain(out, l->counted ? "yes" : "no");
	seconds(out, l->ring_ms);
	seconds(out, l->talk_ms);
	phone(out, l->caller);
	csv_cell(out, l->carrier);
	csv_cell(out, l->disposition);
	csv_plain(out, l->disposition ? answered_by_words[l->answered_by] : "");
	csv_line_end(out);
}

/* Writes what follows; the arena and the text are emptied for each part. */
static int
write_all(struct attempt_report *r, struct buf *text, struct arena *a,
	  write_fn *write, void *to, struct fault *f)
{
	struct attempt_line *list;
	size_t count;

	do {
		arena_reset(a);
		if (attempt_lines_next(r->db, &r->lines, &list, &count, a, f))
			return -1;
		for (size_t i = 0; i < count; i++)
			write_line(text, r, &list[i]);
		if (text->len && write(to, text->data, text->len))
			return 0;
		buf_clear(text);
	} while (list);
	return 0;
}

int
attempt_report_write(void *arg, write_fn *write, void *to, struct fault *f)
{
	struct buf text = BUF_INIT;
	struct arena *a = arena_new();
	int rc;

	csv_head(&text, columns, ARRAY_LEN(columns));
	rc = write_all(arg, &text, a, write, to, f);
	arena_free(a);
	buf_free(&text);
	return rc;
}
