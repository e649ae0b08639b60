#include "web/server/file_upload.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/secret.h"
#include "base/text.h"
#include "contacts/upload.h"
#include "web/server/multipart.h"
#include "web/server/request.h"
#include "web/server/session.h"

#define BLOCK 65536
#define MB (INT64_C(1) << 20)
#define NAME_BYTES ((RECEIVED_FILE - 1) / 2)
/* Texts, headers and boundaries around the file. */
#define AROUND_MAX (FILE_UPLOAD_TEXT_MAX + 65536)

struct receiving {
	struct request *q;
	struct uploaded_file *out;
	int dir, fd;	  /* -1: not open */
	const char *name; /* of the current text part; NULL: a file part */
	struct buf text;
	size_t texts; /* bytes of all texts */
	bool chosen;  /* a file was chosen */
	bool asked;   /* the part "file" came, perhaps without a file */
};

static int
no_room(struct request *q, struct fault *f)
{
	return request_refuse(
		q, 507, f, "The server has no disk space left for this file.");
}

static int
store_fault(struct receiving *r, struct fault *f)
{
	int no = errno;

	if (no == ENOSPC || no == EDQUOT || no == EFBIG)
		no_room(r->q, f);
	else
		fault_set(f, FAULT_BROKEN,
			  "The server could not store this file.");
	return fault_cause(f, "%s", strerror(no));
}

