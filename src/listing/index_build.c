/* Makes the file of an index from the database. */
#include "listing/index_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "listing/index_file.h"
#include "store/db.h"

#define A_CHUNK 10000

struct build {
	struct db *db;
	int64_t workspace_id;
	struct snapshot_writer *writer;
	struct arena *arena; /* of a chunk */
	const atomic_bool *stop;
};

static int
disk_full(struct fault *f)
{
	fault_set(f, FAULT_BROKEN, "The index of campaigns cannot be written.");
	return fault_cause(f, "%s", strerror(errno));
}

/* Reads when it begins, before any row, and when the workspace was created. */
static int
read_head(struct build *b, struct snapshot_head *h, struct fault *f)
{
	struct arg none = ARG_INT(0);
	struct rows r;
	int got;

	*h = (struct snapshot_head){ .workspace_id = b->workspace_id };
	if (db_query(b->db, &r, STMT_INDEX_DELTA,
		     ARGS(ARG_INT(b->workspace_id), none, ARG_TIME(0), none,
			  none, ARG_TIME(0), none),
		     f))
		return -1;
	got = rows_next(&r, f);
	if (got > 0) {
		h->looked_at = rows_int(&r, 2);
		h->made_at = rows_int(&r, 3);
	}
	rows_close(&r);
	if (got == 0)
		return fault_set(f, FAULT_ABSENT, "There is no workspace.");
	return got < 0 ? -1 : 0;
}

/* Reads the next chunk, after the row (*at, *id); returns how many rows. */
static int
read_rows(struct build *b, int64_t *at, int64_t *id, struct fault *f)
{
	struct rows r;
	int got, n = 0;

	arena_reset(b->arena);
	if (db_query(b->db, &r, STMT_INDEX_ROWS,
		     ARGS(ARG_INT(b->workspace_id), ARG_TIME(*at),
			  ARG_TIME(*at), ARG_INT(*id), ARG_INT(A_CHUNK)),
		     f))
		return -1;
	for (; (got = rows_next(&r, f)) > 0; n++) {
		size_t len;
		const char *hay = rows_bin(&r, 3, b->arena, &len);

		*id = rows_int(&r, 0);
		*at = rows_int(&r, 1);
		if (snapshot_row(b->writer, *at, *id, (int)rows_int(&r, 2), hay,
				 len)) {
			rows_close(&r);
			return disk_full(f);
		}
	}
	return got < 0 ? -1 : n;
}

struct named {
	uint8_t key[NAME_KEY_MAX];
	size_t len;
	int64_t at, id;
};

static int
read_names(struct build *b, struct named *last, struct fault *f)
{
	struct arg name = ARG_BIN(last->key, last->len);
	struct rows r;
	int got, n = 0;

	arena_reset(b->arena);
	if (db_query(b->db, &r, STMT_INDEX_NAMES,
		     ARGS(ARG_INT(b->workspace_id), name, name,
			  ARG_TIME(last->at), ARG_TIME(last->at),
			  ARG_INT(last->id), ARG_INT(A_CHUNK)),
		     f))
		return -1;
	for (; (got = rows_next(&r, f)) > 0; n++) {
		const void *key = rows_bin(&r, 2, b->arena, &last->len);

		memcpy(last->key, key, last->len);
		last->id = rows_int(&r, 0);
		last->at = rows_int(&r, 1);
		if (snapshot_named(b->writer, last->at, last->id, last->key,
				   last->len)) {
			rows_close(&r);
			return disk_full(f);
		}
	}
	return got < 0 ? -1 : n;
}

static int
stopped(const struct build *b, struct fault *f)
{
	return *b->stop ? fault_set(f, FAULT_BUSY, "The program is stopping.")
			: 0;
}

static int
read_all(struct build *b, struct fault *f)
{
	struct named last = { .at = KEY_TIME_MAX, .id = KEY_ID_MAX + 1 };
	int64_t at = KEY_TIME_MAX, id = KEY_ID_MAX + 1;
	int n;

	do {
		n = stopped(b, f) ? -1 : read_rows(b, &at, &id, f);
	} while (n == A_CHUNK);
	if (n < 0)
		return -1;
	do {
		n = stopped(b, f) ? -1 : read_names(b, &last, f);
	} while (n == A_CHUNK);
	return n < 0 ? -1 : 0;
}

/* A directory that others may write to is not trusted. */
static int
make_dir(const char *dir, struct fault *f)
{
	struct stat st;

	if ((mkdir(dir, 0700) == 0 || errno == EEXIST) &&
	    lstat(dir, &st) == 0 && S_ISDIR(st.st_mode) &&
	    st.st_uid == geteuid() && !(st.st_mode & 022))
		return 0;
	fault_set(f, FAULT_BROKEN,
		  "The directory %s of indexes cannot be used.", dir);
	return fault_cause(f, "%s", strerror(errno));
}

/* Held as long as the descriptor is open. */
static int
lock_file(const char *path, struct fault *f)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return disk_full(f);
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	close(fd);
	return fault_set(f, FAULT_BUSY,
			 "The index is being made at the moment.");
}

static int
write_file(struct build *b, const char *path, int64_t least_age,
	   struct fault *f)
{
	struct snapshot_head head, old;

	if (read_head(b, &head, f))
		return -1;
	if (snapshot_peek(path, &old) && old.made_at == head.made_at &&
	    head.looked_at - old.looked_at < least_age)
		return fault_set(f, FAULT_BUSY,
				 "The index has just been made.");
	b->writer = snapshot_begin(arena_printf(b->arena, "%s.new", path));
	if (!b->writer)
		return disk_full(f);
	if (read_all(b, f)) {
		snapshot_abandon(b->writer);
		return -1;
	}
	return snapshot_finish(b->writer, &head, path) ? disk_full(f) : 0;
}

int
search_index_make(const char *dir, struct db *db, int64_t workspace_id,
		  int64_t least_age, const atomic_bool *stop, struct fault *f)
{
	struct build b = { .db = db,
			   .workspace_id = workspace_id,
			   .arena = arena_new(),
			   .stop = stop };
	struct arena *a = arena_new();
	const char *path = search_index_path(a, dir, workspace_id);
	int lock = -1, rc = -1;

	if (make_dir(dir, f) == 0)
		lock = lock_file(arena_printf(a, "%s.lock", path), f);
	if (lock >= 0) {
		rc = write_file(&b, path, least_age, f);
		close(lock);
	}
	arena_free(b.arena);
	arena_free(a);
	return rc;
}
