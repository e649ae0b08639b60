#include "web/pages/audit_export.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "campaign/audit_changes.h"
#include "web/export/csv_export.h"
#include "web/pages/fill_audit.h"

#define PAGE 500 /* entries */

/* Where the file goes. */
struct audit_sink {
	write_fn *write;
	void *to;
};

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

static const struct file_column columns[] = {
	{ "time", CELL_TIME },	   { "zone", CELL_PLAIN },
	{ "who", CELL_TEXT },	   { "action", CELL_TEXT },
	{ "campaign", CELL_TEXT }, { "campaign_id", CELL_PLAIN },
	{ "changes", CELL_TEXT },  { "before", CELL_TEXT },
	{ "after", CELL_TEXT },
};

/* In the order of the columns. */
static void
write_entry(struct buf *out, const struct audit_entry *e,
	    const struct viewer *who, struct arena *a)
{
	char id[11] = "";
	const struct file_cell cells[ARRAY_LEN(columns)] = {
		{ .n = e->at },
		{ .text = who->zone.name },
		{ .text = audit_who(e, a) },
		{ .text = audit_action_words(e->action, a) },
		{ .text = e->campaign },
		{ .text = id },
		{ .text = changes_text(e, a) },
		{ .text = e->was },
		{ .text = e->became },
	};

	if (e->campaign_id)
		text_short_id((uint64_t)e->campaign_id, id);
	csv_row(out, columns, cells, ARRAY_LEN(columns), who->zone.zone);
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
	csv_head(&text, columns, ARRAY_LEN(columns));
	rc = write_pages(e, &text, a, &sink, f);
	arena_free(a);
	buf_free(&text);
	return rc;
}
