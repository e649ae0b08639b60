/* The life of an upload: readers that die, servers that fail, and the sweep. */
#include "tests/contacts/upload_bed.h"

static void
check_waiting(void)
{
	int64_t id = add_upload();
	struct upload u = load_upload(id);
	struct upload_job job;

	is_int(u.state, UPLOAD_WAITING, "a new upload waits");
	ok(!u.list_id && !u.campaign_id && !u.started_at && !u.ended_at,
	   "a new upload has no list, campaign or times");
	ok(u.size == 1234 && u.created_at && u.now >= u.created_at,
	   "a new upload has its size and its time");
	is_str(u.name, "Größe.csv", "a new upload has the name of its file");
	is_str(u.node, NODE, "a new upload has its node");
	is_str(u.created_by, "Ann", "a new upload names who made it");
	ok(!u.preview && !*u.problem, "a new upload has no preview or problem");
	is_int(upload_claim(w.db, "two", &job, &f), 0,
	       "another node cannot claim an upload");
	is_int(upload_load(w.db, w.who.workspace_id + 1, id, &u, w.a, &f), -1,
	       "another workspace cannot load an upload");
	is_int(f.code, FAULT_ABSENT, "another workspace's upload is absent");
	fine(upload_cancel(w.db, &w.who, id, &f), "a new upload is cancelled");
}

static void
check_reading(void)
{
	int64_t id = add_upload();
	struct upload u;
	struct upload_job job = claim();

	is_int(upload_claim(w.db, NODE, &(struct upload_job){ 0 }, &f), 0,
	       "an upload is read by one reader at a time");
	is_int(load_upload(id).state, UPLOAD_READING, "the state is reading");
	is_int(run_text(&job, make_file(12000)), UPLOAD_DONE,
	       "an upload is read to its end");
	u = load_upload(id);
	ok(u.state == UPLOAD_DONE && u.counts.rows == 12000 &&
		   u.counts.good == 10800 && u.counts.rejected == 1200 &&
		   u.counts.duplicate == 0 && u.counts.bytes > 200000,
	   "an upload that is read counts all its rows");
	ok(u.started_at >= u.created_at && u.ended_at >= u.started_at &&
		   u.beat_at >= u.started_at,
	   "an upload that is read has its times");
	is_int(contacts_in(u.list_id), 10800, "the list has the good rows");
	is_str(u.preview,
	       "{\"header\":[\"phone_number\",\"name\"],\"rows\":["
	       "[\"+447900000000\",\"Name 0\"],[\"+447900000001\",\"Name 1\"],"
	       "[\"+447900000002\",\"Name 2\"],[\"+447900000003\",\"Name 3\"],"
	       "[\"+447900000004\",\"Name 4\"]]}",
	       "an upload that is read has a preview");
	sweep();
	is_int(contacts_in(u.list_id), 10800, "the sweep leaves the list");
}

static void
check_unknown(void)
{
	int64_t id = add_upload();
	struct upload_job job = claim();
	run_text(&job, "phone_number\n+449999999999\n");
	is_int(load_upload(id).counts.unknown, 1, "one number is in no plan");
}

static void
check_failing(void)
{
	int64_t id = add_upload();
	struct upload_job job = claim();
	struct upload u;
	char wide[4000];

	is_int(run_text(&job, "phone_number,name\n+447911123456,Ann\n1,2,3\n"
			      "+447911123457,\"Bob\n"),
	       UPLOAD_FAILED, "a file that breaks a rule fails");
	u = load_upload(id);
	ok(u.state == UPLOAD_FAILED && strstr(u.problem, "Line 4") &&
		   !u.list_id && u.ended_at,
	   "an upload that fails says why");
	ok(u.counts.good == 1 && u.preview && strstr(u.preview, "Ann"),
	   "an upload that fails keeps what was read");
	sweep();
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM contact_list WHERE id = %lld",
			 (long long)job.list_id),
	       0, "the list of an upload that fails is erased");

	id = add_upload();
	job = claim();
	memset(wide, 'x', sizeof(wide) - 1);
	wide[sizeof(wide) - 1] = '\0';
	memcpy(wide, "a,phone_number\n+4479", 20);
	is_int(run_text(&job, wide), UPLOAD_FAILED, "a file of bad rows fails");
	u = load_upload(id);
	ok(u.preview && strlen(u.preview) < 200, "a preview cuts a long cell");
	ok(strstr(u.problem, "all 1 were rejected"), "every row was rejected");
}

