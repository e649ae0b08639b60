/*
 * The file of an index: what is written is found again; what was damaged is
 * refused, or at least leads nowhere, even with the right sum.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "listing/index_view.h"
#include "tests/tap.h"
#include "tests/temp.h"

#define ROWS 700
#define FORGED 3000

static char path[TEMP_MAX], aside[TEMP_MAX + 8];
static struct named {
	uint8_t key[12];
	size_t len;
	int64_t at, id;
} rows[ROWS];
static unsigned long dice_state = 3;

static size_t
dice(size_t sides)
{
	dice_state = dice_state * 6364136223846793005UL + 1442695040888963407UL;
	return (size_t)(dice_state >> 33) % sides;
}

static int
by_key(const struct named *x, const uint8_t *key, size_t len)
{
	int c = memcmp(x->key, key, x->len < len ? x->len : len);

	return c ? c : x->len < len ? -1 : x->len > len;
}

/* By name, and the newest of a name first. */
static int
by_name(const void *x, const void *y)
{
	const struct named *a = x, *b = y;
	int c = by_key(a, b->key, b->len);

	return c ? c : a->at > b->at ? -1 : a->at < b->at;
}

/* Few letters, so that names are often equal, or begin as another. */
static void
make_name(struct named *n)
{
	n->len = dice(sizeof(n->key));
	for (size_t i = 0; i < n->len; i++)
		n->key[i] = (uint8_t)(dice(3) * 127);
}

static int
write_rows(struct snapshot_writer *w)
{
	int bad = 0;

	for (int i = 0; i < ROWS; i++) {
		char hay[40];
		int len = snprintf(hay, sizeof(hay), "row %d\n%d", i, i * i);

		rows[i].at = 1000000 - i / 3;
		rows[i].id = 9000 - i;
		make_name(&rows[i]);
		bad |= snapshot_row(w, rows[i].at, rows[i].id, i % 5, hay,
				    (size_t)len);
	}
	qsort(rows, ROWS, sizeof(rows[0]), by_name);
	for (int i = 0; i < ROWS; i++)
		bad |= snapshot_named(w, rows[i].at, rows[i].id, rows[i].key,
				      rows[i].len);
	return bad |
	       snapshot_named(w, 5, 5, rows[ROWS - 1].key, rows[ROWS - 1].len);
}

static void
check_names(const struct snapshot *s)
{
	size_t names = 0, good = 0;

	for (size_t i = 0; i < ROWS; i++) {
		bool exact;
		uint8_t name[NAME_KEY_MAX];
		size_t at, len;

		names += i == 0 ||
			 by_key(&rows[i - 1], rows[i].key, rows[i].len) != 0;
		at = snapshot_by_name(s, rows[i].key, rows[i].len, &exact);
		len = snapshot_name(s, at, name);
		good += exact && at == names - 1 &&
			by_key(&rows[i], name, len) == 0;
		at = snapshot_by_time(s, rows[i].at, rows[i].id, &exact);
		good += exact && s->id[at] == rows[i].id &&
			s->rank[at] == names - 1;
	}
	is_int((int64_t)good, 2 * ROWS,
	       "every row is found by its name and its time");
	is_int((int64_t)s->head->names, (int64_t)names,
	       "each name is in the file once");
}

/* Places between the rows. */
static void
check_gaps(const struct snapshot *s)
{
	size_t good = 0;

	for (int i = 0; i < 2000; i++) {
		struct named n;
		size_t want = 0, got;
		bool exact;

		make_name(&n);
		for (size_t k = 0; k < ROWS; k++)
			want += by_key(&rows[k], n.key, n.len) < 0 &&
				(k == 0 || by_key(&rows[k - 1], rows[k].key,
						  rows[k].len) != 0);
		got = snapshot_by_name(s, n.key, n.len, &exact);
		good += got == want;
	}
	is_int((int64_t)good, 2000,
	       "the place of a name between the names is found");
	for (int i = 0; i < 300; i++) {
		int64_t at = 999700 + (int64_t)dice(400);
		size_t want = 0;
		bool exact;

		for (size_t k = 0; k < ROWS; k++)
			want += rows[k].at > at;
		good -= snapshot_by_time(s, at, INT64_MAX, &exact) != want ||
			exact;
	}
	is_int((int64_t)good, 2000,
	       "the place of a time between the rows is found");
}

static char *
read_file(size_t *len)
{
	FILE *file = fopen(path, "rb");
	char *data = xmalloc(1 << 20);

	*len = fread(data, 1, 1 << 20, file);
	fclose(file);
	return data;
}

static void
write_file(const char *data, size_t len)
{
	FILE *file = fopen(path, "wb");

	fwrite(data, 1, len, file);
	fclose(file);
}

/* Everything that a page asks of a file. */
static void
use(struct snapshot *s)
{
	struct arena *a = arena_new();
	struct index_view *v = index_view_new(s);
	const uint8_t key[] = { 127, 0 };
	struct hits hits;

	for (int i = 0; i < SORT_PROGRESS * 4; i++) {
		struct list_plan plan = { .needle = i % 2 ? "9" : "",
					  .status = -1,
					  .sort = (enum campaign_sort)(i / 4),
					  .limit = 10,
					  .back = i & 2,
					  .key = { .sort = (enum campaign_sort)(
							   i / 4),
						   .at = 999800,
						   .id = 3,
						   .name = key,
						   .name_len = 2 } };

		index_view_find(v, &plan, &hits, a);
	}
	index_view_drop(v);
	arena_free(a);
}

