/* A settings file, good and bad. */
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/conf.h"
#include "base/fault.h"
#include "base/field.h"
#include "tests/tap.h"
#include "tests/temp.h"

struct config {
	int64_t workers;
	const char *socket;
	bool loud;
};

#define NO_TEXT(line)  \
	", line " line \
	": The line must be text in UTF-8 without control characters."

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(config, workers), .min = 1, .max = 64, .def = "4",
	  .label = "Web workers" },
	{ FIELD(config, socket), .min = 1, .max = 500, .label = "Socket" },
	{ FIELD(config, loud), .def = "no" },
};

#define TEN "0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

/* "" is a good file; else what follows the file's name. */
static const struct {
	const char *what, *text, *want;
} cases[] = {
	{ "the least", "socket = /run/x\n", "" },
	{ "all", "workers=8\nsocket: /run/x\nloud = yes\n", "" },
	{ "no last newline", "socket = /run/x", "" },
	{ "CRLF", "socket = /run/x\r\nworkers = 8\r\n", "" },
	{ "byte-order mark", "\xef\xbb\xbfsocket = /run/x\n", "" },
	{ "comments", "# a\n; b\n  # c\n\n\t\nsocket = /run/x ; d\n", "" },
	{ "long comment", "#" HUNDRED HUNDRED HUNDRED "\nsocket = /run/x\n", "" },
	{ "indented", "socket = /run/x\n  workers = 8\n", "" },
	{ "nothing", "", ": the setting “socket” is missing: Socket must have 1 to 500 characters." },
	{ "out of range", "socket = /run/x\n\nworkers = 65\n",
	  ", line 3: workers: Web workers must be a whole number from 1 to 64." },
	{ "no number", "workers = four\n",
	  ", line 1: workers: Web workers must be a whole number from 1 to 64." },
	{ "empty", "socket =\n", ", line 1: socket: Socket must have 1 to 500 characters." },
	{ "unknown", "socket = /run/x\nworker = 3\n",
	  ", line 2: There is no setting “worker”; the nearest is “workers”." },
	{ "far from any", "socket = /run/x\nxyzzy = 3\n",
	  ", line 2: There is no setting “xyzzy”." },
	{ "twice", "workers = 3\nsocket = /run/x\nworkers = 3\n",
	  ", line 3: “workers” is already set in line 1." },
	{ "section", "[web]\nsocket = /run/x\n", ", line 2: Sections such as [web] are not allowed." },
	{ "no value", "socket = /run/x\nworkers\n", ", line 2: Every line must be “key = value”." },
	{ "the first of two", "workers = 0\nwhat\n",
	  ", line 1: workers: Web workers must be a whole number from 1 to 64." },
	{ "the first of two others", "what\nworkers = 0\n",
	  ", line 1: Every line must be “key = value”." },
	{ "long line", "socket = /" HUNDRED HUNDRED "\n", ", line 1: The line is longer than 199 bytes." },
	{ "broken UTF-8", "socket = /run/x\nloud = \xff\n", NO_TEXT("2") },
	{ "broken UTF-8 in a key", "\xff = 1\n", NO_TEXT("1") },
	{ "control character", "socket = \x1b[m\n", NO_TEXT("1") },
};
/* clang-format on */

static const struct record record = RECORD(fields);
static char path[TEMP_MAX];

static void
write_file(const char *text, size_t len)
{
	FILE *file = fopen(path, "w");

	if (!file || fwrite(text, 1, len, file) != len || fclose(file))
		exit(1);
}

static void
try(const char *what, const char *want, struct arena *a)
{
	struct config c = { 77, "before", true };
	struct fault f = { 0 };

	if (!*want) {
		is_int(conf_read(path, &record, &c, a, &f), 0, what);
		is_str(c.socket, "/run/x", "its value is read");
		return;
	}
	is_int(conf_read(path, &record, &c, a, &f), -1, what);
	is_str(f.text, arena_printf(a, "%s%s", path, want), "says where");
	is_int(f.code, FAULT_INVALID, "invalid");
	is_int(c.workers, 77, "and the settings stay as they were");
}

int
main(void)
{
	struct arena *a = arena_new();
	struct config c = { 0 };
	struct fault f = { 0 };

	close(mkstemp(temp_template(path, "conf")));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		write_file(cases[i].text, strlen(cases[i].text));
		try(cases[i].what, cases[i].want, a);
	}
	write_file("socket = /run/x\0\n", 17);
	try("NUL", NO_TEXT("1"), a);

	write_file("socket = /run/x\nloud = yes\n", 27);
	is_int(conf_read(path, &record, &c, a, &f), 0, "a short file");
	is_int(c.workers, 4, "the default of what is not in it");
	ok(c.loud, "the value of what is");
	unlink(path);
	try("absent", " cannot be read: No such file or directory.", a);
	is_int(conf_read("/", &record, &c, a, &f), -1, "a directory");
	is_str(f.text, "/ cannot be read: Is a directory.", "says so");
	arena_free(a);
	return tap_done();
}