static void
check_wide_preview(void)
{
	int64_t id = add_upload();
	struct upload_job job = claim();
	struct buf b = BUF_INIT;
	struct upload u;

	buf_str(&b, "phone_number");
	for (int i = 1; i < 900; i++)
		buf_printf(&b, ",Ünïcödé %d", i);
	for (int row = 0; row < 9; row++) {
		buf_printf(&b, "\n+4479000000%02d", row);
		for (int i = 1; i < 900; i++)
			for (int k = 0; k < 10 + (i == 1) * 10; k++)
				buf_str(&b, k ? "\x01\x02\x03\x04\x05" : ",");
	}
	is_int(run_text(&job, b.data), UPLOAD_FAILED,
	       "900 columns are more than a call carries");
	u = load_upload(id);
	ok(u.preview && strlen(u.preview) <= 65535 &&
		   world_int(&w,
			     "SELECT JSON_VALID(preview) AND"
			     " JSON_LENGTH(preview, '$.header') = 50 AND"
			     " JSON_LENGTH(preview, '$.rows') BETWEEN 1 AND 5"
			     " FROM upload WHERE id = %lld",
			     (long long)id),
	   "the preview has some of 900 columns");
	buf_free(&b);
}

/* What was written when the reader was stopped: its connection is at work. */
static int64_t stored_rows;

static void
cancel(void *arg)
{
	struct db *db = world_connect(&w);

	fine(upload_cancel(db, &w.who, *(int64_t *)arg, &f),
	     "a person cancels an upload that is read");
	stored_rows = load_by(db, *(int64_t *)arg).counts.rows;
	db_free(db);
}

static void
check_cancelling(void)
{
	const char *text = make_file(40000);
	int64_t id = add_upload(), list;
	struct upload_file file = { "a", "b", NODE, 1, 0 };
	struct upload_job job;
	struct source s = { .data = text,
			    .len = strlen(text),
			    .at = strlen(text) / 2,
			    .meddle = cancel,
			    .arg = &id };

	fine(upload_cancel(w.db, &w.who, id, &f),
	     "a person cancels an upload that waits");
	is_int(upload_claim(w.db, NODE, &job, &f), 0,
	       "a cancelled upload is not read");
	is_int(upload_cancel(w.db, &w.who, id, &f), -1, "no one cancels twice");
	is_int(f.code, FAULT_CONFLICT, "cancelling twice is a conflict");
	is_str(f.text, "This upload has already been cancelled.",
	       "the conflict says that it was cancelled");

	id = add_upload();
	job = claim();
	list = job.list_id;
	is_int(run_job(&job, &s), UPLOAD_CANCELLED, "reading can be cancelled");
	is_int(load_upload(id).counts.rows, stored_rows, "no row comes later");
	ok(stored_rows > 0 && contacts_in(list) > 0, "rows were stored before");
	sweep();
	is_int(contacts_in(list), 0, "a cancelled upload's contacts are gone");

	id = done_upload(10);
	list = load_upload(id).list_id;
	fine(upload_cancel(w.db, &w.who, id, &f), "a done upload is cancelled");
	sweep();
	is_int(contacts_in(list), 0, "the contacts of a done upload are gone");

	id = add_upload();
	w.who.role = ROLE_VIEWER;
	ok(upload_cancel(w.db, &w.who, id, &f) && f.code == FAULT_DENIED,
	   "a viewer cannot cancel an upload");
	ok(upload_add(w.db, &w.who, &file, &list, &f) && f.code == FAULT_DENIED,
	   "a viewer cannot upload a file");
	w.who.role = ROLE_ADMIN;
	w.who.workspace_id++;
	ok(upload_cancel(w.db, &w.who, id, &f) && f.code == FAULT_ABSENT,
	   "another workspace cannot cancel an upload");
	w.who.workspace_id--;
	job = claim();
	is_int(run_text(&job, "nothing\n"), UPLOAD_FAILED, "a bad file fails");
	ok(upload_cancel(w.db, &w.who, id, &f) && f.code == FAULT_CONFLICT,
	   "an upload that failed cannot be cancelled");
}

