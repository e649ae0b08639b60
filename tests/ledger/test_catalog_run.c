/*
 * A campaign dials while its bot, carrier or number is changed, or its
 * workspace moves to another time zone: what was queued before is not sent, and
 * what is planned next has the new values.
 */
#include "tests/ledger/ledger_bed.h"
#include "workspace/catalog.h"

static struct ledger_bed b;

static union catalog_entry e;

static void
get(const struct catalog_kind *k, int64_t id)
{
	world_need(catalog_get(b.w.db, k,
			       (struct catalog_id){ b.w.who.workspace_id, id },
			       &e, b.w.a, &f),
		   k->word);
}

static void
store(const struct catalog_kind *k, const char *what)
{
	fine(catalog_change(b.w.db, &b.w.who, k, &e, b.w.a, &f), what);
}

static void
new_target(void)
{
	get(&catalog_bots, b.w.bot);
	e.bot.target = "sip:other@example.com";
	store(&catalog_bots, "the bot gets another target");
}

static void
new_phone(void)
{
	for (int i = 0; i < 2; i++) {
		get(&catalog_numbers, b.w.numbers[i]);
		e.number.phone = i ? "442079460011" : "442079460010";
		store(&catalog_numbers, "a number becomes another one");
	}
}

static void
flip(const struct catalog_kind *k, int64_t id, bool on, const char *what)
{
	const struct catalog_switch s = { id, on };

	fine(catalog_enable(b.w.db, &b.w.who, k, &s, b.w.a, &f), what);
}

static void
carrier_off(void)
{
	flip(&catalog_carriers, b.w.carrier, false, "the carrier is disabled");
	flip(&catalog_carriers, b.w.carrier, true, "and enabled again");
}

static void
number_off(void)
{
	flip(&catalog_numbers, b.w.numbers[0], false, "a number is disabled");
}

static void
new_zone(void)
{
	struct workspace w;

	world_need(workspace_get(b.w.db, b.w.who.workspace_id, &w, b.w.a, &f),
		   "workspace");
	w.zone = "Pacific/Kiritimati";
	fine(workspace_change(b.w.db, &b.w.who, &w, b.w.a, &f),
	     "the workspace moves to another time zone");
}

/* What 'turn' changes voids two queued calls; returns the ones planned next. */
static struct plan_result
after(void (*turn)(void))
{
	struct run_look before;
	struct plan_result r, none;
	struct call_id *ids;

	bed_start(&b, 4);
	r = bed_plan(&b, 3);
	ids = bed_ids(&b, &r);
	before = bed_look(&b);
	is_int((int64_t)bed_send(&b, ids, 1), 1, "one call is sent");
	turn();
	is_int((int64_t)bed_send(&b, ids + 1, 2), 0,
	       "the two calls that were queued before are not sent");
	is_int(bed_try_plan(&b, b.w.db, &before, 4, &none), -1,
	       "nothing is planned by a look from before");
	bed_withdraw(&b, b.w.db, &b.me, ids + 1, 2, LIVE_QUEUED);
	bed_record(&b, ids, 1, OUTCOME_COMPLETED);
	r = bed_plan(&b, 3);
	is_int((int64_t)r.count, 3, "the other three contacts are planned");
	return r;
}

static void
finish(struct plan_result r, const char *what)
{
	struct call_id *ids = bed_ids(&b, &r);

	is_int((int64_t)bed_send(&b, ids, 3), 3, "their calls are sent");
	bed_record(&b, ids, 3, OUTCOME_COMPLETED);
	bed_balance(&b, what);
}

int
main(void)
{
	struct plan_result r;

	bed_open(&b);
	r = after(new_target);
	is_str(r.jobs[0].call.bot, "sip:other@example.com",
	       "they are joined with the new target");
	finish(r, "the books balance after another target");
	r = after(new_phone);
	ok(!strncmp(r.jobs[0].call.from, "44207946001", 11),
	   "they come from the new number");
	finish(r, "the books balance after another number");
	finish(after(carrier_off),
	       "the books balance after a carrier was disabled");
	r = after(number_off);
	for (int i = 0; i < 3; i++)
		is_str(r.jobs[i].call.from, "442079460011",
		       "they come from the number that is left");
	finish(r, "the books balance after a number was disabled");
	finish(after(new_zone), "the books balance after another time zone");
	return bed_close(&b);
}
