#include "store/script.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/secret.h"

static int
is_script(const struct dirent *d)
{
	const char *n = d->d_name, *dot = strrchr(n, '.');

	return isdigit((unsigned char)n[0]) && isdigit((unsigned char)n[1]) &&
	       isdigit((unsigned char)n[2]) && n[3] == '-' && dot &&
	       strcmp(dot, ".sql") == 0;
}

static int
read_file(const char *path, struct buf *out, struct fault *f)
{
	FILE *file = fopen(path, "r");
	size_t got;
	int bad;

	if (!file) {
		fault_set(f, FAULT_INVALID, "%s cannot be read.", path);
		return fault_cause(f, "%s", strerror(errno));
	}
	do {
		got = fread(buf_room(out, 65536), 1, 65536, file);
		out->len += got;
	} while (got > 0);
	out->data[out->len] = '\0';
	bad = ferror(file);
	fclose(file);
	return bad ? fault_set(f, FAULT_INVALID, "%s cannot be read.", path)
		   : 0;
}

/* Skips blank lines and comment lines. */
static char *
skip_comments(char *s)
{
	for (;;) {
		s += strspn(s, " \t\r\n");
		if (strncmp(s, "--", 2) != 0)
			return s;
		s += strcspn(s, "\n");
	}
}

/* The first ';' at a line end, at or after 's'. */
static char *
find_end(char *s)
{
	for (; (s = strchr(s, ';')) != NULL; s++) {
		size_t blank = strspn(s + 1, " \t\r");

		if (s[1 + blank] == '\n' || s[1 + blank] == '\0')
			return s;
	}
	return NULL;
}

static int
split(struct script *s, char *text, struct arena *a, struct fault *f)
{
	size_t room = 1;

	for (char *end = text; (end = find_end(end)) != NULL; end++)
		room++;
	s->statements = ARENA_ARRAY(a, room, const char *);
	for (text = skip_comments(text); *text; text = skip_comments(text)) {
		char *end = find_end(text);

		if (!end)
			return fault_set(
				f, FAULT_INVALID,
				"%s: its last statement does not end with “;”.",
				s->name);
		*end = '\0';
		s->statements[s->count++] = text;
		text = end + 1;
	}
	if (s->count == 0)
		return fault_set(f, FAULT_INVALID, "%s has no statement.",
				 s->name);
	return 0;
}

static int
read_script(const char *dir, struct script *s, struct arena *a, struct fault *f)
{
	struct buf text = BUF_INIT;
	int rc = read_file(arena_printf(a, "%s/%s", dir, s->name), &text, f);

	if (rc == 0)
		rc = split(s, arena_memdup(a, text.data, text.len), a, f);
	buf_free(&text);
	return rc;
}

static int
check_numbers(const struct script *all, size_t n, struct fault *f)
{
	if (n == 0)
		return fault_set(f, FAULT_INVALID,
				 "There is no NNN-name.sql in this directory.");
	for (size_t i = 1; i < n; i++) {
		if (strncmp(all[i - 1].name, all[i].name, 3) == 0)
			return fault_set(f, FAULT_INVALID,
					 "%s and %s have the same number.",
					 all[i - 1].name, all[i].name);
	}
	return 0;
}

int
scripts_read(const char *dir, struct arena *a, struct script **out,
	     size_t *count, struct fault *f)
{
	struct dirent **found;
	int n = scandir(dir, &found, is_script, alphasort), rc;
	struct script *all;

	if (n < 0) {
		fault_set(f, FAULT_INVALID, "Directory %s cannot be read.",
			  dir);
		return fault_cause(f, "%s", strerror(errno));
	}
	all = ARENA_ARRAY(a, (size_t)n + 1, struct script);
	for (int i = 0; i < n; i++) {
		all[i].name = arena_strdup(a, found[i]->d_name);
		free(found[i]);
	}
	free(found);
	rc = check_numbers(all, (size_t)n, f);
	for (int i = 0; i < n && rc == 0; i++)
		rc = read_script(dir, &all[i], a, f);
	if (rc)
		return -1;
	*out = all;
	*count = (size_t)n;
	return 0;
}

void
script_digest(const struct script *s, int n, uint8_t out[static SCRIPT_DIGEST])
{
	struct buf text = BUF_INIT;

	for (int i = 0; i < n; i++) {
		/* With the NUL, so that different splits differ. */
		buf_add(&text, s->statements[i], strlen(s->statements[i]) + 1);
	}
	secret_digest(text.data, text.len, out);
	buf_free(&text);
}
