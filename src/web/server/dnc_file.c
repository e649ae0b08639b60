#include "web/server/dnc_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/fault.h"
#include "contacts/dnc_import.h"
#include "web/server/file_upload.h"
#include "web/server/request.h"

static int64_t
read_source(void *arg, char *out, size_t size, struct fault *f)
{
	const int *fd = arg;
	ssize_t got;

	do
		got = read(*fd, out, size);
	while (got < 0 && errno == EINTR);
	if (got >= 0)
		return got;
	fault_set(f, FAULT_BROKEN, "The server cannot read the file.");
	return fault_cause(f, "%s", strerror(errno));
}

int
dnc_file_import(struct request *q, const struct uploaded_file *file,
		const struct dnc_order *order, struct dnc_import *out,
		struct fault *f)
{
	const char *dir = q->config->upload_dir;
	int fd = open(arena_printf(q->arena, "%s/%s", dir, file->file),
		      O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct import_hooks hooks = { .read = read_source, .arg = &fd };
	struct dnc_order whole = { .list_id = order->list_id,
				   .replaces = order->replaces,
				   .name = file->name,
				   .hooks = &hooks };
	int rc;

	if (fd < 0)
		rc = fault_set(f, FAULT_BROKEN,
			       "The server cannot read the file.");
	else
		rc = dnc_import_run(q->db, &q->actor, &whole, out, q->arena, f);
	if (fd >= 0)
		close(fd);
	file_upload_drop(dir, file->file);
	return rc;
}