/* A process dies: its job stays as it is, and its beat gets old. */
static void
check_death(void)
{
	const char *text = make_file(30000);
	int64_t id = add_upload();
	struct upload_job first = claim(), second;
	struct source s = { .data = text,
			    .len = strlen(text),
			    .at = strlen(text) / 2,
			    .breaks = FAULT_BUSY };

	is_int(run_job(&first, &s), -1, "a reader dies in the middle");
	is_int(load_upload(id).state, UPLOAD_READING, "nobody notices at once");
	is_int(upload_claim(w.db, NODE, &second, &f), 0, "the beat is recent");
	sweep();
	ok(contacts_in(first.list_id) > 0, "the dead reader's list stays");
	world_sql(&w,
		  "UPDATE upload SET beat_at = NOW(6) - INTERVAL 16 SECOND"
		  " WHERE id = %lld",
		  (long long)id);
	second = claim();
	ok(second.id == id && second.list_id != first.list_id,
	   "another reader begins with a list of its own");
	is_int(run_text(&first, text), UPLOAD_CANCELLED, "the first is late");
	is_int(run_text(&second, text), UPLOAD_DONE, "a second reader is done");
	is_int(upload_release(w.db, &first, true, &f), 0, "a late return works");
	is_int(load_upload(id).state, UPLOAD_DONE, "a return changes nothing");
	sweep();
	is_int(contacts_in(load_upload(id).list_id), 27000,
	       "every row is stored once");
	is_int(contacts_in(first.list_id), 0, "the first list has no contacts");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM upload_reject WHERE"
			 " upload_id = %lld AND body LIKE '%%phone_number,%%'",
			 (long long)id),
	       1, "no rejected row of the first reader is left");
}

static void
check_tries(void)
{
	int64_t id = add_upload();
	struct upload_job job;

	for (int i = 0; i < 5; i++) {
		job = claim();
		fine(upload_release(w.db, &job, false, &f), "a job is returned");
	}
	for (int i = 0; i < 2; i++) {
		job = claim();
		fine(upload_release(w.db, &job, true, &f), "the try is counted");
	}
	job = claim();
	fine(upload_release_node(w.db, "two", &f), "another node releases");
	is_int(load_upload(id).state, UPLOAD_READING, "this node reads on");
	fine(upload_release_node(w.db, NODE, &f), "this node releases");
	is_int(load_upload(id).state, UPLOAD_WAITING, "the upload waits again");
	is_int(upload_claim(w.db, NODE, &job, &f), 0, "no fourth try is made");
	ok(load_upload(id).state == UPLOAD_FAILED &&
		   strstr(load_upload(id).problem, "three times"),
	   "an upload that was tried three times fails");
}

