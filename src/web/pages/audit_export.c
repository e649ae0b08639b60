#include "web/pages/audit_export.h"

#include <string.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/clock.h"
#include "base/csv_write.h"
#include "base/text.h"
#include "base/zone.h"
#include "campaign/audit_changes.h"
#include "web/pages/fill_audit.h"

#define PAGE 500 /* entries */

/* Where the file goes. */
struct audit_sink {
	write_fn *write;
	void *to;
};

static void
cell(struct buf *out, const char *text, bool last)
{
	csv_write_cell(out, text, strlen(text));
	buf_str(out, last ? "\r\n" : ",");
}

/* "2026-11-30T07:24:35.123456+01:00": in a zone, to the microsecond. */
static const char *
exact_time(int64_t us, const struct zone *z, struct arena *a)
{
	struct civil c;
	int64_t shown, minutes;

	zone_civil(z, us, &c);
	shown = days_from_civil(c.year, c.month, c.day) * S_PER_DAY +
		c.minute * INT64_C(60) + c.second;
	minutes = floor_div(shown - floor_div(us, US_PER_S), 60);
	return arena_printf(
		a, "%04d-%02d-%02dT%02d:%02d:%02d.%06d%c%02d:%02d", c.year,
		c.month, c.day, c.minute / 60, c.minute % 60, c.second,
		(int)(us - floor_div(us, US_PER_S) * US_PER_S),
		minutes < 0 ? '-' : '+',
		(int)(minutes < 0 ? -minutes : minutes) / 60,
		(int)(minutes < 0 ? -minutes : minutes) % 60);
}

/* "Concurrency Limit: 50 → 80; Ring Timeout: 45 s → 60 s" */
static const char *
changes_text(const struct audit_entry *e, struct arena *a)
{
	struct audit_change *list;
	size_t count = audit_entry_changes(e, &list, a);
	struct buf text = BUF_INIT;
	const char *copy;

	for (size_t i = 0; i < count; i++) {
		const char *was = audit_value(&list[i], list[i].was, a);
		const char *now = audit_value(&list[i], list[i].became, a);

		buf_printf(&text, "%s%s: %s%s%s", i ? "; " : "",
			   audit_label(&list[i], a), was ? was : "",
			   was ? " → " : "", now ? now : "–");
	}
	copy = arena_strdup(a, text.data);
	buf_free(&text);
	return copy;
}

static void
write_header(struct buf *out)
{
	static const char *const names[] = {
		"time", "zone", "who", "action", "campaign", "campaign_id",
		"changes", "before", "after",
	};

	buf_str(out, CSV_MARK);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		cell(out, names[i], i + 1 == ARRAY_LEN(names));
}

static void
write_entry(struct buf *out, const struct audit_entry *e,
	    const struct viewer *who, struct arena *a)
{
	char id[11] = "";

	if (e->campaign_id)
		text_short_id((uint64_t)e->campaign_id, id);
	cell(out, exact_time(e->at, who->zone.zone, a), false);
	cell(out, who->zone.name, false);
	cell(out, audit_who(e, a), false);
	cell(out, audit_action_words(e->action, a), false);
	cell(out, e->campaign ? e->campaign : "", false);
	cell(out, id, false);
	cell(out, changes_text(e, a), false);
	cell(out, e->was ? e->was : "", false);
	cell(out, e->became ? e->became : "", true);
}

/* Writes the pages that follow; the arena and the text are emptied for each. */
static int
write_pages(struct audit_export *e, struct buf *text, struct arena *a,
	    struct audit_sink *to, struct fault *f)
{
	struct audit_page page;

	do {
		arena_reset(a);
		if (audit_read(e->db, &e->query, &page, a, f))
			return -1;
		for (size_t i = 0; i < page.count; i++)
			write_entry(text, &page.entries[i], &e->viewer, a);
		if (to->write(to->to, text->data, text->len))
			return 0;
		buf_clear(text);
		e->query.past = page.end;
	} while (page.more);
	return 0;
}

int
audit_export_write(void *arg, write_fn *write, void *to, struct fault *f)
{
	struct audit_export *e = arg;
	struct audit_sink sink = { write, to };
	struct buf text = BUF_INIT;
	struct arena *a = arena_new();
	int rc;

	e->query.limit = PAGE;
	write_header(&text);
	rc = write_pages(e, &text, a, &sink, f);
	arena_free(a);
	buf_free(&text);
	return rc;
}
