/*
 * list_frame.h - a list that was rendered, with where each of its rows stands,
 * so that two versions of it are compared row by row without reading HTML.
 *
 * As it is cached, a list is its HTML and then a table: id, begin and end of
 * each row, and their number.
 */
#ifndef WEB_PAGES_LIST_FRAME_H
#define WEB_PAGES_LIST_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

struct buf;
struct campaign_page;
struct reply;

/* Stands before and after each row while a list is rendered; no value has
 * it. */
#define LIST_FRAME_MARK "\x1e"

struct framed_list {
	struct bytes html;
	const char *table; /* of 'count' rows */
	size_t count;
};

/* Takes the marks out of the list that begins at 'start' and appends the table
 * of its rows, which are those of 'page'. */
void list_frame(struct buf *list, size_t start,
		const struct campaign_page *page);

/* False when 'list' is no such list: *out is then empty. */
bool list_unframe(struct bytes list, struct framed_list *out);

/* Writes the rows of 'now' that differ from those of 'old', each as an update
 * of its row on the page.  Returns false, perhaps after some rows are written,
 * when more than the contents of rows differs. */
bool list_frame_changes(struct reply *r, const struct framed_list *old,
			const struct framed_list *now);

#endif