/* A deadlock is run again; after any other fault the upload is read anew. */
static void
check_faults(unsigned no, bool survives)
{
	const char *text = make_file(6000);
	int lost = 0, half = 0;

	for (unsigned n = 1; n < 40; n++) {
		int64_t id = add_upload();
		struct upload_job job = { 0 };
		int became;

		world_need(upload_claim(w.db, NODE, &job, &f) - 1, "claim");
		db_fail_at(w.db, n, no);
		became = run_text(&job, text);
		db_fail_at(w.db, 0, 0);
		lost += became != UPLOAD_DONE;
		if (became < 0) {
			world_need(upload_release(w.db, &job, false, &f), "");
			world_need(upload_claim(w.db, NODE, &job, &f) - 1, "");
			became = run_text(&job, text);
		}
		half += became != UPLOAD_DONE ||
			contacts_in(load_upload(id).list_id) != 5400 ||
			world_int(&w,
				  "SELECT COUNT(*) FROM upload_reject WHERE"
				  " upload_id = %lld AND body LIKE '___phone%%'",
				  (long long)id) != 1;
	}
	is_int(half, 0,
	       survives ? "a deadlock anywhere is run again"
			: "what fails anywhere is read again");
	/* the first statement erases rejected rows, alone */
	ok(survives ? lost <= 1 : lost > 5, "the injected faults are seen");
	sweep();
	is_int(world_int(&w, "SELECT COUNT(*) FROM contact_list l"
			     " LEFT JOIN upload u ON u.list_id = l.id"
			     " WHERE u.id IS NULL AND refs = 0"),
	       0, "no half of a list is left");
}

static void
check_lost_answers(void)
{
	const char *text = make_file(6000);

	for (int done = 0; done < 2; done++) {
		int bad = 0;

		for (unsigned n = 1; n <= 3; n++) {
			int64_t id = add_upload();
			struct upload_job job = { 0 };

			db_lose_commit(w.db, n, done);
			world_need(upload_claim(w.db, NODE, &job, &f) - 1,
				   "claim");
			bad += run_text(&job, text) != UPLOAD_DONE;
			db_lose_commit(w.db, 0, false);
			bad += contacts_in(load_upload(id).list_id) != 5400;
		}
		is_int(bad, 0,
		       done ? "an upload is done when COMMIT's answer is lost"
			    : "an upload is done when COMMIT is lost");
	}
}

static int
keep(void *arg, const char *p, size_t len)
{
	buf_add(arg, p, len);
	return 0;
}

static int
refuse(void *arg, const char *p, size_t len)
{
	(void)p;
	(void)len;
	++*(int *)arg;
	return -1;
}

