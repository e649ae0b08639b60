/*
 * A CSV file becomes the contacts of a draft, or nothing does: good files, bad
 * ones, files cut off, two at once, servers that fail, and the sweep.
 */
#include "base/buf.h"
#include "base/csv.h"
#include "campaign/campaign_import.h"
#include "contacts/contact_list.h"
#include "contacts/upload.h"
#include "tests/lib/world.h"

static struct world w;

/* A file in memory, given out a few bytes at a time; it may break off. */
struct source {
	const char *data;
	size_t len, at, breaks_at;
};

static int64_t
give(void *arg, char *out, size_t size, struct fault *why)
{
	struct source *s = arg;
	size_t n = s->len - s->at;

	if (s->breaks_at && s->at >= s->breaks_at)
		return fault_set(why, FAULT_INVALID, "The upload broke off.");
	if (n > 777)
		n = 777;
	if (n > size)
		n = size;
	memcpy(out, s->data + s->at, n);
	s->at += n;
	return (int64_t)n;
}

static char reasons[4000];

static void
keep_reason(void *arg, const struct csv_row *row, enum import_fate fate,
	    const char *why)
{
	size_t at = strlen(reasons);

	(void)arg;
	if (fate != IMPORT_GOOD && fate != IMPORT_DUPLICATE)
		snprintf(reasons + at, sizeof(reasons) - at, "%lld %s\n",
			 (long long)row->line, why ? why : "header");
}

/* A file that is given out by a function. */
static int
import_from(int64_t id, int64_t (*read)(void *, char *, size_t, struct fault *),
	    void *arg, struct import_counts *out)
{
	struct import_hooks h = { .read = read,
				  .row = keep_reason,
				  .arg = arg };

	f = (struct fault){ 0 };
	reasons[0] = '\0';
	return contacts_import(w.db, &w.who, id, "a.csv", &h, out, &f);
}

static int64_t
list_of(int64_t id)
{
	return world_int(&w,
			 "SELECT list_id FROM segment WHERE campaign_id = %lld"
			 " AND seg = 1",
			 (long long)id);
}

static int
import_bytes(int64_t id, const char *data, size_t len,
	     struct import_counts *out)
{
	struct source s = { .data = data, .len = len };

	return import_from(id, give, &s, out);
}

