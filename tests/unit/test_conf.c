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
	{ "a file with only the required setting is read",
	  "socket = /run/x\n", "" },
	{ "a file with every setting is read",
	  "workers=8\nsocket: /run/x\nloud = yes\n", "" },
	{ "the last line needs no newline", "socket = /run/x", "" },
	{ "lines may end with CR LF",
	  "socket = /run/x\r\nworkers = 8\r\n", "" },
	{ "a byte-order mark is skipped", "\xef\xbb\xbfsocket = /run/x\n", "" },
	{ "comments and blank lines are skipped",
	  "# a\n; b\n  # c\n\n\t\nsocket = /run/x ; d\n", "" },
	{ "a comment may be long",
	  "#" HUNDRED HUNDRED HUNDRED "\nsocket = /run/x\n", "" },
	{ "lines may be indented", "socket = /run/x\n  workers = 8\n", "" },
	{ "a file without a required setting is refused",
	  "", ": the setting “socket” is missing: Socket must have 1 to 500 characters." },
	{ "a number out of range is refused",
	  "socket = /run/x\n\nworkers = 65\n",
	  ", line 3: workers: Web workers must be a whole number from 1 to 64." },
	{ "a value that is not a number is refused", "workers = four\n",
	  ", line 1: workers: Web workers must be a whole number from 1 to 64." },
	{ "an empty value is refused",
	  "socket =\n", ", line 1: socket: Socket must have 1 to 500 characters." },
	{ "an unknown setting is refused with the nearest one",
	  "socket = /run/x\nworker = 3\n",
	  ", line 2: There is no setting “worker”; the nearest is “workers”." },
	{ "an unknown setting far from any is refused",
	  "socket = /run/x\nxyzzy = 3\n",
	  ", line 2: There is no setting “xyzzy”." },
	{ "a setting that is set twice is refused",
	  "workers = 3\nsocket = /run/x\nworkers = 3\n",
	  ", line 3: “workers” is already set in line 1." },
	{ "a section is refused",
	  "[web]\nsocket = /run/x\n", ", line 2: Sections such as [web] are not allowed." },
	{ "a line without a value is refused",
	  "socket = /run/x\nworkers\n", ", line 2: Every line must be “key = value”." },
	{ "the first of two faults is reported", "workers = 0\nwhat\n",
	  ", line 1: workers: Web workers must be a whole number from 1 to 64." },
	{ "the first of two faults is reported in the other order",
	  "what\nworkers = 0\n",
	  ", line 1: Every line must be “key = value”." },
	{ "a long line is refused",
	  "socket = /" HUNDRED HUNDRED "\n", ", line 1: The line is longer than 199 bytes." },
	{ "broken UTF-8 is refused",
	  "socket = /run/x\nloud = \xff\n", NO_TEXT("2") },
	{ "broken UTF-8 in a key is refused", "\xff = 1\n", NO_TEXT("1") },
	{ "a control character is refused", "socket = \x1b[m\n", NO_TEXT("1") },
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
		is_str(c.socket, "/run/x", "the socket is read from the file");
		return;
	}
	is_int(conf_read(path, &record, &c, a, &f), -1, what);
	is_str(f.text, arena_printf(a, "%s%s", path, want),
	       "the fault says where it is");
	is_int(f.code, FAULT_INVALID, "the fault is an invalid input");
	is_int(c.workers, 77,
	       "a refused file leaves the settings as they were");
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
	try("a NUL byte is refused", NO_TEXT("1"), a);

	write_file("socket = /run/x\nloud = yes\n", 27);
	is_int(conf_read(path, &record, &c, a, &f), 0,
	       "a file without all settings is read");
	is_int(c.workers, 4,
	       "a setting that is not in the file has its default");
	ok(c.loud, "a setting in the file has its value");
	unlink(path);
	try("a missing file is refused",
	    " cannot be read: No such file or directory.", a);
	is_int(conf_read("/", &record, &c, a, &f), -1,
	       "a directory is refused");
	is_str(f.text, "/ cannot be read: Is a directory.",
	       "the fault says that it is a directory");
	arena_free(a);
	return tap_done();
}