static void
check_rejects(void)
{
	int64_t id = add_upload(), ws = w.who.workspace_id;
	struct upload_job job = claim();
	struct buf csv = BUF_INIT;
	int calls = 0;

	is_int(run_text(&job, "name;phone_number;note\n"
			      "=cmd|' /C calc'!A0;1;+44 20\n"
			      "\"-1+1;\"\"x\"\"\";+447911123456\n"
			      "Ann;+447911123456;fine\n"
			      "@x;+447911123457;1;2\n"),
	       UPLOAD_DONE, "an upload with rejected rows is done");
	fine(upload_write_rejects(w.db, ws, id, keep, &csv, &f),
	     "rejected rows can be downloaded");
	is_str(csv.data,
	       "\ufeffname;phone_number;note;line;reason\r\n"
	       "\"'=cmd|' /C calc'!A0\";1;+44 20;2;The phone number must have 8"
	       " to 15 digits.\r\n"
	       "\"'-1+1;\"\"x\"\"\";+447911123456;;3;\"The row has 2 cells, the"
	       " header has 3.\"\r\n'@x;+447911123457;1;2;5;\"The row has 4"
	       " cells, the header has 3.\"\r\n",
	       "rejected rows are a file to mend, without formulas");
	is_int(upload_write_rejects(w.db, ws, id, refuse, &calls, &f), 1,
	       "a reader of rejected rows may stop");
	is_int(calls, 1, "a reader that stops is called once");
	ok(upload_write_rejects(w.db, ws + 1, id, keep, &csv, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "another workspace has no rejected rows");
	id = done_upload(5);
	ok(upload_write_rejects(w.db, ws, id, keep, &csv, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "an upload without rejected rows has no such file");
	buf_free(&csv);
}

/* Rejected rows of 80 MB: what is kept has an end, and says so. */
struct flood {
	int rows;
	char row[40000];
};

static int64_t
pour(void *arg, char *out, size_t size, struct fault *why)
{
	struct flood *flood = arg;
	int n = 0;

	(void)why;
	if (flood->rows == 0)
		n = snprintf(out, size, "phone_number,text\n+447911123456,x\n");
	else if (flood->rows <= 2000)
		n = snprintf(out, size, "1,%s\n", flood->row);
	flood->rows++;
	return n;
}

static void
check_flood(void)
{
	static struct flood flood;
	int64_t id = add_upload(), bytes;
	struct upload_job job = claim();
	unsigned became;

	memset(flood.row, 'x', sizeof(flood.row) - 1);
	fine(upload_read(w.db, &job, pour, &flood, &became, &f),
	     "an upload of 80 MB of rejected rows is read");
	is_int(load_upload(id).counts.rejected, 2000, "every row is rejected");
	bytes = world_int(&w,
			  "SELECT SUM(LENGTH(body)) FROM upload_reject"
			  " WHERE upload_id = %lld",
			  (long long)id);
	ok(bytes > 60 << 20 && bytes <= (64 << 20) + 1000, "64 MB are kept");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM upload_reject WHERE upload_id ="
			 " %lld AND LENGTH(body) > 2000000",
			 (long long)id),
	       0, "rejected rows are kept in small pieces");
	is_int(world_int(&w,
			 "SELECT RIGHT(body, 79) = CONCAT(',,More rows were"
			 " rejected; only the first 64 MB of them are kept.',"
			 " CHAR(13, 10)) OR RIGHT(body, 12) = CONCAT("
			 "'are kept.\"', CHAR(13, 10)) FROM upload_reject"
			 " WHERE upload_id = %lld ORDER BY n DESC LIMIT 1",
			 (long long)id),
	       1, "the last line says that more rows were rejected");
	world_sql(&w,
		  "UPDATE upload SET ended_at = NOW(6) - INTERVAL 31 DAY"
		  " WHERE id = %lld",
		  (long long)id);
	sweep();
	is_int(world_int(&w,
			 "SELECT (SELECT COUNT(*) FROM upload WHERE id ="
			 " %lld) + (SELECT COUNT(*) FROM upload_reject WHERE"
			 " upload_id = %lld)",
			 (long long)id, (long long)id),
	       0, "an upload is erased after a month");
	is_int(contacts_in(job.list_id), 0, "the list is erased as well");
}

static void
check_forgotten(void)
{
	int64_t lost = add_upload(), fresh = add_upload(), command;
	int64_t draft = world_draft(&w, "Command", 0);
	unsigned state;

	world_sql(&w,
		  "UPDATE upload SET created_at = NOW(6) - INTERVAL 25 HOUR"
		  " WHERE id = %lld",
		  (long long)lost);
	world_import(&w, draft, 77);
	command = world_int(&w, "SELECT MAX(id) FROM upload");
	sweep();
	is_int(load_upload(command).state, UPLOAD_READING, "a command reads");
	world_sql(&w,
		  "UPDATE upload SET beat_at = NOW(6) - INTERVAL 61 SECOND"
		  " WHERE id = %lld",
		  (long long)command);
	sweep();
	is_int(load_upload(command).state, UPLOAD_FAILED,
	       "the upload of a dead command fails");
	is_int(load_upload(lost).state, UPLOAD_FAILED, "a lost upload fails");
	ok(strstr(load_upload(lost).problem, "for a day"), "the day is named");
	is_int(load_upload(fresh).state, UPLOAD_WAITING, "other uploads wait");
	fine(upload_cancel(w.db, &w.who, fresh, &f), "an upload is cancelled");
	ok(upload_state_of_file(w.db, "nobody's", &state, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "a file that no upload names is absent");
}

int
main(void)
{
	world_open(&w);
	check_waiting();
	check_reading();
	check_unknown();
	check_failing();
	check_wide_preview();
	check_cancelling();
	check_death();
	check_tries();
	check_faults(1105, false);
	check_faults(1213, true);
	check_lost_answers();
	check_rejects();
	check_flood();
	check_forgotten();
	return world_close(&w);
}
