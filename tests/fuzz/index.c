/* A file of the index is sound or none: whatever it says leads nowhere outside
 * of it.  The target writes its sum, which guards against disks only. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "listing/index_file.h"
#include "tests/fuzz/fuzz.h"

#define WORKSPACE 7

static void
use(const struct snapshot *s)
{
	const struct snapshot_head *h = s->head;
	uint8_t name[NAME_KEY_MAX];
	bool exact;

	for (size_t i = 0; i < h->count; i++) {
		MUST(strlen(s->hay + s->off[i]) + 1 ==
		     s->off[i + 1] - s->off[i]);
		MUST(snapshot_by_time(s, s->at[i], s->id[i], &exact) == i &&
		     exact);
		MUST(s->rank[i] < h->names);
		snapshot_by_name(s, name, snapshot_name(s, s->rank[i], name),
				 &exact);
	}
	snapshot_by_name(s, (const uint8_t *)"", 0, &exact);
	snapshot_by_name(s, (const uint8_t *)"\xff\xff", 2, &exact);
}

static char path[64];

static void
remove_file(void)
{
	unlink(path);
}

/* In memory, but with a name: snapshot_open() follows no link. */
static void
put(const uint8_t *data, size_t size)
{
	static int fd = -1;

	if (fd < 0) {
		snprintf(path, sizeof(path), "/dev/shm/outdial-fuzz-%d",
			 (int)getpid());
		fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
		atexit(remove_file);
	}
	MUST(fd >= 0 && pwrite(fd, data, size, 0) == (ssize_t)size &&
	     !ftruncate(fd, (off_t)size));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t copy[64 * 1024];
	struct snapshot_head head;
	struct snapshot_sizes at;
	struct snapshot *s;

	if (size > sizeof(copy))
		return 0;
	memcpy(copy, data, size);
	if (size >= sizeof(head)) {
		memcpy(&head, copy, sizeof(head));
		memcpy(head.magic, SNAP_MAGIC, sizeof(head.magic));
		head.workspace_id = WORKSPACE;
		if (snapshot_lay_out(&head, &at) && at.all == size)
			head.sum = snapshot_sum(copy + at.hay, size - at.hay);
		memcpy(copy, &head, sizeof(head));
	}
	put(copy, size);
	s = snapshot_open(path, WORKSPACE);
	if (s)
		use(s);
	snapshot_drop(s);
	return 0;
}
