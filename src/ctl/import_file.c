/* import: a CSV file, or standard input, becomes a draft's contacts. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/text.h"
#include "campaign/campaign_import.h"
#include "contacts/contact_list.h"
#include "contacts/rejects.h"
#include "contacts/upload.h"
#include "ctl/ctl.h"

#define SWEEP_ROWS 5000

/* The options that name a file, and the rows that go to it. */
static const struct {
	const char *option;
	enum import_fate fate;
	const char *why; /* NULL: the row has a reason of its own */
} kept[] = {
	{ "rejects", IMPORT_REJECTED, NULL },
	{ "duplicates", IMPORT_DUPLICATE,
	  "The phone number is the same as in an earlier row." },
};

struct file_source {
	int fd;
	const char *name;
	FILE *kept[ARRAY_LEN(kept)]; /* NULL: not asked for */
	size_t columns;
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

static int
open_files(struct ctl *c, struct file_source *s, struct fault *f)
{
	s->name = c->args[1];
	s->fd = STDIN_FILENO;
	if (strcmp(s->name, "-") != 0)
		s->fd = open(s->name, O_RDONLY | O_CLOEXEC);
	if (s->fd < 0)
		return fault_set(f, FAULT_INVALID, "%s cannot be opened: %s.",
				 s->name, strerror(errno));
	for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
		const char *path = ctl_option(c, kept[i].option);

		if (path)
			s->kept[i] = open_private(path);
		if (path && !s->kept[i])
			return fault_set(f, FAULT_INVALID,
					 "%s cannot be written: %s.", path,
					 strerror(errno));
	}
	return 0;
}

static int
close_files(struct file_source *s)
{
	int rc = 0;

	if (s->fd != STDIN_FILENO)
		close(s->fd);
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		rc |= s->kept[i] && fclose(s->kept[i]);
	return rc;
}

/* The name that a browser would give the file. */
static const char *
file_name(const struct file_source *s)
{
	const char *slash = strrchr(s->name, '/');
	const char *name = slash ? slash + 1 : s->name;

	return text_is_utf8(name, strlen(name)) ? name : "a file";
}

static void
print_result(const struct ctl *c, const struct import_counts *r)
{
	if (ctl_option(c, "json")) {
		printf("{\"rows\":%" PRId64 ",\"good\":%" PRId64
		       ",\"unknown\":%" PRId64 ",\"rejected\":%" PRId64
		       ",\"duplicate\":%" PRId64 "}\n",
		       r->rows, r->good, r->unknown, r->rejected, r->duplicate);
		return;
	}
	printf("%" PRId64 " row%s: %" PRId64 " contact%s, %" PRId64
	       " rejected, %" PRId64 " duplicate%s.\n",
	       r->rows, text_plural(r->rows), r->good, text_plural(r->good),
	       r->rejected, r->duplicate, text_plural(r->duplicate));
	if (r->unknown)
		printf("Contacts with a number that is not in any known "
		       "numbering plan: %" PRId64 ".\n",
		       r->unknown);
}

/* Erases the replaced list at once, whether or not a dialler runs. */
static void
sweep(struct ctl *c)
{
	struct fault ignored;
	bool left = true;

	while (left && !list_sweep(c->db, SWEEP_ROWS, &left, &ignored))
		;
}

int
campaign_import(struct ctl *c, struct fault *f)
{
	struct import_counts counts;
	struct file_source source = { .columns = 0 };
	struct import_hooks hooks = { .read = read_source,
				      .row = keep_row,
				      .arg = &source };
	struct actor who;
	int64_t id;
	int rc;

	if (ctl_campaign_arg(c, 0, &id, f) || ctl_actor(c, id, &who, f) ||
	    open_files(c, &source, f))
		return -1;
	rc = contacts_import(c->db, &who, id, file_name(&source), &hooks,
			     &counts, f);
	if (close_files(&source) && !rc)
		rc = fault_set(f, FAULT_BROKEN,
			       "The contacts are stored, but the file of "
			       "rejected rows is incomplete.");
	sweep(c);
	if (rc)
		return -1;
	list_invalidate(c->redis, who.workspace_id);
	print_result(c, &counts);
	return CTL_DONE;
}
