/*
 * The files of the index: whatever happens to one, to whoever makes it, or to
 * the disk, the list is right.
 */
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "tests/listing/index_bed.h"

/* A child whose files may not grow dies of it, or is told. */
static int
build_in_child(bool dies)
{
	struct rlimit small = { 4096, 4096 };
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		struct search_index *own = search_index_new(bed_dir, &w.conf);
		struct db *db = world_connect(&w);

		signal(SIGXFSZ, dies ? SIG_DFL : SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &small);
		setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
		_exit(search_index_build(own, db, w.who.workspace_id, &f) ? 1
									  : 0);
	}
	waitpid(pid, &status, 0);
	return status;
}

static bool
is_there(const char *name)
{
	struct stat st;

	return stat(arena_printf(w.a, "%s/%s", bed_dir, name), &st) == 0;
}

static void
check_builders(void)
{
	int64_t misses = search_index_stats(bed_index).misses;

	ok(WIFSIGNALED(build_in_child(true)),
	   "a builder is killed when its file may not grow");
	ok(is_there("campaigns-1.new"), "a killed builder leaves half a file");
	ok(agree_on_all(), "the former file still agrees with SQL");
	fine(search_index_build(bed_index, w.db, w.who.workspace_id, &f),
	     "another builder succeeds after one was killed");
	ok(!is_there("campaigns-1.new"),
	   "the half file is gone after the next build");
	ok(WEXITSTATUS(build_in_child(false)) == 1,
	   "a builder fails when the disk is full");
	ok(!is_there("campaigns-1.new"), "a failed builder leaves no file");
	ok(agree_on_all(), "the index agrees with SQL after a failed build");
	is_int(search_index_stats(bed_index).misses, misses,
	       "no query was left to SQL meanwhile");
}

/* The file with a change in it: a length, or a byte at a place. */
static void
damage(long at, long length)
{
	const char *path = arena_printf(w.a, "%s/campaigns-1", bed_dir);
	const char *copy = arena_printf(w.a, "%s/copy", bed_dir);
	FILE *from = fopen(path, "rb"), *to = fopen(copy, "wb");
	int c;

	for (long i = 0; i != length && (c = getc(from)) != EOF; i++)
		putc(i == at ? c ^ 0x10 : c, to);
	fclose(from);
	fclose(to);
	rename(copy, path);
}

static void
check_damage(void)
{
	/* clang-format off */
	static const struct {
		const char *what;
		long at, length;
	} cases[] = {
		{ "an empty file is not used", -1, 0 },
		{ "a file shorter than a head is not used", -1, 20 },
		{ "a file with a head alone is not used", -1, 72 },
		{ "half a file is not used", -1, 3000 },
		{ "a file of another kind is not used", 3, -1 },
		{ "a file of another workspace is not used", 16, -1 },
		{ "a file with too great a length is not used", 45, -1 },
		{ "a file with a wrong letter is not used", 90, -1 },
		{ "a file with a wrong byte further on is not used", 4000, -1 },
	};
	/* clang-format on */

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct search_index *mine = bed_index;

		damage(cases[i].at, cases[i].length);
		bed_index = search_index_new(bed_dir, &w.conf);
		ok(agree_on_all() && search_index_stats(bed_index).looks == 0,
		   cases[i].what);
		world_need(
			search_index_build(bed_index, w.db, w.who.workspace_id, &f),
			"build");
		ok(agree_on_all() && search_index_stats(bed_index).looks > 0,
		   "a file that is built again is used");
		search_index_free(bed_index);
		bed_index = mine;
	}
}

/* Another installation's file, or one of before a database was made anew. */
static void
check_foreign(void)
{
	int64_t looks = search_index_stats(bed_index).looks;

	world_sql(&w, "UPDATE workspace SET created_at ="
		      " created_at + INTERVAL 1 SECOND");
	ok(agree_on_all(),
	   "the index agrees with SQL in a workspace made anew");
	ok(!is_there("campaigns-1"),
	   "a file of the former workspace is removed");
	is_int(search_index_stats(bed_index).looks, looks,
	       "a file of the former workspace is not used");
	world_need(search_index_build(bed_index, w.db, w.who.workspace_id, &f),
		   "build");
}

static void
check_no_place(void)
{
	struct search_index *mine = bed_index;

	bed_index = search_index_new("/proc/no/place", &w.conf);
	ok(search_index_build(bed_index, w.db, w.who.workspace_id, &f) == -1,
	   "no index is built where no file can be made");
	ok(agree_on_all(), "SQL answers where no index can be built");
	search_index_free(bed_index);
	bed_index = mine;
}

int
main(void)
{
	world_open(&w);
	bed_fill(CAMPAIGNS);
	search_index_open();
	check_builders();
	check_damage();
	check_foreign();
	check_no_place();
	search_index_shut();
	return world_close(&w);
}
