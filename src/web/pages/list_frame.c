#include "web/pages/list_frame.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "campaign/figures.h"
#include "listing/campaign_list.h"
#include "web/server/reply.h"
#include "web/server/request.h"

struct framed_row {
	char id[11];
	uint32_t from, to; /* in the HTML */
};

/* The end of a framed list; other text does not end like this. */
struct footer {
	uint32_t magic, count;
};
#define MAGIC 0x1e574f52

static struct framed_row
row_at(const struct framed_list *l, size_t i)
{
	struct framed_row row;

	memcpy(&row, l->table + i * sizeof(row), sizeof(row));
	return row;
}

/* Moves what stands between two marks, at *from, to *to; false: no mark is
 * left. */
static bool
next_piece(char **to, const char **from, const char *end)
{
	const char *mark =
		memchr(*from, *LIST_FRAME_MARK, (size_t)(end - *from));
	size_t len = (size_t)((mark ? mark : end) - *from);

	memmove(*to, *from, len);
	*to += len;
	*from += len + (mark != NULL);
	return mark != NULL;
}

void
list_frame(struct buf *list, size_t start, const struct campaign_page *page)
{
	char *html = list->data + start, *to = html;
	const char *from = html, *end = list->data + list->len;
	struct framed_row rows[PAGE_MAX];
	struct footer footer = { MAGIC, 0 };
	uint32_t count = 0;

	while (count < page->count && next_piece(&to, &from, end)) {
		struct framed_row *row = &rows[count];

		memset(row, 0, sizeof(*row));
		text_short_id((uint64_t)page->rows[count].id, row->id);
		row->from = (uint32_t)(to - html);
		if (!next_piece(&to, &from, end))
			break;
		row->to = (uint32_t)(to - html);
		count++;
	}
	next_piece(&to, &from, end);
	list->len = (size_t)(to - list->data);
	footer.count = count;
	buf_add(list, rows, count * sizeof(rows[0]));
	buf_add(list, &footer, sizeof(footer));
}

bool
list_unframe(struct bytes list, struct framed_list *out)
{
	struct framed_list l = { .count = 0 };
	struct footer footer;
	size_t at = 0, table;

	*out = l;
	if (list.len < sizeof(footer))
		return false;
	list.len -= sizeof(footer);
	memcpy(&footer, list.data + list.len, sizeof(footer));
	table = footer.count * sizeof(struct framed_row);
	if (footer.magic != MAGIC || footer.count > PAGE_MAX ||
	    list.len < table)
		return false;
	l.count = footer.count;
	l.html = (struct bytes){ list.data, list.len - table };
	l.table = list.data + l.html.len;
	for (size_t i = 0; i < l.count; i++) {
		struct framed_row row = row_at(&l, i);

		if (row.from < at || row.to < row.from || row.to > l.html.len)
			return false;
		at = row.to;
	}
	*out = l;
	return true;
}

static bool
same_bytes(const struct framed_list *a, size_t a_from, size_t a_to,
	   const struct framed_list *b, size_t b_from, size_t b_to)
{
	return a_to - a_from == b_to - b_from &&
	       !memcmp(a->html.data + a_from, b->html.data + b_from,
		       a_to - a_from);
}

bool
list_frame_changes(struct reply *r, const struct framed_list *old,
		   const struct framed_list *now)
{
	size_t a = 0, b = 0;

	if (old->count != now->count)
		return false;
	for (size_t i = 0; i < old->count; i++) {
		struct framed_row was = row_at(old, i), is = row_at(now, i);

		if (memcmp(was.id, is.id, sizeof(was.id)) ||
		    !same_bytes(old, a, was.from, now, b, is.from))
			return false;
		if (!same_bytes(old, was.from, was.to, now, is.from, is.to))
			reply_partial_html(
				r, arena_printf(r->q->arena, "#c-%.10s", is.id),
				"outerMorph", now->html.data + is.from,
				is.to - is.from);
		a = was.to;
		b = is.to;
	}
	return same_bytes(old, a, old->html.len, now, b, now->html.len);
}
