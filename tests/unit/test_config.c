/* The settings of the installation: defaults, a file, a bad file. */
#include <stdlib.h>
#include <unistd.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "tests/tap.h"
#include "tests/temp.h"

static const char *
write_file(struct arena *a, const char *text)
{
	char *path = temp_template(arena_alloc(a, TEMP_MAX), "config");
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		return NULL;
	close(fd);
	return path;
}

int
main(void)
{
	struct arena *a = arena_new();
	struct config c = { 0 };
	struct fault f = { 0 };
	const char *good = write_file(a, "mariadb_database = other\n"
					 "web_threads = 4\n");
	const char *bad = write_file(a, "web_threads = 99\n");

	for (size_t i = 0; i < config_record.count; i++) {
		ok(config_record.fields[i].help && config_record.fields[i].def,
		   config_record.fields[i].name);
	}
	is_int(config_read(good, &c, a, &f), 0, "a file is read");
	is_str(c.mariadb_database, "other", "a text is read from the file");
	is_int(c.web_threads, 4, "a number is read from the file");
	is_int(c.web_processes, 2,
	       "a setting that is not in the file has its default");
	ok(*c.node_name, "a node has a name");
	is_str(c.search_dir, "/run/outdial/search",
	       "indexes lie beside the socket");
	is_int(config_read(bad, &c, a, &f), -1, "a bad file is refused");
	ok(strstr(f.text, "line 1") && strstr(f.text, "from 1 to 16"),
	   "the fault names the line and the limits");
	is_int(config_read("/nowhere", &c, a, &f), -1,
	       "a missing file is refused");

	setenv("OUTDIAL_CONFIG", "/from/environment", 1);
	is_str(config_path(NULL), "/from/environment",
	       "the environment names the file");
	is_str(config_path("/given"), "/given",
	       "the command line overrides the environment");
	unsetenv("OUTDIAL_CONFIG");
	is_str(config_path(NULL), "/etc/outdial/outdial.conf",
	       "the file has a default path");
	unlink(good);
	unlink(bad);
	arena_free(a);
	return tap_done();
}