/* Bytes that are changed, with the right sum. */
static void
check_forged(void)
{
	size_t len, head = SNAP_PADDED(sizeof(struct snapshot_head));
	char *good = read_file(&len), *bad = xmalloc(len);
	int refused = 0;

	for (int i = 0; i < FORGED; i++) {
		uint64_t sum;
		struct snapshot *s;

		memcpy(bad, good, len);
		for (size_t n = dice(3) + 1; n > 0; n--)
			bad[16 + dice(len - 16)] = (char)dice(256);
		sum = snapshot_sum(bad + head, len - head);
		memcpy(bad + 8, &sum, sizeof(sum));
		write_file(bad, len - (i % 50 == 0));
		s = snapshot_open(path, 1);
		if (s)
			use(s);
		else
			refused++;
	}
	ok(refused > FORGED / 3,
	   "forged numbers that lead outside are refused");
	bad[0] ^= 1;
	write_file(bad, len);
	ok(!snapshot_open(path, 1), "a file of another kind is refused");
	memcpy(bad, good, len);
	bad[len / 2] ^= 1;
	write_file(bad, len);
	ok(!snapshot_open(path, 1), "a file with another sum is refused");
	write_file(good, len);
	ok(!snapshot_open(path, 2), "a file of another workspace is refused");
	free(good);
	free(bad);
}

/* One number that leads outside, with the right sum. */
static void
check_outside(void)
{
	size_t len, head = SNAP_PADDED(sizeof(struct snapshot_head));
	char *good = read_file(&len), *bad = xmalloc(len);
	struct snapshot_sizes at;

	snapshot_lay_out((const void *)good, &at);
	/* clang-format off */
	const struct {
		const char *what;
		size_t at, size;
		uint64_t value;
	} cases[] = {
		{ "a rank outside is refused", at.rank + 40, 4, ROWS },
		{ "a status outside is refused",
		  at.status + 7, 1, CAMPAIGN_STATUS_MAX },
		{ "a text that ends before it begins is refused",
		  at.off + 40, 4, 0 },
		{ "a text beyond the others is refused",
		  at.off + 40, 4, 1 << 20 },
		{ "a text without its end is refused", at.hay + 6, 1, 0 },
		{ "a block beyond the others is refused",
		  at.blocks + 8, 4, 1 << 20 },
		{ "a first name that repeats an earlier one is refused",
		  at.names, 1, 1 },
		{ "a name beyond its block is refused", at.names + 1, 1, 255 },
		{ "a row that is not in order is refused",
		  at.at + 80, 8, 1 << 30 },
	};
	/* clang-format on */
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uint64_t sum;

		memcpy(bad, good, len);
		memcpy(bad + cases[i].at, &cases[i].value, cases[i].size);
		sum = snapshot_sum(bad + head, len - head);
		memcpy(bad + 8, &sum, sizeof(sum));
		write_file(bad, len);
		ok(!snapshot_open(path, 1), cases[i].what);
	}
	write_file(good, len);
	free(good);
	free(bad);
}

static void
check_empty(void)
{
	struct snapshot_head about = { .workspace_id = 1 };
	struct snapshot_writer *w = snapshot_begin(aside);
	struct snapshot *s;

	ok(snapshot_finish(w, &about, path) == 0,
	   "a file without campaigns is written");
	s = snapshot_open(path, 1);
	ok(s && s->head->count == 0, "a file without campaigns is opened");
	if (s)
		use(s);
	w = snapshot_begin(aside);
	snapshot_row(w, 7, 7, 0, "alone", 5);
	ok(snapshot_finish(w, &about, path) == 0,
	   "a file whose row has lost its name is written");
	s = snapshot_open(path, 1);
	ok(s && s->head->count == 1 && s->head->names == 1,
	   "a row that has lost its name has an empty name");
	if (s)
		use(s);
	w = snapshot_begin(aside);
	snapshot_row(w, 7, 7, 0, "alone", 5);
	snapshot_abandon(w);
	ok(access(aside, F_OK) != 0, "a file that is abandoned leaves nothing");
}

int
main(void)
{
	struct snapshot_head about = { .workspace_id = 1, .looked_at = 5 };
	struct snapshot_writer *w;
	struct snapshot *s;

	close(mkstemp(temp_template(path, "snapshot")));
	snprintf(aside, sizeof(aside), "%s.new", path);
	w = snapshot_begin(aside);
	ok(w && write_rows(w) == 0 && snapshot_finish(w, &about, path) == 0,
	   "a file is written");
	ok(access(aside, F_OK) != 0, "a finished file is renamed to its place");
	s = snapshot_open(path, 1);
	ok(s && s->head->count == ROWS && s->head->looked_at == 5,
	   "a finished file is opened");
	if (s) {
		check_names(s);
		check_gaps(s);
		use(s);
	}
	check_outside();
	check_forged();
	check_empty();
	unlink(path);
	return tap_done();
}