static int
open_file(struct receiving *r, struct fault *f)
{
	uint8_t name[NAME_BYTES];

	secret_random(name, sizeof(name));
	secret_hex(name, sizeof(name), r->out->file);
	r->fd = openat(r->dir, r->out->file,
		       O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return r->fd < 0 ? store_fault(r, f) : 0;
}

static int
begin_file(struct receiving *r, const char *file, struct fault *f)
{
	if (r->asked)
		return fault_field(f, "file", "Choose one file, not several.");
	if (session_check_form(r->q, f))
		return -1;
	r->asked = true;
	r->chosen = *file;
	r->out->name = arena_strdup(r->q->arena, file);
	return r->chosen ? open_file(r, f) : 0;
}

static int
begin_part(void *arg, const char *name, const char *file, struct fault *f)
{
	struct receiving *r = arg;

	r->name = NULL;
	if (!file) {
		r->name = arena_strdup(r->q->arena, name);
		r->texts += strlen(name);
		buf_clear(&r->text);
		return 0;
	}
	if (strcmp(name, "file") != 0)
		return request_refuse(r->q, 400, f,
				      "The request cannot be read.");
	return begin_file(r, file, f);
}

static int
take_text(struct receiving *r, const char *p, size_t len, struct fault *f)
{
	r->texts += len;
	if (r->texts > FILE_UPLOAD_TEXT_MAX)
		return request_refuse(r->q, 413, f,
				      "The form’s fields are longer than the "
				      "%d bytes allowed here.",
				      FILE_UPLOAD_TEXT_MAX);
	buf_add(&r->text, p, len);
	return 0;
}

static int
too_large(struct request *q, struct fault *f)
{
	return request_refuse(
		q, 413, f,
		"A file may have at most 1 GB. Split it into smaller files.");
}

static int
take_data(void *arg, const char *p, size_t len, struct fault *f)
{
	struct receiving *r = arg;

	if (r->name)
		return take_text(r, p, len, f);
	r->out->size += (int64_t)len;
	if (r->out->size > FILE_UPLOAD_MAX)
		return too_large(r->q, f);
	while (len && r->fd >= 0) {
		ssize_t n = write(r->fd, p, len);

		if (n < 0 && errno != EINTR)
			return store_fault(r, f);
		if (n > 0) {
			p += n;
			len -= (size_t)n;
		}
	}
	return 0;
}

static int
end_part(void *arg, struct fault *f)
{
	struct receiving *r = arg;
	struct pairs *form = &r->q->form;

	if (!r->name)
		return 0;
	if (form->count == PAIRS_MAX ||
	    !request_is_clean(r->text.data, r->text.len))
		return request_refuse(r->q, 400, f,
				      "The request cannot be read.");
	form->at[form->count].name = r->name;
	form->at[form->count++].value =
		arena_memdup(r->q->arena, r->text.data, r->text.len);
	return 0;
}

static int
cut_off(struct request *q, struct fault *f)
{
	return request_refuse(q, 400, f, "The upload was interrupted.");
}

/* m NULL: the body is the file. */
static int
feed(struct receiving *r, struct multipart *m, struct fault *f)
{
	struct request *q = r->q;
	char *block = arena_alloc(q->arena, BLOCK);
	int64_t left = q->body_len;

	while (left) {
		size_t want = left < BLOCK ? (size_t)left : BLOCK;
		size_t got = q->read(q->stream, block, want);

		if (!got)
			return cut_off(q, f);
		left -= (int64_t)got;
		if (m ? multipart_feed(m, block, got, f)
		      : take_data(r, block, got, f))
			return -1;
	}
	return m && multipart_end(m, f) ? cut_off(q, f) : 0;
}

/* Syncs the file and its directory to the disk. */
static int
settle(struct receiving *r, struct fault *f)
{
	int fd = r->fd;

	if (!r->chosen) {
		if (!r->asked && session_check_form(r->q, f))
			return -1;
		return fault_field(f, "file", "Choose a file.");
	}
	if (!r->out->size)
		return fault_field(f, "file", "The file is empty.");
	if (fsync(fd))
		return store_fault(r, f);
	r->fd = -1;
	if (close(fd) || fsync(r->dir))
		return store_fault(r, f);
	return 0;
}

static int
check(struct request *q, struct fault *f)
{
	if (q->body_len < 0)
		return request_refuse(q, 411, f,
				      "The request does not state its length.");
	if (q->body_len > FILE_UPLOAD_MAX + AROUND_MAX)
		return too_large(q, f);
	return 0;
}

typedef int run_fn(struct receiving *r, struct fault *f);

static int
run_form(struct receiving *r, struct fault *f)
{
	struct multipart_hooks hooks = {
		.part = begin_part, .data = take_data, .end = end_part, .arg = r
	};
	struct request *q = r->q;
	struct multipart *m =
		multipart_open(request_env(q, "CONTENT_TYPE"), &hooks);
	int rc;

	if (!m)
		return request_refuse(
			q, 415, f,
			"This page accepts only a form with a file.");
	q->form.at = ARENA_ARRAY(q->arena, PAIRS_MAX, struct pair);
	q->form.count = 0;
	rc = feed(r, m, f) || settle(r, f) ? -1 : 0;
	multipart_close(m);
	/* a fault of the parser, not of a hook: this is not multipart */
	if (rc && f->code == FAULT_INVALID && !*f->field && !q->refused)
		q->refused = 400;
	return rc;
}

static int
run_body(struct receiving *r, struct fault *f)
{
	r->asked = r->chosen = true;
	return open_file(r, f) || feed(r, NULL, f) || settle(r, f) ? -1 : 0;
}

static int
check_disk(struct request *q, int64_t size, struct fault *f)
{
	struct statvfs disk;
	int64_t blocks;

	/* a missing directory is reported later, by file_upload_file() */
	if (statvfs(q->config->upload_dir, &disk))
		return 0;
	blocks = (size + q->config->upload_min_free_mb * MB) /
		 (int64_t)disk.f_frsize;
	return (int64_t)disk.f_bavail > blocks ? 0 : no_room(q, f);
}

static int
check_quota(struct request *q, int64_t size, struct fault *f)
{
	int64_t most = q->config->upload_quota_mb, used;

	if (upload_pending_bytes(q->db, q->actor.workspace_id, &used,
				 f))
		return -1;
	if (used + size <= most * MB)
		return 0;
	return request_refuse(
		q, 429, f,
		"Your workspace already has %s MB of files waiting to be read; "
		"the limit is %s MB. Wait until one has been read.",
		text_thousands(q->arena, used / MB),
		text_thousands(q->arena, most));
}

int
file_upload_may(struct request *q, struct fault *f)
{
	int64_t size = q->body_len > 0 ? q->body_len : 0;

	return check_disk(q, size, f) || check_quota(q, size, f) ? -1 : 0;
}

static int
receive(struct request *q, const char *dir, run_fn *run,
	struct uploaded_file *out, struct fault *f)
{
	struct receiving r = { .q = q, .out = out, .fd = -1, .text = BUF_INIT };
	int rc;

	*out = (struct uploaded_file){ .name = "" };
	if (check(q, f))
		return -1;
	r.dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (r.dir < 0)
		return store_fault(&r, f);
	rc = run(&r, f);
	if (r.fd >= 0)
		close(r.fd);
	if (rc && *out->file)
		unlinkat(r.dir, out->file, 0);
	close(r.dir);
	buf_free(&r.text);
	return rc;
}

int
file_upload_file(struct request *q, const char *dir, struct uploaded_file *out,
		 struct fault *f)
{
	return receive(q, dir, run_form, out, f);
}

int
file_upload_body(struct request *q, const char *dir, const char *type,
		 struct uploaded_file *out, struct fault *f)
{
	const char *given = request_env(q, "CONTENT_TYPE");
	size_t len = strlen(type);

	if (!given || strncasecmp(given, type, len) != 0 ||
	    (given[len] && !strchr("; ", given[len])))
		return request_refuse(q, 415, f,
				      "This address accepts only %s.", type);
	return receive(q, dir, run_body, out, f);
}

/* True when all 'len' bytes were read. */
static bool
read_whole(int fd, char *to, size_t len)
{
	while (fd >= 0 && len) {
		ssize_t got = read(fd, to, len);

		if (got > 0) {
			to += got;
			len -= (size_t)got;
		} else if (!got || errno != EINTR) {
			return false;
		}
	}
	return fd >= 0;
}

int
file_upload_take(const char *dir, const struct uploaded_file *r, size_t max,
		 const char **text, struct arena *a, struct fault *f)
{
	size_t len = (size_t)r->size;
	char *all;
	int fd;
	bool whole;

	if (r->size > (int64_t)max) {
		file_upload_drop(dir, r->file);
		return fault_field(f, "file", "The file is larger than %s KB.",
				   text_thousands(a, (int64_t)(max >> 10)));
	}
	all = arena_alloc(a, len + 1);
	all[len] = '\0';
	fd = open(arena_printf(a, "%s/%s", dir, r->file),
		  O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	whole = read_whole(fd, all, len);
	if (fd >= 0)
		close(fd);
	file_upload_drop(dir, r->file);
	if (!whole)
		return fault_set(f, FAULT_BROKEN,
				 "The server cannot read the file.");
	*text = all;
	return 0;
}

void
file_upload_drop(const char *dir, const char *file)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	unlinkat(fd, file, 0);
	close(fd);
}

int
file_upload_cancel(struct request *q, int64_t id, struct fault *f)
{
	const struct config *c = q->config;
	char file[UPLOAD_FILE_MAX];
	struct fault unused;

	if (upload_cancel(q->db, &q->actor, id, f))
		return -1;
	if (!upload_ended_file(q->db, q->actor.workspace_id, id, c->node_name,
			       file, &unused))
		file_upload_drop(c->upload_dir, file);
	return 0;
}
