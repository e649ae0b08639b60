/*
 * file_source.h - a CSV file, or standard input, that a command imports, and
 * the files of rejected and duplicate rows that its options --rejects and
 * --duplicates ask for.
 */
#ifndef CTL_FILE_SOURCE_H
#define CTL_FILE_SOURCE_H

#include <stddef.h>
#include <stdio.h>

#include "contacts/import.h"

struct ctl;
struct fault;

#define FILE_SOURCE_KEPT 2

struct file_source {
	int fd;
	const char *name;
	FILE *kept[FILE_SOURCE_KEPT]; /* NULL: not asked for */
	size_t columns;
};

/* "-" is standard input.  FAULT_INVALID: a file cannot be opened. */
int file_source_open(struct ctl *c, const char *path, struct file_source *s,
		     struct fault *f);

/* Not 0: a file of rows is incomplete. */
int file_source_close(struct file_source *s);

/* The name that a browser would give the file. */
const char *file_source_name(const struct file_source *s);

/* 'read' and 'row', which lasts as long as the source. */
struct import_hooks file_source_hooks(struct file_source *s);

#endif
