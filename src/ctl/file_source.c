#include "ctl/file_source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/text.h"
#include "contacts/rejects.h"
#include "ctl/ctl.h"

/* The options that name a file, and the rows that go to it. */
static const struct {
	const char *option;
	enum import_fate fate;
	const char *why; /* NULL: the row has a reason of its own */
} kept[FILE_SOURCE_KEPT] = {
	{ "rejects", IMPORT_REJECTED, NULL },
	{ "duplicates", IMPORT_DUPLICATE,
	  "The phone number is the same as in an earlier row." },
};

static int64_t
read_source(void *arg, char *out, size_t size, struct fault *f)
{
	const struct file_source *s = arg;
	ssize_t got;

	do
		got = read(s->fd, out, size);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return fault_set(f, FAULT_INVALID, "%s cannot be read: %s.",
				 s->name, strerror(errno));
	return got;
}

static void
write_row(FILE *out, const struct csv_row *row, size_t columns, const char *why)
{
	struct buf line = BUF_INIT;

	if (why)
		rejects_row(&line, row, columns, why);
	else
		rejects_header(&line, row);
	fwrite(line.data, 1, line.len, out);
	buf_free(&line);
}

static void
keep_row(void *arg, const struct csv_row *row, enum import_fate fate,
	 const char *why)
{
	struct file_source *s = arg;

	if (fate == IMPORT_HEADER)
		s->columns = row->count;
	for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
		if (!s->kept[i])
			continue;
		if (fate == IMPORT_HEADER)
			write_row(s->kept[i], row, 0, NULL);
		else if (fate == kept[i].fate)
			write_row(s->kept[i], row, s->columns,
				  kept[i].why ? kept[i].why : why);
	}
}

/* The file is private because it has phone numbers. */
static FILE *
open_private(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	return fd < 0 ? NULL : fdopen(fd, "w");
}

int
file_source_open(struct ctl *c, const char *path, struct file_source *s,
		 struct fault *f)
{
	*s = (struct file_source){ .name = path };
	s->fd = STDIN_FILENO;
	if (strcmp(s->name, "-") != 0)
		s->fd = open(s->name, O_RDONLY | O_CLOEXEC);
	if (s->fd < 0)
		return fault_set(f, FAULT_INVALID, "%s cannot be opened: %s.",
				 s->name, strerror(errno));
	for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
		const char *out = ctl_option(c, kept[i].option);

		if (out)
			s->kept[i] = open_private(out);
		if (out && !s->kept[i])
			return fault_set(f, FAULT_INVALID,
					 "%s cannot be written: %s.", out,
					 strerror(errno));
	}
	return 0;
}

int
file_source_close(struct file_source *s)
{
	int rc = 0;

	if (s->fd != STDIN_FILENO)
		close(s->fd);
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		rc |= s->kept[i] && fclose(s->kept[i]);
	return rc;
}

const char *
file_source_name(const struct file_source *s)
{
	const char *slash = strrchr(s->name, '/');
	const char *name = slash ? slash + 1 : s->name;

	return text_is_utf8(name, strlen(name)) ? name : "a file";
}

struct import_hooks
file_source_hooks(struct file_source *s)
{
	return (struct import_hooks){ .read = read_source,
				      .row = keep_row,
				      .arg = s };
}
