/*
 * What a step of the ledger reads does not grow with what waits beside it, and
 * what nodes share is never more than there is.
 */
#include <pthread.h>

#include "ledger/seat.h"
#include "tests/ledger/ledger_bed.h"

#define LOAD_CONTACTS 2000
#define FEW_ROWS 1000

static struct ledger_bed b;

/* Rows and keys that the server has read, for anybody. */
static int64_t
rows_read(void)
{
	return world_int(&b.w,
			 "SELECT CAST(SUM(VARIABLE_VALUE) AS SIGNED)"
			 " FROM information_schema.GLOBAL_STATUS"
			 " WHERE VARIABLE_NAME IN ('Handler_read_first',"
			 " 'Handler_read_key', 'Handler_read_last',"
			 " 'Handler_read_next', 'Handler_read_prev',"
			 " 'Handler_read_rnd')");
}

static void
is_few(int64_t before, const char *what)
{
	int64_t read = rows_read() - before;

	if (!ok(read < FEW_ROWS, what))
		printf("# %lld rows read\n", (long long)read);
}

static void
test_waiting(void)
{
	struct plan_result r;
	struct run_look l;
	int64_t before;

	bed_start(&b, 20);
	is_int((int64_t)bed_calls(&b, 20, OUTCOME_NO_ANSWER), 20,
	       "all contacts are tried once");
	bed_all_due(&b);
	for (int i = 0; i < 20; i++)
		world_sql(&b.w,
			  "INSERT INTO due (run_id, class, due_at, seg,"
			  " ordinal) SELECT %lld, 2, '2020-01-02', 1,"
			  " 100 + %d + seq FROM seq_1_to_50000",
			  (long long)b.run, 50000 * i);
	before = rows_read();
	l = bed_look(&b);
	is_few(before, "a look at a run in which 1,000,000 contacts wait reads "
		       "few rows");
	ok(l.due[DUE_RETRY] < l.now && l.due[DUE_HELD] == INT64_MAX &&
		   l.due[DUE_CALLBACK] == INT64_MAX,
	   "a look finds the first due contact of each class");
	before = rows_read();
	r = bed_plan(&b, 1);
	is_int((int64_t)r.count, 1,
	       "one of 1,000,000 waiting contacts is planned");
	is_few(before, "a plan of one call reads few rows");
	for (int i = 0; i < 20; i++)
		world_sql(&b.w, "DELETE FROM due WHERE due_at = '2020-01-02'"
				" LIMIT 50000");
	bed_balance(&b, "the books balance after many contacts waited");
}

static void
test_live(void)
{
	struct call_id *ids =
		ARENA_ARRAY(b.w.a, LOAD_CONTACTS, struct call_id);
	struct call_update rang = { .rang = true };
	struct record_result rec;
	bool seated[3];
	size_t n = 0;
	int64_t before;

	bed_start(&b, LOAD_CONTACTS);
	while (n < LOAD_CONTACTS) {
		struct plan_result r = bed_plan(&b, LOAD_CONTACTS);

		memcpy(ids + n, bed_ids(&b, &r), r.count * sizeof(*ids));
		n += r.count;
	}
	is_int((int64_t)bed_send(&b, ids, n), LOAD_CONTACTS,
	       "2,000 calls are up");
	world_sql(&b.w, "UPDATE campaign SET concurrency = 2000 WHERE id = %lld",
		  (long long)b.campaign);
	qsort(ids, n, sizeof(*ids), call_id_compare);
	before = rows_read();
	world_need(ledger_seat(b.w.db, &b.me, ids, 3, seated, &f), "seat");
	ok(seated[0] && seated[1] && seated[2],
	   "every answered call is seated while there is a seat for each");
	is_few(before, "seating a call does not count the other calls");
	world_sql(&b.w, "UPDATE campaign SET concurrency = 4 WHERE id = %lld",
		  (long long)b.campaign);
	world_need(ledger_seat(b.w.db, &b.me, ids + 3, 3, seated, &f), "seat");
	is_int(seated[0] + seated[1] + seated[2], 1,
	       "one call gets the one seat that is left");
	before = rows_read();
	rang.id = ids[17];
	world_need(ledger_record(b.w.db, &b.me, &rang, 1, b.w.a, &rec,
				 &f),
		   "record");
	is_few(before, "recording that a call rings reads few rows");
	before = rows_read();
	bed_record(&b, ids, 8, OUTCOME_BUSY);
	is_few(before, "recording the end of eight calls reads few rows");
	before = rows_read();
	bed_record(&b, ids + 8, 100, OUTCOME_BUSY);
	ok(rows_read() - before < 10 * FEW_ROWS,
	   "recording the end of 100 calls reads fewer than 10,000 rows");
	bed_balance(&b,
		    "the books balance after 108 of 2,000 calls have ended");
}

/* A node whose calls are answered, three at a time. */
struct answering {
	struct db *db;
	struct ledger_node me;
	struct call_id ids[30];
	size_t seated;
};