static int
import(int64_t id, const char *text, struct import_counts *out)
{
	return import_bytes(id, text, strlen(text), out);
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
all_contacts(void)
{
	return world_int(&w, "SELECT COUNT(*) FROM contact");
}

static int
sweep(void)
{
	bool left = true;
	int calls = 0;

	while (left) {
		world_need(list_sweep(w.db, 10, &left, &f), "sweep");
		calls++;
	}
	return calls;
}

/* clang-format off */
static const struct {
	const char *what, *text;
	int good, rejected, duplicate;
} good[] = {
	{ "a file of one row is good", "phone_number\n+447911123456\n", 1, 0, 0 },
	{ "a newline at the end is not needed", "phone_number\n+447911123456", 1, 0, 0 },
	{ "CRLF ends a line", "phone_number,name\r\n+447911123456,Ann\r\n+447911123457,Bob\r\n", 2, 0, 0 },
	{ "a byte-order mark is skipped", "\xef\xbb\xbfphone_number\n+447911123456\n", 1, 0, 0 },
	{ "semicolons separate columns", "phone_number;name\n+447911123456;Ann\n", 1, 0, 0 },
	{ "tabs separate columns", "name\tphone_number\nAnn\t+447911123456\n", 1, 0, 0 },
	{ "a quoted cell may hold quotes and newlines", "phone_number,note\n+447911123456,\"two\nlines, \"\"quoted\"\"\"\n", 1, 0, 0 },
	{ "national numbers are accepted", "phone_number\n07911 123456\n(020) 7946-0000\n", 2, 0, 0 },
	{ "one number in three forms is one contact", "phone_number\n+447911123456\n07911123456\n00447911123456\n", 1, 0, 2 },
	{ "rows with too few or too many cells are rejected", "phone_number,name\n+447911123456\n+447911123457,Bob,x\n+447911123458,Cy\n", 1, 2, 0 },
	{ "bad numbers are rejected", "phone_number\n12345\nabc\n\"\"\n+447911123456\n", 1, 3, 0 },
	{ "blank lines are skipped", "phone_number\n\n+447911123456\n\n", 1, 0, 0 },
	{ "a possible number of no known plan is accepted", "phone_number\n+441000000000\n+447911123456\n", 2, 0, 0 },
};

static const struct {
	const char *what, *text;
	size_t len; /* 0: strlen */
	const char *says;
} bad[] = {
	{ "an empty file is refused", "", 0, "The file is empty." },
	{ "a file of only a header is refused", "phone_number,name\n", 0, "The file has a header, but no rows." },
	{ "a file of only a header with a byte-order mark is refused", "\xef\xbb\xbfphone_number", 0, "The file has a header, but no rows." },
	{ "a file of only blank lines is refused", "\r\n\n\r", 0, "The file is empty." },
	{ "a file without a phone_number column is refused", "name,city\nAnn,York\n", 0, "there is no column “phone_number”" },
	{ "a column only similar to phone_number is refused", "Phone Number,name\n+447911123456,Ann\n", 0, "no column “phone_number”. Column 1, “Phone Number”, looks similar: rename it." },
	{ "a hidden character in a column name is refused", "phone_number\xe2\x80\x8b\n+447911123456\n", 0, "Line 1: there is a zero-width space (U+200B) in the name of column 1, “phone_number”. Remove it." },
	{ "a file without a valid row is refused", "phone_number\n1\n2\n", 0, "all 2 were rejected" },
	{ "a file with NUL bytes is refused", "phone_number\n+44791\0" "123456\n", 27, "Line 2" },
	{ "a file in UTF-16 is refused", "\xff\xfep\0h\0o\0n\0e\0", 12, "UTF-16" },
	{ "a zip file is refused", "PK\x03\x04rubbish", 11, "a ZIP archive or a spreadsheet" },
	{ "a file in Latin-1 is refused", "phone_number,name\n+447911123456,J\xfcrgen\n", 0, "Line 2" },
	{ "a quote that never ends is refused", "phone_number,name\n+447911123456,\"Ann\n", 0, "Line 2" },
};
/* clang-format on */

static void
check_good(size_t i)
{
	int64_t id = world_draft(&w, "Good", 0);
	struct import_counts r = { 0 };

	if (!fine(import(id, good[i].text, &r), good[i].what))
		return;
	ok(r.good == good[i].good && r.rejected == good[i].rejected &&
		   r.duplicate == good[i].duplicate &&
		   r.rows == r.good + r.rejected + r.duplicate,
	   "the good, rejected and duplicate rows are counted");
	is_int(contacts_of(id), good[i].good,
	       "the campaign has as many contacts as good rows");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM contact WHERE list_id ="
			 " %lld",
			 (long long)list_of(id)),
	       good[i].good, "the list has as many contacts as good rows");
}

static void
check_bad(size_t i)
{
	int64_t id = world_draft(&w, "Bad", 3), before;
	struct import_counts r = { .rows = -1 };
	size_t len = bad[i].len ? bad[i].len : strlen(bad[i].text);
	int rc;

	sweep();
	before = all_contacts();
	rc = import_bytes(id, bad[i].text, len, &r);
	ok(rc == -1 && f.code == FAULT_INVALID, bad[i].what);
	ok(strstr(f.text, bad[i].says),
	   "the fault says what is wrong with the file");
	printf("# %s\n", f.text);
	is_int(contacts_of(id), 3,
	       "a refused file leaves the contacts as they were");
	sweep();
	ok(all_contacts() == before && r.rows == -1,
	   "a refused file leaves no other contacts and no counts");
}

static void
check_rows(void)
{
	int64_t id = world_draft(&w, "Rows", 0);
	struct import_counts r = { 0 };

	world_need(import(id,
			  "first name,phone_number,note\n"
			  "\"Ann \"\"A\"\"\",+447911123456,\"a\nb\\\"\n"
			  "bad,1,\n"
			  ",+447911123457,\n"
			  ",(01534) 456789,\n"
			  ",+441000000000,\n",
			  &r),
		   "import");
	is_str(reasons,
	       "1 header\n4 The phone number must have 8 to 15 digits.\n7 The "
	       "phone number has a possible length, but is not in any known "
	       "numbering plan.\n",
	       "rejected and doubtful rows are told with line and reason");
	ok(r.good == 4 && r.unknown == 1 && r.rejected == 1,
	   "the doubtful row is imported");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM contact WHERE list_id = %lld"
			 " AND (phone, country, COALESCE(written, '-')) IN ("
			 " ('447911123456', 'GG', '-'),"
			 " ('441534456789', 'JE', '(01534) 456789'),"
			 " ('441000000000', '', '-'))",
			 (long long)list_of(id)),
	       3, "the country and the spelling of each number are stored");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM contact WHERE list_id = %lld"
			 " AND ordinal = 1 AND phone = '447911123456' AND"
			 " line = 2 AND"
			 " JSON_VALUE(vars, '$.\"first name\"') = 'Ann"
			 " \"A\"' AND JSON_VALUE(vars, '$.note') ="
			 " 'a\\nb\\\\'",
			 (long long)list_of(id)),
	       1, "the variables are stored under their headers");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM contact WHERE list_id = %lld"
			 " AND ordinal = 2 AND vars IS NULL",
			 (long long)list_of(id)),
	       1, "empty cells set no variables");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM audit WHERE campaign_id ="
			 " %lld AND action = 'import' AND"
			 " JSON_VALUE(became, '$.contacts') = 4",
			 (long long)id),
	       1, "the import is in the audit log");
}

