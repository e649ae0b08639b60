/* Files of many rows: what they become, how much memory they take, and that
 * they give way to others. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/resource.h>

#include "campaign/campaign_import.h"
#include "contacts/upload.h"
#include "tests/lib/world.h"

static struct world w;

/* Rows that are made as they are asked for. */
struct factory {
	int64_t at, rows;
};

static int
import_from(int64_t id, int64_t (*read)(void *, char *, size_t, struct fault *),
	    struct factory *t, struct import_counts *out)
{
	struct import_hooks h = { .read = read, .arg = t };

	f = (struct fault){ 0 };
	return contacts_import(w.db, &w.who, id, "large.csv", &h, out, &f);
}

static int64_t
contacts_of(int64_t id)
{
	struct campaign c = { 0 };

	world_need(campaign_load(w.db, w.who.workspace_id, id, &c, w.a, &f),
		   "load");
	return c.fig.total;
}

static int64_t
make_rows(void *arg, char *out, size_t size, struct fault *why)
{
	struct factory *t = arg;
	size_t n = 0;

	(void)why;
	if (t->at == 0)
		n += (size_t)snprintf(out, size, "phone_number,name,city\n");
	while (t->at < t->rows && size - n > 100) {
		n += (size_t)snprintf(out + n, size - n,
				      "+4479%08lld,Name %lld,\"City, %lld\"\n",
				      (long long)t->at, (long long)t->at,
				      (long long)t->at % 100);
		t->at++;
	}
	return (int64_t)n;
}

static void
check_memory(void)
{
	struct factory t = { .rows = 100000 };
	struct import_counts r = { 0 };
	int64_t id = world_draft(&w, "Big", 0);
	struct rusage use;

	fine(import_from(id, make_rows, &t, &r),
	     "a file of 100,000 rows is imported");
	is_int(r.good, 100000, "every one of the 100,000 rows is good");
	is_int(contacts_of(id), 100000,
	       "every row is a contact of the campaign");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM contact c JOIN segment s"
			 " USING (list_id) WHERE s.campaign_id = %lld AND"
			 " phone = 447900000000 + line - 2 AND"
			 " ordinal = line - 1",
			 (long long)id),
	       100000, "the contacts are in the order of the file");
	getrusage(RUSAGE_SELF, &use);
	printf("# %ld KB at most\n", use.ru_maxrss);
#ifndef SANITIZED
	ok(use.ru_maxrss < 64L * 1024,
	   "the import takes less than 64 MB of memory");
#endif
}

static atomic_bool hog_ends;

static void *
hog(void *nothing)
{
	while (!atomic_load(&hog_ends))
		sched_yield();
	return nothing;
}

/* Imports 12,345 rows; how many statements stored them. */
static int64_t
inserts_of_import(const char *what)
{
	struct factory t = { .rows = 12345 };
	struct import_counts r = { 0 };
	int64_t id = world_draft(&w, what, 0);
	const char *count = "SELECT VARIABLE_VALUE FROM"
			    " information_schema.GLOBAL_STATUS"
			    " WHERE VARIABLE_NAME = 'COM_INSERT'";
	int64_t before = world_int(&w, "%s", count);

	fine(import_from(id, make_rows, &t, &r), what);
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM contact c JOIN segment s"
			 " USING (list_id) WHERE s.campaign_id = %lld AND"
			 " ordinal = line - 1 AND ordinal <= 12345",
			 (long long)id),
	       12345, "every row of the file is stored once");
	return world_int(&w, "%s", count) - before;
}

/* With real-time priority, whatever this thread has met in its life. */
static void
check_no_crowd(void)
{
	struct sched_param first = { .sched_priority = 1 }, usual = { 0 };
	int64_t calm;

	if (sched_setscheduler(0, SCHED_FIFO, &first)) {
		printf("# no right to come before others\n");
		return;
	}
	calm = inserts_of_import("before everybody");
	sched_setscheduler(0, SCHED_OTHER, &usual);
	printf("# %lld statements\n", (long long)calm);
	ok(calm < 50, "an import without a crowd uses few long statements");
}

/* Another thread on the same processor: statements are short then. */
static void
check_crowd(void)
{
	cpu_set_t all, one;
	pthread_t other;
	int64_t crowded;

	sched_getaffinity(0, sizeof(all), &all);
	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	sched_setaffinity(0, sizeof(one), &one);
	pthread_create(&other, NULL, hog, NULL);
	crowded = inserts_of_import("in a crowd");
	atomic_store(&hog_ends, true);
	pthread_join(other, NULL);
	sched_setaffinity(0, sizeof(all), &all);
	printf("# %lld statements in a crowd\n", (long long)crowded);
	ok(crowded > 100, "an import in a crowd uses many short statements");
}

/* One number again and again: as many rows as a file may have, or one more. */
static int64_t
repeat_row(void *arg, char *out, size_t size, struct fault *why)
{
	static const char row[] = "+447911123456\n";
	struct factory *t = arg;
	size_t n = 0;

	(void)why;
	if (t->at == 0)
		n += (size_t)snprintf(out, size, "phone_number\n");
	for (; t->at < t->rows && size - n > sizeof(row); t->at++) {
		memcpy(out + n, row, sizeof(row) - 1);
		n += sizeof(row) - 1;
	}
	return (int64_t)n;
}

static void
check_same_number(void)
{
	struct factory all = { .rows = 5000000 }, more = { .rows = 5000001 };
	int64_t id = world_draft(&w, "Same", 0);
	struct import_counts r = { 0 };
	struct rusage use;

	fine(import_from(id, repeat_row, &all, &r),
	     "a file with one number 5,000,000 times is imported");
	ok(r.rows == 5000000 && r.good == 1 && r.duplicate == 4999999,
	   "one row is good and all others are duplicates");
	is_int(contacts_of(id), 1,
	       "the repeated number is one contact of the campaign");
	getrusage(RUSAGE_SELF, &use);
	printf("# %ld KB at most\n", use.ru_maxrss);
#ifndef SANITIZED
	ok(use.ru_maxrss < 48L * 1024,
	   "the import takes less than 48 MB of memory");
#endif
	ok(import_from(id, repeat_row, &more, &r) == -1 &&
		   f.code == FAULT_INVALID,
	   "a file of more than 5,000,000 rows is refused");
	is_str(f.text,
	       "Line 5000002: a file may have at most 5,000,000 rows. Split it "
	       "into smaller files.",
	       "the fault gives the line and the limit of rows");
	is_int(contacts_of(id), 1,
	       "a refused file leaves the contacts as they were");
}

int
main(void)
{
	world_open(&w);
	check_same_number();
	check_memory();
	check_crowd();
	check_no_crowd();
	return world_close(&w);
}
