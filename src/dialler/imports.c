/*
 * Reads the files that users have uploaded to this node, one after another,
 * each into a list of its own.  It has its own connection and short
 * transactions, so that calls do not wait for it.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config.h"
#include "app/notify.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "campaign/campaign_import.h"
#include "contacts/upload.h"
#include "dialler/dialler.h"
#include "dialler/process_lock.h"
#include "store/db.h"
#include "store/redis.h"

#define LOOK_US 250000
#define TIDY_US (60 * US_PER_S)
#define ORPHAN_US (3600 * US_PER_S)
#define NICE 10
#define NAME_LEN 32 /* of a file: hexadecimal */

struct importer {
	struct dialler *d;
	struct db *db;
	struct redis *redis;
	const char *node;
	int dir; /* -1: not open */
	struct process_lock lock;
	bool alone; /* uploads of a former life of this node wait again */
	int64_t tidied_us;
	struct upload_job owed; /* to be given back; id 0: none */
	bool counts;		/* as a try */
};

struct upload_source {
	struct dialler *d;
	int fd, no; /* no: errno if fd is -1 */
};

static int64_t
read_source(void *arg, char *out, size_t size, struct fault *f)
{
	const struct upload_source *s = arg;
	ssize_t got = -1;
	int no = s->no;

	if (atomic_load(&s->d->stopping))
		return fault_set(f, FAULT_BUSY, "The server is stopping.");
	while (s->fd >= 0 && (got = read(s->fd, out, size)) < 0) {
		no = errno;
		if (no != EINTR)
			break;
	}
	if (got >= 0)
		return got;
	if (no == ENOENT)
		return fault_set(f, FAULT_INVALID,
				 "The file is no longer on the server. Upload "
				 "it again.");
	fault_set(f, FAULT_BROKEN, "The server cannot read the file.");
	return fault_cause(f, "%s", strerror(no));
}

static bool
open_dir(struct importer *im)
{
	if (im->dir < 0)
		im->dir = open(im->d->config->upload_dir,
			       O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return im->dir >= 0;
}

/* The process that holds the lock knows that no other process of this node
 * reads. */
static void
take_over(struct importer *im)
{
	char name[80];
	struct fault f;

	if (im->alone)
		return;
	if (im->lock.fd < 0) {
		snprintf(name, sizeof(name), "%s/imports", im->d->name);
		process_lock_try(&im->lock, name, im->d->config);
	}
	if (im->lock.fd < 0)
		return;
	if (upload_release_node(im->db, im->node, &f))
		dialler_tell_db(im->d, "uploads from before the restart", &f);
	else
		im->alone = true;
}

/* True when there is no upload left to give back. */
static bool
give_back(struct importer *im)
{
	struct fault f;

	if (!im->owed.id)
		return true;
	if (upload_release(im->db, &im->owed, im->counts, &f)) {
		dialler_tell_db(im->d, "give an upload back", &f);
		return false;
	}
	im->owed.id = 0;
	return true;
}

/* Deletes a file when its upload has ended, or when it is old and has no
 * upload. */
static void
drop_file(struct importer *im, const char *file, bool old)
{
	unsigned state = UPLOAD_WAITING;
	struct fault f = { .code = FAULT_NONE };
	bool forgotten = upload_state_of_file(im->db, file, &state, &f) &&
			 f.code == FAULT_ABSENT;

	if (f.code && !forgotten)
		dialler_tell_db(im->d, "look up a file’s upload", &f);
	else if (forgotten ? old : state >= UPLOAD_DONE)
		unlinkat(im->dir, file, 0);
}

static bool
is_ours(const char *name)
{
	return strlen(name) == NAME_LEN &&
	       strspn(name, "0123456789abcdef") == NAME_LEN;
}

/*
 * Deletes files left by a process that died between two steps, or whose upload
 * was cancelled on another node.  Runs by the clock, because a queue of files
 * must not delay it.
 */
static void
tidy(struct importer *im)
{
	int fd = openat(im->dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)) &&
	       !atomic_load(&im->d->stopping)) {
		struct stat st;
		int64_t at;

		if (!is_ours(entry->d_name) ||
		    fstatat(im->dir, entry->d_name, &st, AT_SYMLINK_NOFOLLOW))
			continue;
		at = (int64_t)st.st_mtim.tv_sec * US_PER_S;
		drop_file(im, entry->d_name, clock_wall_us() - at > ORPHAN_US);
	}
	if (dir)
		closedir(dir);
	else if (fd >= 0)
		close(fd);
	im->tidied_us = clock_boot_us();
}

static void
run(struct importer *im, const struct upload_job *job)
{
	struct upload_source source = { .d = im->d };
	unsigned became;
	struct fault f;

	source.fd =
		openat(im->dir, job->file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	source.no = errno;
	log_info("Upload %lld is being read.", (long long)job->id);
	if (upload_read(im->db, job, read_source, &source, &became, &f)) {
		im->owed = *job;
		im->counts = f.code != FAULT_BUSY && f.code != FAULT_UNKNOWN;
		if (!atomic_load(&im->d->stopping))
			dialler_tell_db(im->d, "read an upload", &f);
	} else {
		dialler_tell_db(im->d, NULL, NULL);
		log_info("Upload %lld is %s.", (long long)job->id,
			 upload_state_words[became]);
		drop_file(im, job->file, false);
	}
	if (source.fd >= 0)
		close(source.fd);
}

/* Uploads that a campaign takes by itself, also those that were read before a
 * restart. */
static void
take_over_contacts(struct importer *im)
{
	int64_t workspace_id;
	struct fault f;
	int got;

	while ((got = campaign_take_upload(im->db, im->node, &workspace_id,
					   &f)) > 0)
		list_invalidate(im->redis, workspace_id);
	if (got < 0)
		dialler_tell_db(im->d, "give an upload to its campaign", &f);
}

static void
look(struct importer *im)
{
	struct upload_job job;
	struct fault f;
	int got;

	take_over(im);
	if (!give_back(im))
		return;
	if (clock_boot_us() - im->tidied_us > TIDY_US)
		tidy(im);
	got = upload_claim(im->db, im->node, &job, &f);
	if (got > 0)
		run(im, &job);
	else if (got < 0)
		dialler_tell_db(im->d, "look for uploads", &f);
	if (got >= 0)
		take_over_contacts(im);
}

void *
imports_thread(void *dialler)
{
	struct dialler *d = dialler;
	struct importer im = {
		.d = d, .node = d->config->node_name, .dir = -1, .lock.fd = -1
	};

	setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
	im.db = dialler_db(d);
	im.redis = dialler_redis(d);
	while (dialler_pause(d, LOOK_US))
		if (open_dir(&im))
			look(&im);
	give_back(&im);
	process_lock_release(&im.lock);
	redis_free(im.redis);
	db_free(im.db);
	if (im.dir >= 0)
		close(im.dir);
	return NULL;
}
