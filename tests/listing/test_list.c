/*
 * The order of the campaign list: every sort, direction and filter, walked
 * page by page, forth and back, against one big ORDER BY; and keys that come
 * from anywhere.
 */
#include "tests/listing/list_bed.h"

#include "listing/index.h"
#include "listing/page_key.h"

#define CAMPAIGNS 140

static const char *const searches[] = { "",    "spring", "STRASSE", "e",
					"%",   "_",	 "'",	    "مواعيد",
					"iST", "中",	 "zzz" };
static int64_t want[BED_MOST], got[BED_MOST];

static struct campaign_page
page_of(const struct campaign_query *q)
{
	struct campaign_query asked = *q;
	struct campaign_page p = { 0 };

	asked.index = bed_index;
	world_need(campaign_list(w.db, &asked, &p, w.a, &f), "list");
	return p;
}

/* Forth: returns how many rows, -1 for a page that is not as it should be. */
static int
walk(struct campaign_query q, size_t count, const char **last)
{
	struct campaign_page p = { .next = "" };
	size_t n = 0;

	*last = NULL;
	while (p.next) {
		q.after = p.next;
		p = page_of(&q);
		for (size_t i = 0; i < p.count; i++) {
			got[n++] = p.rows[i].id;
			if (!p.rows[i].set.name || !*p.rows[i].set.name)
				return -1;
		}
		if (p.total != (int64_t)count ||
		    p.all + p.archived != CAMPAIGNS ||
		    p.sort != q.sort || p.up != q.up || !p.by_figures ||
		    (p.prev != NULL) != (n > p.count) ||
		    (p.next != NULL) != (n < count) ||
		    (p.next && p.count != (size_t)q.limit))
			return -1;
		*last = p.prev;
	}
	return (int)n;
}

/* Back from the last page to the first: fills 'got' from its end. */
static int
walk_back(struct campaign_query q, size_t count, const char *last)
{
	struct campaign_page p = { .prev = last };
	size_t left = count - (count - 1) % (size_t)q.limit - 1;

	while (p.prev) {
		q.after = NULL;
		q.before = p.prev;
		p = page_of(&q);
		for (size_t i = p.count; i-- > 0;)
			got[--left] = p.rows[i].id;
		if (p.total != (int64_t)count || !p.next ||
		    (p.prev != NULL) != (left > 0))
			return -1;
	}
	return (int)left;
}

static bool
same(size_t count)
{
	return memcmp(want, got, count * sizeof(*want)) == 0;
}

static void
check_walk(struct campaign_query q)
{
	size_t count = bed_order(&q, want);
	const char *last, *what;
	int there, back = 0;

	memset(got, 0, sizeof(got));
	there = walk(q, count, &last);
	what = arena_printf(w.a, "%s%s %s “%s” %d, %d a page: %zu are in order",
			    bed_index ? "index: " : "",
			    campaign_sort_words[q.sort], q.up ? "up" : "down",
			    q.search, q.status, q.limit, count);
	ok(there == (int)count && same(count), what);
	if (last) {
		memset(got, 0,
		       (count - (count - 1) % (size_t)q.limit - 1) *
			       sizeof(*got));
		back = walk_back(q, count, last);
		ok(back == 0 && same(count),
		   "the walk back gives the rows of the walk forth");
	}
	arena_reset(w.a);
}

static void
check_walks(void)
{
	struct campaign_query q = { .workspace_id = w.who.workspace_id };

	for (int sort = 0; sort < SORT_MAX; sort++) {
		q.sort = (enum campaign_sort)sort;
		for (size_t i = 0; i < ARRAY_LEN(searches) * 7; i++) {
			q.search = searches[i / 7];
			q.status = (int)(i % 7) - 1;
			q.limit = i % 3 ? 7 : 25;
			q.up = false;
			check_walk(q);
			q.up = true;
			check_walk(q);
		}
	}
}

int
main(void)
{
	world_open(&w);
	bed_fill(CAMPAIGNS);
	check_walks();
	search_index_open();
	check_walks();
	is_int(search_index_stats(bed_index).misses, 0,
	       "the index answers every query");
	search_index_shut();
	return world_close(&w);
}
