/* Lists the time zones that people choose from, and reads their names. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/zone.h"

#define ROOT "/usr/share/zoneinfo"
#define TABLE ROOT "/zone.tab"
#define LINE_MAX_BYTES 500
#define ZONES_MOST 1000

/* The third column of a line that is not a comment; NULL: there is none. */
static char *
name_in(char *line)
{
	char *at = line, *end;

	if (*line == '#')
		return NULL;
	for (int i = 0; i < 2; i++) {
		at = strchr(at, '\t');
		if (!at++)
			return NULL;
	}
	end = at + strcspn(at, "\t\r\n");
	*end = '\0';
	return *at ? at : NULL;
}

static int
compare(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

const char *const *
zone_names(size_t *count, struct arena *a)
{
	const char **names = ARENA_ARRAY(a, ZONES_MOST, const char *);
	FILE *table = fopen(TABLE, "re");
	char line[LINE_MAX_BYTES], *name;
	size_t n = 0;

	names[n++] = "UTC";
	while (table && n < ZONES_MOST && fgets(line, sizeof(line), table)) {
		name = name_in(line);
		if (name)
			names[n++] = arena_strdup(a, name);
	}
	if (table)
		fclose(table);
	qsort(names, n, sizeof(*names), compare);
	*count = n;
	return names;
}

/* The entry of a directory named 'word' in any case; NULL: there is none. */
static const char *
entry_of(const char *path, const char *word, struct arena *a)
{
	DIR *dir = opendir(path);
	const char *found = NULL;
	struct dirent *e;

	while (dir && !found && (e = readdir(dir))) {
		if (*word != '.' && !strcasecmp(e->d_name, word))
			found = arena_strdup(a, e->d_name);
	}
	if (dir)
		closedir(dir);
	return found;
}

const char *
zone_name(const char *text, struct arena *a)
{
	char *rest = arena_strdup(a, text), *word;
	const char *path = ROOT, *entry;

	if (zone_exists(text))
		return text;
	for (char *s = rest; *s; s++) {
		if (*s == ' ')
			*s = '_';
	}
	while ((word = strsep(&rest, "/"))) {
		entry = entry_of(path, word, a);
		if (!entry)
			return NULL;
		path = arena_printf(a, "%s/%s", path, entry);
	}
	path += sizeof(ROOT);
	return zone_exists(path) ? path : NULL;
}
