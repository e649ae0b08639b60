/*
 * raw_calls - the peer of the bench "dial": the row changes of a call and
 * nothing else, by array binding, as fast as MariaDB takes them durably.
 *
 *	raw_calls SOCKET DATABASE CALLS BATCH CONNECTIONS
 *
 * No gate is asked, no job travels, no carrier is told, nothing is checked or
 * run again.  For every batch three transactions, as the dialler has them:
 * plan (live_call and run_contact are inserted), sent (live_call is updated),
 * record (live_call is deleted, attempt inserted, run_contact updated); with
 * the counters and the cursor once a transaction.  Prints calls per second.
 */
#include <inttypes.h>
#include <mysql.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BATCH_MAX 2000
#define ID_LEN 16
#define PHONE_LEN 12
#define CONNECTIONS_MAX 16

struct lane {
	const char *socket, *database;
	unsigned no, calls, batch;
	MYSQL *db;
	MYSQL_STMT *live, *contact, *sent, *gone, *attempt, *ended;
	/* columns of a batch; those of text are bound as pointers */
	char id[BATCH_MAX][ID_LEN];
	char phone[BATCH_MAX][PHONE_LEN + 1];
	char *id_at[BATCH_MAX], *phone_at[BATCH_MAX];
	unsigned run[BATCH_MAX], ordinal[BATCH_MAX];
	unsigned long id_len[BATCH_MAX], phone_len[BATCH_MAX];
};

static void
die(const char *what, const char *why)
{
	fprintf(stderr, "raw_calls: %s: %s\n", what, why);
	exit(1);
}

static MYSQL_STMT *
prepare(MYSQL *db, const char *sql)
{
	MYSQL_STMT *s = mysql_stmt_init(db);

	if (!s || mysql_stmt_prepare(s, sql, strlen(sql)))
		die(sql, mysql_error(db));
	return s;
}

static void
query(MYSQL *db, const char *sql)
{
	if (mysql_query(db, sql))
		die(sql, mysql_error(db));
}

/* Letters: i id, p phone, r run, o ordinal; in the order of the places. */
static void
run_batch(struct lane *l, MYSQL_STMT *s, const char *letters, unsigned n)
{
	MYSQL_BIND bind[8] = { 0 };

	for (size_t i = 0; letters[i]; i++) {
		MYSQL_BIND *b = &bind[i];

		switch (letters[i]) {
		case 'i':
			b->buffer_type = MYSQL_TYPE_STRING;
			b->buffer = l->id_at;
			b->length = l->id_len;
			break;
		case 'p':
			b->buffer_type = MYSQL_TYPE_STRING;
			b->buffer = l->phone_at;
			b->length = l->phone_len;
			break;
		default:
			b->buffer_type = MYSQL_TYPE_LONG;
			b->buffer = letters[i] == 'r' ? l->run : l->ordinal;
			b->is_unsigned = 1;
		}
	}
	mysql_stmt_attr_set(s, STMT_ATTR_ARRAY_SIZE, &n);
	if (mysql_stmt_bind_param(s, bind) || mysql_stmt_execute(s))
		die("a batch", mysql_stmt_error(s));
}

static void
open_lane(struct lane *l)
{
	l->db = mysql_init(NULL);
	if (!l->db || !mysql_real_connect(l->db, "localhost", "root", "",
					  l->database, 0, l->socket, 0))
		die("connect", l->db ? mysql_error(l->db) : "no memory");
	query(l->db, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
	l->live = prepare(l->db, "INSERT INTO live_call (id, workspace_id, "
		"phone, campaign_id, run_id, seg, ordinal, seq, class, epoch, "
		"carrier_id, number_id, not_after, queued_at) VALUES (?, 1, ?, "
		"1, ?, 0, ?, 1, 1, 1, 1, 1, NOW(6) + INTERVAL 1 MINUTE, "
		"NOW(6))");
	l->contact = prepare(l->db, "INSERT INTO run_contact (run_id, seg, "
		"ordinal, state, class, seq, number_id) VALUES "
		"(?, 0, ?, 1, 1, 1, 1)");
	l->sent = prepare(l->db, "UPDATE live_call SET state = 1, boot = 1, "
		"token = 1, sent_at = NOW(6) WHERE id = ? AND state = 0");
	l->gone = prepare(l->db, "DELETE FROM live_call WHERE id = ?");
	l->attempt = prepare(l->db, "INSERT INTO attempt (run_id, seg, "
		"ordinal, seq, nonce, phone, carrier_id, number_id, slot, "
		"sent_at, ring_ms, talk_ms, outcome, counted) VALUES "
		"(?, 0, ?, 1, 1, ?, 1, 1, 1, NOW(6), 5000, 30000, 1, 1)");
	l->ended = prepare(l->db, "UPDATE run_contact SET state = 4, "
		"tries = tries + 1, outcome = 1, spoke = 1 WHERE run_id = ? "
		"AND seg = 0 AND ordinal = ? AND state = 1");
}

static void
count(struct lane *l, const char *columns, unsigned n)
{
	char sql[400];

	snprintf(sql, sizeof(sql),
		 "INSERT INTO run_count (run_id, shard, %s) VALUES (%u, 1, %u) "
		 "ON DUPLICATE KEY UPDATE %s = %s + %u",
		 columns, l->no, n, columns, columns, n);
	query(l->db, sql);
}

static void
fill_batch(struct lane *l, unsigned first, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		uint64_t key = (uint64_t)l->no << 32 | (first + i);

		memset(l->id[i], 0, ID_LEN);
		/* as in the ledger, a run's calls are one range of keys */
		for (int byte = 0; byte < 8; byte++)
			l->id[i][byte] = (char)(key >> (56 - 8 * byte));
		snprintf(l->phone[i], sizeof(l->phone[i]), "44%02u%08u",
			 l->no % 100, (first + i) % 100000000);
		l->id_at[i] = l->id[i];
		l->phone_at[i] = l->phone[i];
		l->id_len[i] = ID_LEN;
		l->phone_len[i] = PHONE_LEN;
		l->run[i] = l->no;
		l->ordinal[i] = first + i;
	}
}

