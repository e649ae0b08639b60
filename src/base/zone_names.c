/* Which time zones people may choose from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/zone.h"

#define TABLE "/usr/share/zoneinfo/zone.tab"
#define LINE_MAX_BYTES 500
#define ZONES_MOST 1000

/* The third column of a line that is no comment; NULL: there is none. */
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
