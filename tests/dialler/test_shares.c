/*
 * A node's share of a carrier is in memory, for the calls that it places, and
 * in its row, for the other nodes.  What is given away leaves memory before the
 * row; what is taken is in the row before it is in memory.  A database that
 * fails in between does not change that.
 */
#include "dialler/dialler.h"
#include "dialler/planner.h"
#include "ledger/share.h"
#include "tests/ledger/ledger_bed.h"

#define STATEMENTS 7 /* of a beat: the list, and a move in a transaction */

static struct ledger_bed b;
static struct ledger_node other;
static struct dialler d;
static struct trunk_share cell;
static struct plan_carrier carrier;
static struct planner p;

static void
open_all(void)
{
	bed_open(&b);
	world_need(node_join(b.w.db, "two", &other, &f), "join");
	dialler_open(&d);
	cell.carrier_id = carrier.id = b.w.carrier;
	cell.up = cell.places = true;
	carrier.enabled = true;
	carrier.cps = 10;
	carrier.channels = 100;
	carrier.cell = &cell;
	p = (struct planner){ .d = &d,
			      .db = b.w.db,
			      .arena = b.w.a,
			      .me = b.me,
			      .carriers = &carrier,
			      .carrier_count = 1 };
}

/* What the row has. */
static int64_t
row(const char *column)
{
	return world_int(&b.w, "SELECT %s FROM carrier_share WHERE boot = %lld",
			 column, (long long)b.me.boot);
}

static void
is_share(int64_t cps, int64_t channels, const char *what)
{
	is_int(cell.cps * 1000 + cell.channels, cps * 1000 + channels, what);
}

static void
is_row(int64_t cps, int64_t channels, const char *what)
{
	is_int(row("cps") * 1000 + row("channels"), cps * 1000 + channels,
	       what);
}

static void
limit(int64_t channels)
{
	carrier.channels = channels;
	world_sql(&b.w, "UPDATE carrier SET channels = %lld",
		  (long long)channels);
}

/* Another node wants its part. */
static void
come(void)
{
	struct share_move m = { .row = { .carrier_id = b.w.carrier,
					 .slot = other.slot,
					 .boot = other.boot,
					 .want = 1 },
				.nodes = 2,
				.rank = 1 };

	world_need(share_move(b.w.db, &m, &f), "share");
}

static void
go(void)
{
	world_sql(&b.w, "DELETE FROM carrier_share WHERE boot = %lld",
		  (long long)other.boot);
}

/* A beat whose every statement fails once. */
static void
fail_each(int64_t cps, int64_t channels, const char *what)
{
	int wrong = 0, failed = 0;

	for (unsigned n = 2; n <= STATEMENTS; n++) {
		db_fail_at(b.w.db, n, 1064);
		beat_shares(&p);
		db_fail_at(b.w.db, 0, 0);
		failed += row("cps") != cps;
		wrong += cell.cps != cps || cell.channels != channels;
	}
	is_int(failed, STATEMENTS - 1, "the row cannot be written");
	is_int(wrong, 0, what);
}

static void
test_order(void)
{
	beat_shares(&p);
	is_share(10, 100, "a node that is alone has the whole carrier");
	come();
	fail_each(5, 50,
		  "the part of the other node is given up in memory at once");
	is_row(10, 100, "the row still has the whole carrier");
	beat_shares(&p);
	is_row(5, 50, "the row gives the part up when it can be written");
	go();
	for (unsigned n = 2; n <= STATEMENTS; n++) {
		db_fail_at(b.w.db, n, 1064);
		beat_shares(&p);
		db_fail_at(b.w.db, 0, 0);
	}
	is_share(5, 50, "no share is taken in memory before the row has it");
	beat_shares(&p);
	is_share(10, 100,
		 "the whole carrier is taken when the row can be written");
}

/* Fewer channels than calls. */
static void
test_in_use(void)
{
	cell.in_use = 80;
	come();
	beat_shares(&p);
	is_row(5, 80, "the row keeps the channels that have calls");
	is_share(5, 50,
		 "new calls are placed within the part of this node only");
	cell.in_use = 60;
	beat_shares(&p);
	is_row(5, 60, "each call that ends frees its channel in the row");
	come();
	is_int(world_int(&b.w, "SELECT SUM(channels) FROM carrier_share"), 100,
	       "the node that waits takes the free channels");
	cell.in_use = 40;
	beat_shares(&p);
	is_row(5, 50, "the row falls no lower than the part of this node");
	is_share(5, 50, "new calls are placed within the part of this node");
	limit(20);
	beat_shares(&p);
	is_row(5, 40, "the row keeps channels in use above a lowered limit");
	is_share(5, 10,
		 "the share in memory falls to the part of a lowered limit");
	limit(100);
	cell.in_use = 0;
	go();
	carrier.enabled = false;
	beat_shares(&p);
	is_share(0, 0, "a carrier that is switched off has no share");
}

int
main(void)
{
	open_all();
	test_order();
	test_in_use();
	dialler_close(&d);
	return bed_close(&b);
}