static void
place_batch(struct lane *l, unsigned n)
{
	char cursor[200];

	query(l->db, "START TRANSACTION");
	run_batch(l, l->live, "ipro", n);
	run_batch(l, l->contact, "ro", n);
	count(l, "active", n);
	snprintf(cursor, sizeof(cursor),
		 "UPDATE run_cursor SET next_ordinal = next_ordinal + %u "
		 "WHERE run_id = %u", n, l->no);
	query(l->db, cursor);
	query(l->db, "COMMIT");

	query(l->db, "START TRANSACTION");
	run_batch(l, l->sent, "i", n);
	query(l->db, "COMMIT");

	query(l->db, "START TRANSACTION");
	run_batch(l, l->gone, "i", n);
	run_batch(l, l->attempt, "rop", n);
	run_batch(l, l->ended, "ro", n);
	count(l, "processed", n);
	query(l->db, "COMMIT");
}

static void *
lane_run(void *arg)
{
	struct lane *l = arg;
	unsigned done = 0;

	while (done < l->calls) {
		unsigned n = l->calls - done;

		if (n > l->batch)
			n = l->batch;
		fill_batch(l, done + 1, n);
		place_batch(l, n);
		done += n;
	}
	return NULL;
}

static double
now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Lanes write to runs of their own; a row each for the cursor to move. */
static struct lane *
make_lanes(char **argv, unsigned count_of)
{
	struct lane *lanes = calloc(count_of, sizeof(*lanes));
	char sql[200];

	if (!lanes)
		die("lanes", "no memory");
	for (unsigned i = 0; i < count_of; i++) {
		struct lane *l = &lanes[i];

		l->socket = argv[1];
		l->database = argv[2];
		l->calls = (unsigned)strtoul(argv[3], NULL, 10) / count_of;
		l->batch = (unsigned)strtoul(argv[4], NULL, 10);
		l->no = i + 1;
		if (l->batch < 1 || l->batch > BATCH_MAX)
			die("BATCH", "1 to 2000");
		open_lane(l);
		snprintf(sql, sizeof(sql),
			 "REPLACE INTO run_cursor (run_id, seg, list_id, part, "
			 "prio) VALUES (%u, 0, 1, 0, 1)", l->no);
		query(l->db, sql);
	}
	return lanes;
}

int
main(int argc, char **argv)
{
	pthread_t threads[CONNECTIONS_MAX];
	unsigned connections = argc == 6 ? (unsigned)strtoul(argv[5], NULL, 10) : 0;
	struct lane *lanes;
	double start;

	if (connections < 1 || connections > CONNECTIONS_MAX)
		die("usage", "SOCKET DATABASE CALLS BATCH CONNECTIONS");
	lanes = make_lanes(argv, connections);
	start = now_s();
	for (unsigned i = 0; i < connections; i++)
		pthread_create(&threads[i], NULL, lane_run, &lanes[i]);
	for (unsigned i = 0; i < connections; i++)
		pthread_join(threads[i], NULL);
	printf("%.0f\n", lanes[0].calls * connections / (now_s() - start));
	for (unsigned i = 0; i < connections; i++)
		mysql_close(lanes[i].db);
	free(lanes);
	return 0;
}
