#include "listing/index_file.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

const char *
search_index_path(struct arena *a, const char *dir, int64_t workspace_id)
{
	return arena_printf(a, "%s/campaigns-%" PRId64, dir, workspace_id);
}

static size_t
count_blocks(uint64_t names)
{
	return (size_t)((names + NAMES_A_BLOCK - 1) / NAMES_A_BLOCK);
}

bool
snapshot_lay_out(const struct snapshot_head *h, struct snapshot_sizes *s)
{
	size_t n = (size_t)h->count;

	if (h->count >= UINT32_MAX / 16 || h->hay_len >= UINT32_MAX ||
	    h->names > h->count || h->names_len >= UINT32_MAX)
		return false;
	s->hay = SNAP_PADDED(sizeof(*h));
	s->at = s->hay + SNAP_PADDED((size_t)h->hay_len);
	s->id = s->at + n * sizeof(int64_t);
	s->off = s->id + n * sizeof(int64_t);
	s->status = s->off + SNAP_PADDED((n + 1) * sizeof(uint32_t));
	s->names = s->status + SNAP_PADDED(n);
	s->rank = s->names + SNAP_PADDED((size_t)h->names_len);
	s->blocks = s->rank + SNAP_PADDED(n * sizeof(uint32_t));
	s->all = s->blocks +
		 SNAP_PADDED((count_blocks(h->names) + 1) * sizeof(uint32_t));
	return true;
}

uint64_t
snapshot_sum(const void *from, size_t len)
{
	const unsigned char *p = from;
	uint64_t sum = len, word;

	for (size_t i = 0; i < len; i += sizeof(word)) {
		memcpy(&word, p + i, sizeof(word));
		sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		sum ^= sum >> 29;
	}
	return sum;
}

static void
point(struct snapshot *s, const struct snapshot_sizes *at)
{
	const char *base = (const char *)s->head;

	s->hay = base + at->hay;
	s->at = (const int64_t *)(const void *)(base + at->at);
	s->id = (const int64_t *)(const void *)(base + at->id);
	s->off = (const uint32_t *)(const void *)(base + at->off);
	s->status = (const uint8_t *)base + at->status;
	s->names = (const uint8_t *)base + at->names;
	s->rank = (const uint32_t *)(const void *)(base + at->rank);
	s->blocks = (const uint32_t *)(const void *)(base + at->blocks);
}

static bool
is_row_sound(const struct snapshot *s, size_t i)
{
	uint32_t from = s->off[i], to = s->off[i + 1];

	return from < to && to <= s->head->hay_len &&
	       !memchr(s->hay + from, 0, to - from - 1) && !s->hay[to - 1] &&
	       s->status[i] < CAMPAIGN_STATUS_MAX &&
	       s->rank[i] < s->head->names &&
	       (i == 0 || s->at[i - 1] > s->at[i] ||
		(s->at[i - 1] == s->at[i] && s->id[i - 1] > s->id[i]));
}

/* True when no name leads outside its block. */
static bool
is_block_sound(const struct snapshot *s, size_t block)
{
	size_t at = s->blocks[block], end = s->blocks[block + 1], len = 0;
	size_t n = (size_t)s->head->names - block * NAMES_A_BLOCK;

	if (end < at || end > s->head->names_len)
		return false;
	for (size_t i = 0; i < n && i < NAMES_A_BLOCK; i++) {
		size_t same, more;

		if (end - at < 2)
			return false;
		same = s->names[at];
		more = s->names[at + 1];
		if (same > len || same + more > NAME_KEY_MAX ||
		    more > end - at - 2)
			return false;
		len = same + more;
		at += 2 + more;
	}
	return at == end;
}

static bool
is_sound(struct snapshot *s)
{
	const struct snapshot_head *h = s->head;

	if (s->off[0] != 0 || s->off[h->count] != h->hay_len)
		return false;
	for (size_t i = 0; i < h->count; i++) {
		if (!is_row_sound(s, i))
			return false;
		s->by_status[s->status[i]]++;
	}
	for (size_t i = 0; i < count_blocks(h->names); i++) {
		if (!is_block_sound(s, i))
			return false;
	}
	return true;
}

