/*
 * A list with where its rows stand: it comes back as it was put together, one
 * that is damaged is refused, and two versions differ in rows or as a whole.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "listing/campaign_list.h"
#include "tests/tap.h"
#include "web/pages/list_frame.h"
#include "web/server/reply.h"
#include "web/server/request.h"

#define M LIST_FRAME_MARK
#define ROWS 3

static struct campaign campaigns[ROWS] = { { .id = 7 },
					   { .id = 8 },
					   { .id = 9 } };
static struct request q;
static struct reply r;
static int64_t second_now = 8; /* the second campaign of the later list */

/* The list of these marked rows, behind text that is not part of it. */
static struct bytes
framed(struct buf *out, const char *marked, size_t count)
{
	struct campaign_page page = { .rows = campaigns, .count = count };

	*out = (struct buf)BUF_INIT;
	buf_str(out, "before");
	buf_str(out, marked);
	list_frame(out, strlen("before"), &page);
	return (struct bytes){ out->data + strlen("before"),
			       out->len - strlen("before") };
}

static void
test_frame(void)
{
	struct buf b;
	struct framed_list l;
	struct bytes list = framed(
		&b, "<t>" M "<r>a</r>" M "\n" M M "\n" M "c" M "</t>", ROWS);

	ok(list_unframe(list, &l), "a framed list is read again");
	is_int((int64_t)l.count, ROWS, "all rows are found, also an empty one");
	ok(l.html.len == strlen("<t><r>a</r>\n\nc</t>") &&
		   !memcmp(l.html.data, "<t><r>a</r>\n\nc</t>", l.html.len),
	   "no mark is left in the HTML");
	buf_free(&b);
	list = framed(&b, "nothing here", 0);
	ok(list_unframe(list, &l) && l.count == 0 && l.html.len == 12,
	   "a list without rows is read again");
	buf_free(&b);
}

static void
test_damage(void)
{
	struct buf b;
	struct framed_list l;
	struct bytes list = framed(&b, M "a" M M "b" M, 2), bad;
	size_t taken = 0;

	for (size_t len = 0; len < list.len; len++)
		taken += list_unframe((struct bytes){ list.data, len }, &l);
	is_int((int64_t)taken, 0, "a list that was cut is refused");
	is_int((int64_t)l.count, 0, "a list that was cut gives no rows");
	bad = (struct bytes){ "<div>as lists were cached before</div>", 38 };
	ok(!list_unframe(bad, &l), "HTML alone is no framed list");
	for (size_t i = 0; i < list.len; i++) {
		b.data[strlen("before") + i] ^= 0x55;
		if (list_unframe(list, &l))
			list_frame_changes(&r, &l, &l); /* stays inside */
		b.data[strlen("before") + i] ^= 0x55;
	}
	buf_free(&b);
}

/* What leads from one list to another: rows, "" or "whole". */
static const char *
changes(const char *from, const char *to, size_t from_count, size_t to_count)
{
	struct buf a, b;
	struct framed_list old, now;
	const char *text = "whole";

	reply_begin(&r, &q);
	list_unframe(framed(&a, from, from_count), &old);
	campaigns[1].id = second_now;
	list_unframe(framed(&b, to, to_count), &now);
	campaigns[1].id = 8;
	if (list_frame_changes(&r, &old, &now))
		text = arena_memdup(q.arena, r.body.data, r.body.len);
	buf_free(&a);
	buf_free(&b);
	return text;
}

static void
test_changes(void)
{
	static const char list[] = "<t>" M "a" M "," M "b" M "</t>";
	const char *one;
	char id[11];

	is_str(changes(list, list, 2, 2), "",
	       "a list has no changes from itself");
	one = changes(list, "<t>" M "a" M "," M "new" M "</t>", 2, 2);
	text_short_id(8, id);
	ok(strstr(one, id) && strstr(one, "new"),
	   "a row that differs goes to its campaign's place");
	text_short_id(7, id);
	ok(!strstr(one, id), "a row that does not differ is not sent");
	is_str(changes(list, "<t>" M "a" M "," M "b" M "</u>", 2, 2), "whole",
	       "another end needs the whole list");
	is_str(changes(list, "<t>" M "a" M ";" M "b" M "</t>", 2, 2), "whole",
	       "other text between rows needs the whole list");
	is_str(changes(list, "<t>" M "a" M "</t>", 2, 1), "whole",
	       "a missing row needs the whole list");
	second_now = 5;
	is_str(changes(list, list, 2, 2), "whole",
	       "another campaign in a row's place needs the whole list");
	second_now = 8;
}

int
main(void)
{
	q.arena = arena_new();
	test_frame();
	test_damage();
	test_changes();
	arena_free(q.arena);
	return tap_done();
}
