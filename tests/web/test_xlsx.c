/* Workbooks: sheets that are full, texts of any kind, a disk that is full. */
#include "web/export/xlsx_book.h"

#include <dirent.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/zone.h"
#include "tests/tap.h"

static const struct file_column columns[] = {
	{ "phone_number", CELL_PHONE },
	{ "name", CELL_TEXT },
	{ "calls", CELL_INT },
	{ "seconds", CELL_SECONDS },
	{ "at", CELL_TIME },
};

static struct xlsx_table
table(int64_t rows_most)
{
	const char *dir = getenv("TMPDIR");

	return (struct xlsx_table){ .sheet = "Attempts",
				    .columns = columns,
				    .count = ARRAY_LEN(columns),
				    .rows_most = rows_most,
				    .dir = dir ? dir : "/tmp",
				    .zone = zone_utc() };
}

/* What a reader of its own finds in the file. */
static const char *
sheets_of(int fd)
{
	static char out[32768];
	char program[] = "/usr/bin/python3", sheet[] = SHEET, path[32];
	char *const argv[] = { program, sheet, path, NULL };
	posix_spawn_file_actions_t redirect;
	int pipes[2];
	size_t n = 0;
	ssize_t got;
	pid_t pid;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", getpid(), fd);
	posix_spawn_file_actions_init(&redirect);
	if (pipe(pipes) ||
	    posix_spawn_file_actions_adddup2(&redirect, pipes[1], 1) ||
	    posix_spawn_file_actions_addclose(&redirect, pipes[0]) ||
	    posix_spawn(&pid, program, &redirect, NULL, argv, environ)) {
		printf("Bail out! python3 cannot be run.\n");
		exit(1);
	}
	close(pipes[1]);
	while ((got = read(pipes[0], out + n, sizeof(out) - 1 - n)) > 0)
		n += (size_t)got;
	out[n] = '\0';
	waitpid(pid, NULL, 0);
	close(pipes[0]);
	close(fd);
	posix_spawn_file_actions_destroy(&redirect);
	return out;
}

static int
add(struct xlsx_book *b, const char *phone, const char *name, int64_t n,
    struct fault *f)
{
	const struct file_cell row[] = { { .text = phone },
					 { .text = name },
					 { .n = n },
					 { .n = n * 1500 },
					 { .n = n * 86400000000 } };

	return xlsx_row(b, row, f);
}

#define HEAD                                                            \
	"[\"phone_number\", \"name\", \"calls\", \"seconds\", \"at\", " \
	"\"at_date\"]"

static void
test_sheets(void)
{
	struct xlsx_table t = table(3);
	struct xlsx_book *b;
	struct fault f;
	int fd = -1;

	ok(!xlsx_open(&t, &b, &f), "a workbook is opened");
	ok(!add(b, "4930", "a", 1, &f) && !add(b, "", "=1+1", -1, &f) &&
		   !add(b, NULL, " <é> & \x01 ", 0, &f),
	   "and takes rows");
	ok(!xlsx_finish(b, &fd, &f), "it is finished");
	xlsx_free(b);
	is_str(sheets_of(fd),
	       "[[\"Attempts\", [" HEAD ", [\"+4930\", \"a\", 1, 1.5, "
	       "\"1970-01-02T00:00:00.000000+00:00\", "
	       "\"date:1970-01-02T00:00:00.000\"], "
	       "[null, \"=1+1\", null, null, "
	       "\"1969-12-31T00:00:00.000000+00:00\", "
	       "\"date:1969-12-31T00:00:00.000\"]]], "
	       "[\"Attempts 2\", [" HEAD
	       ", [null, \" <\\u00e9> & _x0001_ \", 0, 0, null, null]]]]",
	       "a sheet that is full is followed by another");
}

#define ROWS 100
#define LAST_ROW                                 \
	"[\"+4930\", \"somebody\", 99, 148.5, "  \
	"\"1970-04-10T00:00:00.000000+00:00\", " \
	"\"date:1970-04-10T00:00:00.000\"]]]]"

/* A limit of the size of files stands for a disk that is full; it is set before
 * the rows are written, or before they are put together. */
static bool
is_made(rlim_t most, bool early, const char **sheets)
{
	struct xlsx_table t = table(40);
	struct rlimit was, less;
	struct xlsx_book *b;
	struct fault f = { .code = FAULT_NONE };
	int fd = -1, rc = 0;

	getrlimit(RLIMIT_FSIZE, &was);
	less = was;
	less.rlim_cur = most;
	if (xlsx_open(&t, &b, &f))
		return false;
	if (early)
		setrlimit(RLIMIT_FSIZE, &less);
	for (int i = 0; i < ROWS && !rc; i++)
		rc = add(b, "4930", "somebody", i, &f);
	if (!rc)
		rc = xlsx_check(b, &f);
	setrlimit(RLIMIT_FSIZE, &less);
	if (!rc)
		rc = xlsx_finish(b, &fd, &f);
	setrlimit(RLIMIT_FSIZE, &was);
	xlsx_free(b);
	if (rc && f.code != FAULT_BUSY)
		printf("Bail out! %s: %s\n", f.text, f.cause);
	*sheets = rc ? "" : sheets_of(fd);
	return !rc;
}

/* Files that this process has open, and the directory that is read. */
static int
open_files(void)
{
	DIR *d = opendir("/proc/self/fd");
	int n = 0;

	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n;
}

static void
test_full(void)
{
	int before = open_files();
	const char *sheets, *last;
	int made = 0, whole = 0, refused = 0;

	signal(SIGXFSZ, SIG_IGN);
	for (rlim_t most = 1000; made < 4; most += 1000) {
		for (int early = 0; early < 2; early++) {
			if (!is_made(most, early, &sheets)) {
				refused++;
				continue;
			}
			made++;
			last = strstr(sheets, LAST_ROW);
			whole += last && !last[strlen(LAST_ROW)];
		}
	}
	ok(refused > 20, "without room there is no file, and a fault says so");
	is_int(whole, made, "a file that is made is whole");
	is_int(open_files(), before, "no file stays open");
}

static void
test_room(void)
{
	struct xlsx_table t = table(XLSX_ROWS_MOST);
	struct xlsx_book *b;
	struct fault f;

	t.keep_free = INT64_MAX / 2;
	ok(xlsx_open(&t, &b, &f) && f.code == FAULT_BUSY,
	   "a disk on which too little is free is refused at once");
	t.keep_free = 0;
	t.dir = "/nowhere";
	ok(xlsx_open(&t, &b, &f) && f.code == FAULT_BROKEN,
	   "and so is a directory that is missing");
}

int
main(void)
{
	test_sheets();
	test_full();
	test_room();
	return tap_done();
}