static void *
answer(void *arg)
{
	struct answering *n = arg;
	struct arena *a = arena_new();
	struct fault fault;

	for (size_t i = 0; i < ARRAY_LEN(n->ids); i += 3) {
		bool seated[3];

		if (ledger_seat(n->db, &n->me, n->ids + i, 3, seated, &fault))
			continue;
		for (size_t k = 0; k < 3; k++)
			n->seated += seated[k];
	}
	arena_free(a);
	return NULL;
}

static void
test_seats(void)
{
	struct answering nodes[2] = { 0 };
	pthread_t threads[2];
	bool again[3];
	size_t all;

	bed_start(&b, 60);
	world_sql(&b.w, "UPDATE campaign SET concurrency = 20 WHERE id = %lld",
		  (long long)b.campaign);
	for (int i = 0; i < 2; i++) {
		struct plan_result r = bed_plan(&b, 30 * (i + 1));
		struct ledger_node mine = b.me;

		nodes[i].db = bed_db(&b);
		world_need(node_join(nodes[i].db, "seats", &nodes[i].me, &f),
			   "join");
		memcpy(nodes[i].ids, bed_ids(&b, &r), sizeof(nodes[i].ids));
		qsort(nodes[i].ids, 30, sizeof(*nodes[i].ids), call_id_compare);
		b.me = nodes[i].me;
		is_int((int64_t)bed_send(&b, nodes[i].ids, 30), 30,
		       "a node has 30 calls up");
		b.me = mine;
	}
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, answer, &nodes[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	all = nodes[0].seated + nodes[1].seated;
	is_int((int64_t)all, 20,
	       "60 answers on two nodes at once get the 20 seats");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM live_call WHERE seated = 1"),
	       20, "20 calls are stored as seated");
	world_need(ledger_seat(nodes[0].db, &nodes[0].me, nodes[0].ids, 3,
			       again, &f),
		   "seat");
	ok(again[0] && again[1] && again[2],
	   "a call that has a seat is told so when it asks again");
	b.me = nodes[0].me;
	bed_record(&b, nodes[0].ids, 1, OUTCOME_COMPLETED);
	world_need(ledger_seat(nodes[1].db, &nodes[1].me, nodes[1].ids + 27, 3,
			       again, &f),
		   "seat");
	is_int(again[0] + again[1] + again[2], 1,
	       "the seat of a call that has ended is free");
	world_need(ledger_seat(nodes[1].db, &nodes[1].me, nodes[0].ids + 1, 1,
			       again, &f),
		   "seat");
	ok(!again[0], "a node gets no seat for another node's call");
	for (int i = 0; i < 2; i++)
		db_free(nodes[i].db);
	bed_reborn(&b);
}

/* Channels of a node that died with calls up, and of one that took them. */
static void
test_channels(void)
{
	struct ledger_node dead, other;
	struct share_move mine = { .row = { .want = 1 }, .nodes = 2 };
	struct share_move late;
	struct call_id *ids;
	struct plan_result r;

	bed_start(&b, 60);
	world_need(node_join(b.w.db, "dead", &dead, &f), "join");
	world_need(node_join(b.w.db, "other", &other, &f), "join");
	r = bed_plan(&b, 60);
	ids = bed_ids(&b, &r);
	mine.row.carrier_id = b.w.carrier;
	late = mine;
	late.row.slot = dead.slot;
	late.row.boot = dead.boot;
	mine.row.slot = b.me.slot;
	mine.row.boot = b.me.boot;
	b.me = dead;
	bed_send(&b, ids, 60);
	b.me = (struct ledger_node){ .slot = mine.row.slot,
				     .boot = mine.row.boot };
	world_sql(&b.w, "DELETE FROM node WHERE boot = %lld",
		  (long long)dead.boot);
	mine.nodes = 1;
	world_need(share_move(b.w.db, &mine, &f), "share");
	is_int(mine.row.channels, 40,
	       "40 of 100 channels are free while a dead node has 60 calls");
	is_int(mine.row.cps, 10,
	       "a dead node's calls per second are free at once");
	world_sql(&b.w, "UPDATE live_call SET boot = %lld",
		  (long long)other.boot);
	mine.row.channels = 0;
	world_need(share_move(b.w.db, &mine, &f), "share");
	is_int(mine.row.channels, 40,
	       "40 channels are free when another node has adopted the 60 "
	       "calls");
	world_sql(&b.w, "DELETE FROM live_call");
	world_need(share_move(b.w.db, &mine, &f), "share");
	is_int(mine.row.channels, 100,
	       "all 100 channels are free when the calls have ended");
	late.nodes = 1;
	is_int(share_move(b.w.db, &late, &f), -1,
	       "a dead node cannot move its share");
	is_int((int64_t)f.code, FAULT_CONFLICT,
	       "a dead node's share ends in a conflict");
}

int
main(void)
{
	bed_open(&b);
	test_waiting();
	test_live();
	test_seats();
	test_channels();
	return bed_close(&b);
}
