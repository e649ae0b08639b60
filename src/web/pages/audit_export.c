#include "web/pages/audit_export.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "campaign/audit_changes.h"
#include "web/pages/csv_export.h"
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

static void
write_header(struct buf *out)
{
	static const char *const names[] = {
		"time",	       "zone",	  "who",    "action", "campaign",
		"campaign_id", "changes", "before", "after",
	};

	csv_head(out, names, ARRAY_LEN(names));
}

static void
write_entry(struct buf *out, const struct audit_entry *e,
	    const struct viewer *who, struct arena *a)
{
	char id[11] = "";

	if (e->campaign_id)
		text_short_id((uint64_t)e->campaign_id, id);
	csv_time(out, e->at, who->zone.zone);
	csv_cell(out, who->zone.name);
	csv_cell(out, audit_who(e, a));
	csv_cell(out, audit_action_words(e->action, a));
	csv_cell(out, e->campaign);
	csv_cell(out, id);
	csv_cell(out, changes_text(e, a));
	csv_cell(out, e->was);
	csv_cell(out, e->became);
	csv_line_end(out);
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