static void
check_replace(void)
{
	int64_t id = world_draft(&w, "Replace", 50), before, clone;
	struct import_counts r = { 0 };
	sweep();
	before = all_contacts();
	fine(import(id, "phone_number\n+447911123456\n", &r),
	     "another file is imported into a draft");
	is_int(contacts_of(id), 1, "the new file replaces the old contacts");
	is_int(all_contacts(), before + 1,
	       "the old contacts are still stored before the sweep");
	ok(sweep() > 4, "the sweep erases in chunks");
	is_int(all_contacts(), before - 49,
	       "the sweep has erased the old contacts");

	world_need(campaign_clone(w.db, id, &w.who, &clone, w.a, &f), "clone");
	world_need(import(id, "phone_number\n+447911123459\n", &r), "import");
	sweep();
	is_int(contacts_of(clone), 1,
	       "a clone keeps the list it was made with");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM contact c JOIN segment s"
			 " USING (list_id) WHERE s.campaign_id = %lld",
			 (long long)clone),
	       1, "the clone's contacts are not erased");
}

static void
check_broken_upload(void)
{
	int64_t id = world_draft(&w, "Broken", 5);
	struct buf b = BUF_INIT;
	struct source s;
	struct import_counts r;

	buf_str(&b, "phone_number\n");
	for (int i = 0; i < 12000; i++)
		buf_printf(&b, "+4479%08d\n", i);
	s = (struct source){ .data = b.data,
			     .len = b.len,
			     .breaks_at = b.len - 10000 };
	is_int(import_from(id, give, &s, &r), -1,
	       "an upload that breaks off fails");
	is_str(f.text, "The upload broke off.",
	       "the fault says that the upload broke off");
	is_int(contacts_of(id), 5,
	       "a broken upload leaves the contacts as they were");
	sweep();
	is_int(world_int(&w, "SELECT COUNT(*) FROM contact_list WHERE refs ="
			     " 0"),
	       0, "a broken upload leaves no half of a list");
	is_int(world_int(&w, "SELECT COUNT(*) FROM upload WHERE state < 2"), 0,
	       "a broken upload is not left as one at work");
	buf_free(&b);
}

static void
check_refusals(void)
{
	const char *text = "phone_number\n+447911123456\n";
	int64_t id = world_campaign(&w, CAMPAIGN_PAUSED, false);
	struct import_counts r;

	ok(import(id, text, &r) == -1 && f.code == FAULT_CONFLICT,
	   "an import into a campaign that has run is refused");
	id = world_campaign(&w, CAMPAIGN_DRAFT, true);
	ok(import(id, text, &r) == -1 && f.code == FAULT_CONFLICT,
	   "an import into a prepared restart is refused");
	ok(import(1, text, &r) == -1 && f.code == FAULT_ABSENT,
	   "an import into no campaign is reported as absent");
	id = world_draft(&w, "Busy", 0);
	world_import(&w, id, 777);
	ok(import(id, text, &r) == -1 && f.code == FAULT_CONFLICT &&
		   strstr(f.text, "777 rows so far"),
	   "an import beside another is refused");
	world_sql(&w, "UPDATE upload SET beat_at = NOW(6) - INTERVAL 61"
		      " SECOND");
	fine(import(id, text, &r), "a dead import is not in the way");
	w.who.role = ROLE_VIEWER;
	ok(import(id, text, &r) == -1 && f.code == FAULT_DENIED,
	   "a viewer's import is reported as denied");
	w.who.role = ROLE_ADMIN;
	w.who.workspace_id++;
	ok(import(id, text, &r) == -1 && f.code == FAULT_ABSENT,
	   "an import into another workspace's campaign is absent");
	w.who.workspace_id--;
}

/* The campaign is started and lists are swept during an import. */
struct meddler {
	struct source s;
	int64_t id;
	int calls;
	enum fault_code start;
};

