#include "base/conf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <ini.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/near.h"
#include "base/field.h"
#include "base/text.h"

struct conf_reader {
	FILE *file;
	const char *path;
	const struct record *record;
	struct arena *arena;
	struct fault *fault;
	char *line; /* the buffer of getline() */
	size_t size;
	int number; /* of the line, from 1 */
	int *seen;  /* line of each field, 0 when not yet */
	const char **values;
	int bad_line;	/* the first bad line; not 0: *fault is set */
	int read_error; /* errno */
};

static int __attribute__((format(printf, 3, 4)))
refuse(struct conf_reader *r, const char *key, const char *fmt, ...)
{
	va_list ap;

	if (!r->bad_line) {
		va_start(ap, fmt);
		fault_field(r->fault, key, "%s, line %d: %s", r->path,
			    r->number, arena_vprintf(r->arena, fmt, ap));
		va_end(ap);
		r->bad_line = r->number;
	}
	return 0; /* an error, to inih */
}

/* Messages quote keys and values, so a line may hold only printable text. */
static bool
is_text(const char *s, size_t len)
{
	if (!text_is_utf8(s, len))
		return false;
	for (; *s; s++) {
		if (((unsigned char)*s < ' ' && !strchr("\t\r\n", *s)) ||
		    *s == '\x7f')
			return false;
	}
	return true;
}

/*
 * Reads one line for inih, which does not tell the line number, splits a line
 * longer than its buffer, and takes an indented line as a continuation of the
 * value before it.
 */
static char *
next_line(char *out, int room, void *arg)
{
	struct conf_reader *r = arg;
	ssize_t len;
	char *s;

	errno = 0;
	len = getline(&r->line, &r->size, r->file);
	if (len < 0) {
		r->read_error = ferror(r->file) ? errno : 0;
		return NULL;
	}
	r->number++;
	s = r->line + strspn(r->line, " \t");
	if (!is_text(r->line, (size_t)len))
		refuse(r, "",
		       "The line must be text in UTF-8 without control "
		       "characters.");
	else if (*s != '#' && *s != ';' && strlen(s) >= (size_t)room)
		refuse(r, "", "The line is longer than %d bytes.", room - 1);
	else if (strlen(s) < (size_t)room)
		return memcpy(out, s, strlen(s) + 1);
	return memcpy(out, "\n", 2);
}

/* Only checks the value: *base changes once the whole file is valid. */
static int
try_value(const struct conf_reader *r, const struct field *fd,
	  const char *value, struct fault *f)
{
	union {
		int64_t i;
		const char *s;
		struct wordset set;
	} scratch;
	struct field alone = *fd;

	alone.offset = 0;
	return field_set(&alone, &scratch, value, r->arena, f);
}

static int
take(void *arg, const char *section, const char *key, const char *value)
{
	struct conf_reader *r = arg;
	const struct field *fd = record_find(r->record, key);
	const char *near;
	struct fault why;
	size_t i;

	if (*section)
		return refuse(r, key, "Sections such as [%s] are not allowed.",
			      section);
	if (!fd) {
		near = near_fields(r->record, NULL, key, r->arena);
		return refuse(r, key, "There is no setting “%s”%s%s.", key,
			      *near ? "; the nearest is " : "", near);
	}
	i = (size_t)(fd - r->record->fields);
	if (r->seen[i])
		return refuse(r, key, "“%s” is already set in line %d.", key,
			      r->seen[i]);
	if (try_value(r, fd, value, &why))
		return refuse(r, key, "%s: %s", key, why.text);
	r->seen[i] = r->number;
	r->values[i] = arena_strdup(r->arena, value);
	return 1;
}

static int
check_missing(struct conf_reader *r)
{
	for (size_t i = 0; i < r->record->count; i++) {
		const struct field *fd = &r->record->fields[i];

		if (!fd->def && !r->seen[i])
			return fault_field(r->fault, fd->name,
					   "%s: the setting “%s” is missing: "
					   "%s %s.",
					   r->path, fd->name,
					   fd->label ? fd->label : "it",
					   field_allows(fd, r->arena));
	}
	return 0;
}

static int
parse(struct conf_reader *r)
{
	int bad = ini_parse_stream(next_line, r, take, r);

	if (r->read_error) {
		fault_set(r->fault, FAULT_INVALID, "%s cannot be read: %s.",
			  r->path, strerror(r->read_error));
		return -1;
	}
	/* For a line without "=" inih reports only its number. */
	if (bad > 0 && (!r->bad_line || bad < r->bad_line)) {
		r->bad_line = 0;
		r->number = bad;
		refuse(r, "", "Every line must be “key = value”.");
	}
	return r->bad_line ? -1 : check_missing(r);
}

/* Refuses secrets in a file that other users can read. */
static int
check_hidden(const struct conf_reader *r)
{
	struct stat st;

	if (fstat(fileno(r->file), &st) || !(st.st_mode & S_IROTH))
		return 0;
	for (size_t i = 0; i < r->record->count; i++) {
		if (r->record->fields[i].shape == SHAPE_SECRET && r->seen[i] &&
		    *r->values[i])
			return fault_field(
				r->fault, r->record->fields[i].name,
				"%s holds a password, and everybody on this "
				"machine can read it. Run “chmod o= %s”.",
				r->path, r->path);
	}
	return 0;
}

static void
apply(const struct conf_reader *r, void *base)
{
	struct fault f;

	record_defaults(r->record, base, r->arena);
	for (size_t i = 0; i < r->record->count; i++) {
		if (r->seen[i])
			field_set(&r->record->fields[i], base, r->values[i],
				  r->arena, &f);
	}
}

int
conf_read(const char *path, const struct record *record, void *base,
	  struct arena *a, struct fault *f)
{
	struct conf_reader r = {
		.path = path, .record = record, .arena = a, .fault = f
	};
	int got;

	r.file = fopen(path, "re");
	if (!r.file)
		return fault_set(f, FAULT_INVALID, "%s cannot be read: %s.",
				 path, strerror(errno));
	r.seen = ARENA_ARRAY(a, record->count, int);
	r.values = ARENA_ARRAY(a, record->count, const char *);
	got = parse(&r) || check_hidden(&r) ? -1 : 0;
	if (!got)
		apply(&r, base);
	free(r.line);
	fclose(r.file);
	return got;
}
