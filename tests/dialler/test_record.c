/*
 * What the recorder does when the database refuses: one bad call delays no
 * other, and a server whose disk is full is not asked call by call, nor is the
 * log filled.  A trigger refuses as a full disk does.
 */
#include <fcntl.h>
#include <unistd.h>

#include "app/config.h"
#include "dialler/dialler.h"
#include "dialler/message.h"
#include "tests/ledger/ledger_bed.h"

#define CALLS 300

static struct ledger_bed b;
static struct dialler d;
static struct config config;
static struct call_id *ids;
static char log_file[200];

/* The log goes to a file from here on. */
static void
open_log(void)
{
	int fd;

	snprintf(log_file, sizeof(log_file), "%s/record.err",
		 bed_env("TEST_WORLD"));
	fd = open(log_file, O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (fd < 0 || dup2(fd, STDERR_FILENO) < 0)
		world_need(-1, log_file);
	close(fd);
}

static int64_t
lines(void)
{
	FILE *in = fopen(log_file, "r");
	int64_t n = 0;
	int c;

	while (in && (c = getc(in)) != EOF)
		n += c == '\n';
	if (in)
		fclose(in);
	return n;
}

static int64_t
transactions(void)
{
	return world_int(&b.w, "SELECT CAST(VARIABLE_VALUE AS SIGNED)"
			       " FROM information_schema.GLOBAL_STATUS"
			       " WHERE VARIABLE_NAME = 'COM_BEGIN'");
}

static void
refuse(const char *when)
{
	world_sql(&b.w,
		  "CREATE TRIGGER full_disk BEFORE INSERT ON attempt"
		  " FOR EACH ROW BEGIN IF %s THEN SIGNAL SQLSTATE 'HY000'"
		  " SET MYSQL_ERRNO = 1030, MESSAGE_TEXT = 'Got error 28"
		  " \"No space left on device\"'; END IF; END",
		  when);
}

static void
put_end(size_t i)
{
	struct msg_call_update *m =
		MSG_NEW(MSG_CALL_UPDATE, struct msg_call_update);

	m->news = (struct call_update){ .id = ids[i],
					.ended = true,
					.outcome = OUTCOME_NO_ANSWER,
					.sip = -1,
					.q850 = -1,
					.ring_ms = 1000 };
	queue_put(&d.to_record, &m->m);
}

static int64_t
recorded(void)
{
	return world_int(&b.w,
			 "SELECT COUNT(*) FROM attempt WHERE run_id = %lld",
			 (long long)b.run);
}

/* Until the recorder has looked at every update. */
static void
until_idle(void)
{
	while (queue_length(&d.to_record) || atomic_load(&d.unrecorded))
		dialler_pause(&d, US_PER_MS);
}

static void
until_recorded(int64_t n)
{
	int64_t end = clock_boot_us() + 20 * US_PER_S;

	while (recorded() < n && clock_boot_us() < end)
		dialler_pause(&d, 20 * US_PER_MS);
	is_int(recorded(), n,
	       n == 19 ? "one call is refused and the others are recorded"
		       : "every call is recorded without the fault");
	until_idle();
}

/* Starts a run and has 'n' calls up. */
static void
call(size_t n)
{
	struct plan_result r;

	bed_start(&b, (int)n);
	r = bed_plan(&b, (int64_t)n);
	ids = bed_ids(&b, &r);
	is_int((int64_t)bed_send(&b, ids, r.count), (int64_t)n,
	       "the calls are up");
}

static void
test_one_bad(void)
{
	call(20);
	refuse("NEW.ordinal = 7");
	for (size_t i = 0; i < 20; i++)
		put_end(i);
	until_recorded(19);
	world_sql(&b.w, "DROP TRIGGER full_disk");
	until_recorded(20);
	bed_balance(&b, "the ledger balances after one refused call");
}

/* Within the 5 s after which refused calls are tried again. */
static void
test_full(void)
{
	int64_t asked, told, began;

	call(CALLS);
	refuse("1");
	asked = transactions();
	told = lines();
	began = clock_boot_us();
	for (size_t i = 0; i < CALLS / 2; i++)
		put_end(i);
	until_idle();
	asked = transactions() - asked;
	told = lines() - told;
	printf("# together: %lld transactions, %lld lines\n", (long long)asked,
	       (long long)told);
	ok(asked <= 12,
	   "150 calls that end together take at most 12 transactions");
	ok(told <= 12, "150 calls that end together log at most 12 lines");
	asked = transactions();
	told = lines();
	for (size_t i = CALLS / 2; i < CALLS; i++) {
		put_end(i);
		until_idle();
	}
	/* what is kept is tried again every 5 s */
	began = 1 + (clock_boot_us() - began) / (5 * US_PER_S);
	asked = transactions() - asked;
	told = lines() - told;
	printf("# one by one: %lld transactions, %lld lines, %lld times\n",
	       (long long)asked, (long long)told, (long long)began);
	ok(asked <= CALLS / 2 + 8 * began,
	   "calls that end one by one are tried once, but for retries");
	ok(told <= 8 * began,
	   "calls that end one by one log a few lines a retry");
	is_int(recorded(), 0, "no call is recorded while the disk is full");
	world_sql(&b.w, "DROP TRIGGER full_disk");
	until_recorded(CALLS);
	bed_balance(&b, "the ledger balances after a full disk");
}

int
main(void)
{
	pthread_t thread;

	bed_open(&b);
	open_log();
	config = (struct config){ .mariadb_hosts = b.w.conf.hosts,
				  .mariadb_socket = b.w.conf.socket,
				  .mariadb_user = b.w.conf.user,
				  .mariadb_password = b.w.conf.password,
				  .mariadb_database = b.w.conf.database };
	dialler_open(&d);
	d.config = &config;
	dialler_set_me(&d, &b.me);
	pthread_create(&thread, NULL, record_thread, &d);
	test_one_bad();
	test_full();
	queue_shut(&d.to_record);
	pthread_join(thread, NULL);
	msg_free_all(queue_take(&d.to_plan, 0));
	dialler_close(&d);
	return bed_close(&b);
}
