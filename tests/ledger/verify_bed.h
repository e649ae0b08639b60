/*
 * verify_bed.h - small books that balance, to be spoilt: one run of ten
 * contacts with someone in each state, and a call on the phone.
 */
#ifndef TESTS_LEDGER_VERIFY_BED_H
#define TESTS_LEDGER_VERIFY_BED_H

#include "campaign/call_id.h"
#include "ledger/verify.h"
#include "tests/lib/world.h"

#define RUN_ID (long long)run

static struct world w;
static int64_t campaign, run, list;

/*
 * A run of ten contacts, cursor at 9: one live call, one in each state behind
 * it.  Contact 1 spoke at its second attempt, 2 is on the phone, 3 was passed,
 * 4 is to be tried again, 5 asked to be called back.
 */
static inline void
write_contacts(void)
{
	world_sql(&w,
		  "INSERT INTO run_contact (run_id, seg, ordinal, state, class,"
		  " due_at, seq, tries, spoke, outcome) VALUES"
		  " (%lld, 1, 1, 4, 2, NULL, 2, 2, 1, 1),"
		  " (%lld, 1, 2, 1, 1, NULL, 1, 0, 0, 0),"
		  " (%lld, 1, 3, 0, 1, '2030-01-01', 0, 0, 0, 0),"
		  " (%lld, 1, 4, 2, 2, '2030-01-02', 2, 1, 0, 12),"
		  " (%lld, 1, 5, 3, 0, '2030-01-03', 1, 1, 1, 1),"
		  " (%lld, 1, 6, 9, 1, NULL, 0, 0, 0, 0),"
		  " (%lld, 1, 7, 8, 1, NULL, 1, 1, 0, 6),"
		  " (%lld, 1, 8, 5, 1, NULL, 1, 1, 0, 11)",
		  RUN_ID, RUN_ID, RUN_ID, RUN_ID, RUN_ID, RUN_ID, RUN_ID,
		  RUN_ID);
	world_sql(&w, "INSERT INTO due (run_id, class, due_at, seg, ordinal)"
		      " SELECT run_id, class, due_at, seg, ordinal"
		      " FROM run_contact WHERE due_at IS NOT NULL");
	world_sql(&w,
		  "INSERT INTO attempt (run_id, seg, ordinal, seq, nonce,"
		  " phone, carrier_id, number_id, slot, sent_at, outcome,"
		  " counted) SELECT %lld, 1, o, s, o * 10 + s,"
		  " 447700000000 + o, %lld, %lld, 0, NOW(6), x, x < 12"
		  " FROM (SELECT 1 o, 1 s, 2 x UNION ALL SELECT 1, 2, 1"
		  "  UNION ALL SELECT 4, 1, 2 UNION ALL SELECT 4, 2, 12"
		  "  UNION ALL SELECT 5, 1, 1 UNION ALL SELECT 7, 1, 6"
		  "  UNION ALL SELECT 8, 1, 11) a",
		  RUN_ID, (long long)w.carrier, (long long)w.numbers[0]);
}

static inline const char *
id_hex(unsigned ordinal, unsigned seq, unsigned nonce)
{
	const struct call_key key = { .run = (uint32_t)run,
				      .seg = 1,
				      .ordinal = ordinal,
				      .seq = (uint16_t)seq,
				      .nonce = nonce };
	uint8_t id[UUID_LEN];
	char *hex = arena_alloc(w.a, UUID_LEN * 2 + 1);

	call_id_make(&key, id);
	secret_hex(id, UUID_LEN, hex);
	return hex;
}

static inline void
write_live(unsigned ordinal, unsigned seq)
{
	world_sql(&w,
		  "INSERT INTO live_call (id, workspace_id, phone,"
		  " campaign_id, run_id, seg, ordinal, seq, class, epoch,"
		  " state, carrier_id, number_id, queued_at, not_after,"
		  " sent_at) VALUES (UNHEX('%s'), %lld, '44770000000%u', %lld,"
		  " %lld, 1, %u, %u, 1, 1, 1, %lld, %lld, NOW(6),"
		  " '2030-01-01', NOW(6))",
		  id_hex(ordinal, seq, 77), (long long)w.who.workspace_id,
		  ordinal, (long long)campaign, RUN_ID, ordinal, seq,
		  (long long)w.carrier, (long long)w.numbers[0]);
}

/* Three shards, of which only the sum is right; one is below zero. */
static inline void
write_counts(void)
{
	world_sql(&w,
		  "INSERT INTO run_count (run_id, shard, active, held, retry,"
		  " callback, excluded, processed) VALUES"
		  " (%lld, 1, 6, 1, 0, 0, 1, 1)",
		  RUN_ID);
	world_sql(&w,
		  "INSERT INTO run_count (run_id, shard, active, retry,"
		  " callback, completed, exhausted, invalid, processed,"
		  " connected, ended, answered, o_1, o_2, o_6, o_11, o_12)"
		  " VALUES (%lld, 2, -5, 2, 1, 1, 1, 1, 5, 2, 6, 3, 2, 2, 1,"
		  " 1, 1)",
		  RUN_ID);
	world_sql(&w,
		  "INSERT INTO run_count (run_id, shard, retry) VALUES"
		  " (%lld, 3, -1)",
		  RUN_ID);
	world_sql(&w,
		  "INSERT INTO run_breakdown (run_id, slot, carrier_id,"
		  " number_id, pass, ended, answered, connected, brief,"
		  " congested, first_at, last_at) VALUES"
		  " (%lld, 0, 1, 1, 1, 5, 1, 1, 1, 0, NOW(6), NOW(6)),"
		  " (%lld, 0, 1, 1, 2, 1, 1, 1, 1, 1, NOW(6), NOW(6))",
		  RUN_ID, RUN_ID);
}

static inline void
write_books(void)
{
	static const char *const tables[] = {
		"upload",	 "run_cursor",	 "run_contact", "due",
		"attempt",	 "run",		 "live_call",	"run_count",
		"carrier_share", "node",	 "segment",	"contact",
		"list_part",	 "contact_list", "campaign",	"audit",
		"run_breakdown", "run_disposition", "campaign_period"
	};

	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		world_sql(&w, "DELETE FROM %s", tables[i]);
	campaign = world_draft(&w, "Spring", 10);
	world_apply(&w, campaign, ACTION_START);
	run = world_int(&w, "SELECT MAX(id) FROM run");
	list = world_int(&w, "SELECT MAX(id) FROM contact_list");
	world_sql(&w,
		  "UPDATE run_cursor SET next_ordinal = 9"
		  " WHERE run_id = %lld AND seg = 1",
		  RUN_ID);
	write_contacts();
	write_live(2, 1);
	write_counts();
	world_sql(&w, "INSERT INTO node VALUES (0, 42, 'n', NOW(6) +"
		      " INTERVAL 1 HOUR)");
	world_sql(&w,
		  "INSERT INTO carrier_share (carrier_id, slot, boot,"
		  " want, cps, channels, grown_at) VALUES (%lld, 0, 42, 5, 10, 100, NOW(6)),"
		  " (%lld, 1, 43, 5, 10, 100, NOW(6))",
		  (long long)w.carrier, (long long)w.carrier);
}

static inline struct verify_report
count_again(bool deep, const char *log)
{
	const struct verify_opts opts = { .deep = deep, .sim_log = log };
	struct verify_report report;

	world_need(verify_check(w.db, &opts, w.a, &report, &f), "check");
	return report;
}

#endif