static int64_t
give_and_meddle(void *arg, char *out, size_t size, struct fault *why)
{
	struct meddler *m = arg;
	struct db *db;
	struct fault mine = { 0 };
	bool left;

	if (m->calls++ == 0) {
		db = world_connect(&w);
		campaign_apply(db, m->id, ACTION_START, -1, &w.who, w.a, &mine);
		m->start = mine.code;
		world_need(list_sweep(db, 10, &left, why), "sweep");
		db_free(db);
	}
	return give(&m->s, out, size, why);
}

static void
check_meddling(void)
{
	const char *text = "phone_number\n+447911123456\n";
	struct meddler m = { .s = { .data = text, .len = strlen(text) } };
	struct import_counts r;

	sweep();
	m.id = world_draft(&w, "Meddling", 2);
	fine(import_from(m.id, give_and_meddle, &m, &r),
	     "an import is not swept away");
	is_int(m.start, FAULT_INVALID, "a start is refused during an import");
	is_int(contacts_of(m.id), 1, "the new list is in place");
}

#define UNUSED_LISTS "SELECT COUNT(*) FROM contact_list WHERE refs = 0"

/* An import whose n-th statement fails so; -1 if it fails, too.  '*half' is set
 * when it leaves anything but all or nothing. */
static int
import_failing(unsigned n, unsigned no, bool *half)
{
	int64_t id = world_draft(&w, "Failing", 2);
	struct import_counts r;
	int rc;

	db_fail_at(w.db, n, no);
	rc = import(id, "phone_number\n+447911123456\n", &r);
	db_fail_at(w.db, 0, 0);
	*half |= contacts_of(id) != (rc ? 2 : 1);
	return rc;
}

static void
check_failures(void)
{
	bool half = false;
	unsigned n = 1, failed = 0;

	while (n < 60 && import_failing(n, 1105, &half))
		n++;
	sweep();
	printf("# %u statements\n", n - 1);
	ok(!half && world_int(&w, UNUSED_LISTS) == 0,
	   "a statement that fails leaves nothing");
	ok(n > 10 && n < 60, "an import has a statement that is its last");
	for (unsigned i = 1; i < n; i++)
		failed += import_failing(i, 1213, &half) != 0;
	sweep();
	ok(!half && world_int(&w, UNUSED_LISTS) == 0,
	   "a deadlock anywhere leaves nothing half done");
	is_int(failed, 0, "an import survives a deadlock of any statement");
}

/* The chunk before fails while a later row is found to be wrong. */
static void
check_order_of_faults(void)
{
	/* in a crowd it takes 50 rows a statement */
	const unsigned most = 16 + 2 * 5000 / 50;
	struct buf b = BUF_INIT;
	unsigned n = 1;

	buf_str(&b, "phone_number\n");
	for (int i = 0; i <= 5000; i++)
		buf_printf(&b, "+4479%08d\n", i);
	buf_str(&b, "\"open\n");
	for (; n < most; n++) {
		int64_t id = world_draft(&w, "Failing", 0);
		struct import_counts r;

		db_fail_at(w.db, n, 1105);
		import(id, b.data, &r);
		db_fail_at(w.db, 0, 0);
		if (f.code == FAULT_INVALID)
			break;
	}
	sweep();
	buf_free(&b);
	printf("# %u statements until the wrong row\n", n);
	/* the last two are the rows of the chunk and its COMMIT */
	ok(n > 16 && n < most,
	   "the fault of the database is told, not that of a row");
}

static void
check_lost_answers(void)
{
	for (int done = 0; done < 2; done++) {
		for (unsigned n = 1; n <= 3; n++) {
			int64_t id = world_draft(&w, "Lost", 0);
			struct import_counts r;
			bool good_now;

			db_lose_commit(w.db, n, done);
			good_now = !import(id, "phone_number\n+447911123456\n",
					   &r);
			db_lose_commit(w.db, 0, false);
			ok(good_now && contacts_of(id) == 1 &&
				   world_int(&w,
					     "SELECT COUNT(*) FROM contact"
					     " WHERE list_id = %lld",
					     (long long)list_of(id)) == 1,
			   done ? "an import survives a lost answer to a COMMIT"
				: "an import survives a lost COMMIT");
		}
	}
}

int
main(void)
{
	world_open(&w);
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		check_good(i);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		check_bad(i);
	check_rows();
	check_replace();
	check_broken_upload();
	check_refusals();
	check_meddling();
	check_failures();
	check_order_of_faults();
	check_lost_answers();
	return world_close(&w);
}
