/* Tries a fuzz target on every file of its corpus, and on their beginnings. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/tap.h"

/* Cut short at every byte: a copy, so that reading beyond its end is seen. */
static void
try_all(const uint8_t *data, size_t size)
{
	for (size_t n = 0; n <= size; n++) {
		uint8_t *copy = malloc(n ? n : 1);

		if (!copy)
			abort();
		memcpy(copy, data, n);
		LLVMFuzzerTestOneInput(copy, n);
		free(copy);
	}
}

static void
try_file(const char *name)
{
	static uint8_t data[64 * 1024];
	char path[1024];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", CORPUS, name);
	file = fopen(path, "rb");
	if (!file) {
		ok(false, path);
		return;
	}
	try_all(data, fread(data, 1, sizeof(data), file));
	fclose(file);
	ok(true, name);
}

int
main(void)
{
	DIR *dir = opendir(CORPUS);
	struct dirent *entry;
	int before = tap_count;

	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] != '.')
			try_file(entry->d_name);
	}
	if (dir)
		closedir(dir);
	ok(tap_count > before, "the corpus has files");
	return tap_done();
}
