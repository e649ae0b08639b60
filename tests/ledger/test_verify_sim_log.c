/* The log of a simulated carrier is the judge of what was placed. */
#include <unistd.h>

#include "tests/ledger/verify_bed.h"
#include "tests/temp.h"

static char log_path[TEMP_MAX];

static void __attribute__((format(printf, 1, 2)))
write_log(const char *fmt, ...)
{
	FILE *log = fopen(log_path, "a");
	va_list ap;

	va_start(ap, fmt);
	vfprintf(log, fmt, ap);
	va_end(ap);
	fclose(log);
}

static void
write_place(unsigned ordinal, unsigned seq, unsigned nonce)
{
	const char *h = id_hex(ordinal, seq, nonce);

	write_log("1700000000000000\t%.8s-%.4s-%.4s-%.4s-%.12s\t447700\n", h,
		  h + 8, h + 12, h + 16, h + 20);
}

static void
test_log(void)
{
	struct verify_report r;

	write_books();
	close(mkstemp(temp_template(log_path, "log")));
	write_place(1, 1, 11);
	write_place(1, 2, 12);
	write_place(8, 1, 81);
	write_place(2, 1, 77);
	r = count_again(false, log_path);
	is_int(r.found, 0, "every call that was placed is known");
	is_int(r.places, 4, "all calls in the log are read");
	write_log("1700000000000000\t0000");
	r = count_again(false, log_path);
	is_int(r.found, 0, "a line that is being written is left out");
	write_log("\n");
	r = count_again(false, log_path);
	is_int(r.found, 1, "a line of the log that is no call is found");
	ok(!truncate(log_path, 0), "the log is emptied for repeated calls");
	write_place(1, 1, 11);
	write_place(2, 1, 77);
	write_place(1, 1, 11);
	r = count_again(false, log_path);
	is_int(r.doubles, 1, "an id that was placed twice is counted");
	is_int(r.found, 1, "an id that was placed twice is found");
	is_int(r.list[0].no, 10, "check 10 finds an id that was placed twice");
	ok(!truncate(log_path, 0), "the log is emptied for unknown calls");
	write_place(1, 1, 12);
	write_place(3, 1, 31);
	write_place(2, 1, 78);
	r = count_again(false, log_path);
	is_int(r.found, 3, "calls that the ledger does not know are found");
	unlink(log_path);
	is_int(verify_check_log(w.db, log_path, w.a, &r, &f), -1,
	       "a log that is missing cannot be checked");
	is_int(f.code, FAULT_ABSENT,
	       "a log that is missing is reported as absent");
}

/* Many ids in one segment and in many runs, asked for a hundred at a time. */
static void
test_long_log(void)
{
	struct verify_report r = { 0 };

	write_books();
	world_sql(&w,
		  "INSERT INTO attempt (run_id, seg, ordinal, seq, nonce,"
		  " phone, carrier_id, number_id, slot, sent_at, outcome,"
		  " counted) SELECT %lld, 1, 100 + seq, 1, seq, '1', 1, 1, 0,"
		  " NOW(6), 2, 1 FROM seq_1_to_5000",
		  RUN_ID);
	for (unsigned i = 5000; i > 0; i--)
		write_place(100 + i, 1, i);
	write_place(100, 1, 1);
	world_need(verify_check_log(w.db, log_path, w.a, &r, &f), "log");
	is_int(r.places, 5001, "a long log is read");
	is_int(r.found, 1, "one unknown call in a long log is found");
	unlink(log_path);
}

int
main(void)
{
	world_open(&w);
	test_log();
	test_long_log();
	return world_close(&w);
}
