/* A settings file is taken whole and within its limits, or not at all. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/conf.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"

struct config {
	int64_t workers, opens;
	const char *socket, *zone;
	bool loud;
	unsigned mode;
	struct wordset days;
};

static const char *const words[] = { "mon", "tue", "wed", NULL };

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(config, workers), .min = 1, .max = 64, .def = "4" },
	{ FIELD(config, opens), .shape = SHAPE_CLOCK, .def = "09:00" },
	{ FIELD(config, socket), .min = 1, .max = 10, .def = "x" },
	{ FIELD(config, zone), .shape = SHAPE_ZONE, .def = "UTC" },
	{ FIELD(config, loud), .def = "no" },
	{ FIELD(config, mode), .words = words, .def = "mon" },
	{ FIELD(config, days), .words = words, .min = 1, .def = "tue" },
};
/* clang-format on */
static const struct record record = RECORD(fields);

static void
read_file(const char *path, struct arena *a)
{
	struct config c, before;
	struct fault f = { 0 };

	memset(&c, 0x55, sizeof(c));
	memcpy(&before, &c, sizeof(c));
	if (conf_read(path, &record, &c, a, &f)) {
		MUST(!memcmp(&c, &before, sizeof(c)));
		MUST(f.code == FAULT_INVALID);
		MUST(text_is_utf8(f.text, strlen(f.text)) && f.text[0]);
		return;
	}
	for (size_t i = 0; i < record.count; i++)
		MUST(!field_check(&fields[i], &c, &f));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	int fd = memfd_create("conf", 0);

	MUST(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	read_file(arena_printf(a, "/proc/self/fd/%d", fd), a);
	close(fd);
	arena_free(a);
	return 0;
}
