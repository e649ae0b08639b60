/* Writes the file of an index. */
#include "listing/index_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"

struct snapshot_writer {
	FILE *file;
	char *path; /* until the file is complete */
	struct snapshot_head head;
	size_t room;
	int64_t *at, *id;
	uint32_t *off, *rank, *blocks;
	uint8_t *status;
	size_t block_room;
	bool named; /* all rows are written */
	uint8_t last[NAME_KEY_MAX];
	size_t last_len;
};

struct snapshot_writer *
snapshot_begin(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
		      0600);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w+");
	struct snapshot_writer *w;

	if (!file) {
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	w = xcalloc(1, sizeof(*w));
	w->file = file;
	w->path = xstrdup(path);
	w->off = xcalloc(1, sizeof(*w->off));
	if (fwrite(&w->head, sizeof(w->head), 1, file) == 1)
		return w;
	snapshot_abandon(w);
	return NULL;
}

static void
make_room(struct snapshot_writer *w)
{
	if (w->head.count < w->room)
		return;
	w->room = w->room ? 2 * w->room : 4096;
	w->at = xrealloc(w->at, w->room * sizeof(*w->at));
	w->id = xrealloc(w->id, w->room * sizeof(*w->id));
	w->off = xrealloc(w->off, (w->room + 1) * sizeof(*w->off));
	w->status = xrealloc(w->status, w->room);
}

int
snapshot_row(struct snapshot_writer *w, int64_t at, int64_t id, int status,
	     const char *hay, size_t len)
{
	size_t n = (size_t)w->head.count;

	make_room(w);
	w->at[n] = at;
	w->id[n] = id;
	w->status[n] = (uint8_t)status;
	w->head.hay_len += len + 1;
	if (w->head.hay_len >= UINT32_MAX ||
	    fwrite(hay, 1, len, w->file) != len || putc('\0', w->file) == EOF)
		return -1;
	w->off[n + 1] = (uint32_t)w->head.hay_len;
	w->head.count++;
	return 0;
}

/* Pads a column to whole words. */
static int
pad(struct snapshot_writer *w, size_t len)
{
	static const char nothing[8];
	size_t more = SNAP_PADDED(len) - len;

	return fwrite(nothing, 1, more, w->file) == more ? 0 : -1;
}

static int
put(struct snapshot_writer *w, const void *column, size_t len)
{
	if (len && fwrite(column, 1, len, w->file) != len)
		return -1;
	return pad(w, len);
}

static int
put_rows(struct snapshot_writer *w)
{
	size_t n = (size_t)w->head.count;

	w->named = true;
	w->rank = xcalloc(n + 1, sizeof(*w->rank));
	return pad(w, (size_t)w->head.hay_len) ||
			       put(w, w->at, n * sizeof(*w->at)) ||
			       put(w, w->id, n * sizeof(*w->id)) ||
			       put(w, w->off, (n + 1) * sizeof(*w->off)) ||
			       put(w, w->status, n)
		       ? -1
		       : 0;
}

static void
mark_block(struct snapshot_writer *w)
{
	size_t n = (size_t)w->head.names / NAMES_A_BLOCK;

	if (w->head.names % NAMES_A_BLOCK != 0)
		return;
	if (n + 2 > w->block_room) {
		w->block_room = w->block_room ? 2 * w->block_room : 1024;
		w->blocks =
			xrealloc(w->blocks, w->block_room * sizeof(*w->blocks));
	}
	w->blocks[n] = (uint32_t)w->head.names_len;
	w->last_len = 0;
}

static int
add_name(struct snapshot_writer *w, const uint8_t *key, size_t len)
{
	uint8_t head[2];
	size_t same = 0;

	mark_block(w);
	while (same < len && same < w->last_len && key[same] == w->last[same])
		same++;
	head[0] = (uint8_t)same;
	head[1] = (uint8_t)(len - same);
	memcpy(w->last, key, len);
	w->last_len = len;
	w->head.names++;
	w->head.names_len += sizeof(head) + len - same;
	return w->head.names_len >= UINT32_MAX ||
			       fwrite(head, 1, 2, w->file) != 2 ||
			       fwrite(key + same, 1, len - same, w->file) !=
				       len - same
		       ? -1
		       : 0;
}

int
snapshot_named(struct snapshot_writer *w, int64_t at, int64_t id,
	       const uint8_t *key, size_t len)
{
	bool exact;
	size_t i;

	if (!w->named && put_rows(w))
		return -1;
	i = snapshot_place(w->at, w->id, (size_t)w->head.count, at, id, &exact);
	if (!exact)
		return 0;
	if ((w->head.names == 0 || w->last_len != len ||
	     memcmp(w->last, key, len) != 0) &&
	    add_name(w, key, len))
		return -1;
	w->rank[i] = (uint32_t)w->head.names - 1;
	return 0;
}

static int
put_names(struct snapshot_writer *w)
{
	size_t n = (size_t)w->head.count, blocks;

	/* The rank of a row without a name must be valid. */
	if (w->head.names == 0 && n > 0 && add_name(w, w->last, 0))
		return -1;
	blocks = ((size_t)w->head.names + NAMES_A_BLOCK - 1) / NAMES_A_BLOCK;
	if (!w->blocks)
		w->blocks = xcalloc(1, sizeof(*w->blocks));
	w->blocks[blocks] = (uint32_t)w->head.names_len;
	return pad(w, (size_t)w->head.names_len) ||
			       put(w, w->rank, n * sizeof(*w->rank)) ||
			       put(w, w->blocks,
				   (blocks + 1) * sizeof(*w->blocks))
		       ? -1
		       : 0;
}

/* The head is written last: without it the file is not valid. */
static int
put_head(struct snapshot_writer *w, const struct snapshot_head *about)
{
	struct snapshot_sizes at;
	void *map;

	memcpy(w->head.magic, SNAP_MAGIC, sizeof(w->head.magic));
	w->head.workspace_id = about->workspace_id;
	w->head.made_at = about->made_at;
	w->head.looked_at = about->looked_at;
	if (fflush(w->file) || !snapshot_lay_out(&w->head, &at))
		return -1;
	map = mmap(NULL, at.all, PROT_READ, MAP_SHARED, fileno(w->file), 0);
	if (map == MAP_FAILED)
		return -1;
	w->head.sum = snapshot_sum((const char *)map + at.hay, at.all - at.hay);
	munmap(map, at.all);
	rewind(w->file);
	return fwrite(&w->head, sizeof(w->head), 1, w->file) == 1 &&
			       fflush(w->file) == 0
		       ? 0
		       : -1;
}

int
snapshot_finish(struct snapshot_writer *w, const struct snapshot_head *about,
		const char *path)
{
	int rc = (!w->named && put_rows(w)) || put_names(w) ||
				 put_head(w, about) || rename(w->path, path)
			 ? -1
			 : 0;

	if (!rc) {
		free(w->path);
		w->path = NULL;
	}
	snapshot_abandon(w);
	return rc;
}

void
snapshot_abandon(struct snapshot_writer *w)
{
	fclose(w->file);
	if (w->path)
		unlink(w->path);
	free(w->path);
	free(w->at);
	free(w->id);
	free(w->off);
	free(w->status);
	free(w->rank);
	free(w->blocks);
	free(w);
}
