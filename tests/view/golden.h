/*
 * golden.h - every template with what fills it: the text is that of
 * golden/NAME.html, no marker is left empty by all of the examples, and none is
 * filled that does not exist.  GOLDEN=write writes the files anew; look at the
 * difference.
 */
#ifndef TESTS_VIEW_GOLDEN_H
#define TESTS_VIEW_GOLDEN_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "tests/tap.h"
#include "view/view.h"

static struct arena *arena;

/* The names of all markers that a template has, each between spaces. */
static inline void
find_markers(const char *text, struct buf *names)
{
	for (const char *p = text; (p = strstr(p, "{{")) != NULL;) {
		size_t len;

		p += 2;
		if (*p == '%' || *p == '/')
			continue;
		p += strspn(p, "#>");
		len = strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
		buf_char(names, ' ');
		buf_add(names, p, len);
		buf_char(names, ' ');
	}
}

static inline bool
has_name(const struct buf *names, const char *name, size_t len)
{
	char *sought = arena_printf(arena, " %.*s ", (int)len, name);

	return strstr(names->data, sought) != NULL;
}

/* True for a line of a dump that names a marker, after 'prefix' characters. */
static inline bool
names_marker(const char *line, size_t *prefix, size_t *len)
{
	static const char *const kinds[] = { "section ", "include-template " };

	*prefix = 0;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (strncmp(line, kinds[i], strlen(kinds[i])) == 0)
			*prefix = strlen(kinds[i]);
	}
	*len = strspn(line + *prefix, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
	return *len > 0 && line[*prefix + *len] == (*prefix ? ' ' : ':');
}

/*
 * The names that a dump shows as filled in the template itself: what an
 * included one was given stands deeper, under "include-template".
 */
static inline void
find_filled(const char *dump, struct buf *names)
{
	const char *line = strstr(dump, "\ndictionary"), *end;
	size_t inside = SIZE_MAX, prefix, len;

	for (line++; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		size_t deep = strspn(line, " ");

		if (deep > inside || !names_marker(line + deep, &prefix, &len))
			continue;
		inside = line[deep] == 'i' ? deep : SIZE_MAX;
		buf_char(names, ' ');
		buf_add(names, line + deep + prefix, len);
		buf_char(names, ' ');
	}
}

static inline void
read_file(const char *path, struct buf *out)
{
	FILE *file = fopen(path, "r");
	char part[4096];
	size_t n;

	while (file && (n = fread(part, 1, sizeof(part), file)) > 0)
		buf_add(out, part, n);
	if (file)
		fclose(file);
}

static inline void
compare(const char *name, const struct buf *got)
{
	const char *path = arena_printf(arena, GOLDEN "/%s.html", name);
	const char *mode = getenv("GOLDEN");
	struct buf want = BUF_INIT;

	if (mode && strcmp(mode, "write") == 0) {
		FILE *file = fopen(path, "w");

		if (file) {
			fwrite(got->data, 1, got->len, file);
			fclose(file);
		}
	}
	read_file(path, &want);
	is_str(got->data, want.data, name);
	buf_free(&want);
}

/* What the examples of one template have filled so far. */
static struct buf filled = BUF_INIT;

static inline void
example(const char *name, const char *tpl, fill_fn *fill, const void *data)
{
	struct buf out = BUF_INIT, dump = BUF_INIT;
	struct fault f = { 0 };

	if (!ok(view_expand(tpl, fill, data, &out, &f) == 0, tpl))
		printf("# %s\n", f.text);
	buf_char(&out, '\n'); /* files end their last line */
	compare(name, &out);
	view_dump(fill, data, &dump);
	find_filled(dump.data, &filled);
	buf_free(&out);
	buf_free(&dump);
}

/* After all examples of a template: its markers and what was filled agree. */
static inline void
agree(const char *tpl)
{
	struct buf text = BUF_INIT, markers = BUF_INIT, lost = BUF_INIT;

	read_file(arena_printf(arena, TEMPLATES "/%s", tpl), &text);
	find_markers(text.data, &markers);
	for (const char *p = markers.data; *(p += strspn(p, " "));) {
		size_t len = strcspn(p, " ");

		if (strncmp(p, "STATIC ", 7) != 0 && !has_name(&filled, p, len))
			buf_printf(&lost, "%.*s is not filled. ", (int)len, p);
		p += len;
	}
	for (const char *p = filled.data; *(p += strspn(p, " "));) {
		size_t len = strcspn(p, " ");

		if (!has_name(&markers, p, len))
			buf_printf(&lost, "%.*s is unknown. ", (int)len, p);
		p += len;
	}
	is_str(lost.data, "",
	       arena_printf(arena,
			    "the markers of %s and what fills them agree",
			    tpl));
	buf_clear(&filled);
	buf_free(&text);
	buf_free(&markers);
	buf_free(&lost);
}

#endif