static bool
is_ours(struct snapshot *s, int64_t workspace_id)
{
	struct snapshot_sizes at;

	if (s->size < sizeof(*s->head) ||
	    memcmp(s->head->magic, SNAP_MAGIC, sizeof(s->head->magic)) != 0 ||
	    s->head->workspace_id != workspace_id ||
	    !snapshot_lay_out(s->head, &at) || at.all != s->size ||
	    snapshot_sum((const char *)s->head + at.hay, s->size - at.hay) !=
		    s->head->sum)
		return false;
	point(s, &at);
	return is_sound(s);
}

struct snapshot *
snapshot_open(const char *path, int64_t workspace_id)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	void *map = MAP_FAILED;
	struct snapshot *s;
	struct stat st;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_uid == geteuid() && st.st_size > 0)
		map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd,
			   0);
	close(fd);
	if (map == MAP_FAILED)
		return NULL;
	s = xcalloc(1, sizeof(*s));
	s->refs = 1;
	s->head = map;
	s->size = (size_t)st.st_size;
	s->dev = st.st_dev;
	s->ino = st.st_ino;
	if (is_ours(s, workspace_id))
		return s;
	snapshot_drop(s);
	return NULL;
}

bool
snapshot_peek(const char *path, struct snapshot_head *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool good;

	if (fd < 0)
		return false;
	good = read(fd, out, sizeof(*out)) == (ssize_t)sizeof(*out);
	close(fd);
	return good;
}

struct snapshot *
snapshot_hold(struct snapshot *s)
{
	atomic_fetch_add(&s->refs, 1);
	return s;
}

void
snapshot_drop(struct snapshot *s)
{
	if (!s || atomic_fetch_sub(&s->refs, 1) > 1)
		return;
	munmap((void *)(uintptr_t)s->head, s->size);
	free(s);
}

/* Orders by time, newest first, then by id, greatest first: negative when the
 * first comes before the second. */
static int
compare_time(int64_t at, int64_t id, int64_t its_at, int64_t its_id)
{
	if (at != its_at)
		return at > its_at ? -1 : 1;
	return id == its_id ? 0 : id > its_id ? -1 : 1;
}

size_t
snapshot_place(const int64_t *at, const int64_t *id, size_t count,
	       int64_t its_at, int64_t its_id, bool *exact)
{
	size_t low = 0, high = count;

	*exact = false;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = compare_time(at[mid], id[mid], its_at, its_id);

		*exact |= c == 0;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

size_t
snapshot_by_time(const struct snapshot *s, int64_t at, int64_t id, bool *exact)
{
	return snapshot_place(s->at, s->id, (size_t)s->head->count, at, id,
			      exact);
}

/* Reads the name at *at over the one before it in 'name', as it stores only the
 * bytes that differ; moves *at past it. */
static size_t
step(const struct snapshot *s, size_t *at, uint8_t name[static NAME_KEY_MAX])
{
	const uint8_t *p = s->names + *at;

	memcpy(name + p[0], p + 2, p[1]);
	*at += 2 + (size_t)p[1];
	return (size_t)p[0] + p[1];
}

static int
compare_names(const uint8_t *x, size_t x_len, const uint8_t *y, size_t y_len)
{
	int c = memcmp(x, y, x_len < y_len ? x_len : y_len);

	if (c)
		return c;
	return x_len == y_len ? 0 : x_len < y_len ? -1 : 1;
}

size_t
snapshot_by_name(const struct snapshot *s, const uint8_t *key, size_t len,
		 bool *exact)
{
	size_t low = 0, high = count_blocks(s->head->names), n, at;
	uint8_t name[NAME_KEY_MAX];
	int c = -1;

	/* The last block whose first name is not after the key. */
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		at = s->blocks[mid];
		if (compare_names(name, step(s, &at, name), key, len) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	*exact = false;
	if (low == 0)
		return 0;
	n = (low - 1) * NAMES_A_BLOCK;
	at = s->blocks[low - 1];
	while (n < s->head->names && at < s->blocks[low]) {
		c = compare_names(name, step(s, &at, name), key, len);
		if (c >= 0)
			break;
		n++;
	}
	*exact = c == 0;
	return n;
}

size_t
snapshot_name(const struct snapshot *s, size_t rank,
	      uint8_t out[static NAME_KEY_MAX])
{
	size_t at = s->blocks[rank / NAMES_A_BLOCK], len = 0;

	for (size_t i = 0; i <= rank % NAMES_A_BLOCK; i++)
		len = step(s, &at, out);
	return len;
}
