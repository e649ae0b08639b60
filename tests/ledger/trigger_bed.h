/*
 * trigger_bed.h - contacts that are added to a campaign by calls.
 */
#ifndef TESTS_LEDGER_TRIGGER_BED_H
#define TESTS_LEDGER_TRIGGER_BED_H

#include "campaign/trigger.h"
#include "tests/ledger/ledger_bed.h"

static struct ledger_bed b;

static inline struct trigger_contact *
contacts_of(int64_t first, size_t n, int64_t priority)
{
	struct trigger_contact *c =
		ARENA_ARRAY(b.w.a, n, struct trigger_contact);

	for (size_t i = 0; i < n; i++)
		c[i] = (struct trigger_contact){
			.phone_number =
				arena_printf(b.w.a, "+%lld",
					     (long long)first + (long long)i),
			.priority = priority,
		};
	return c;
}

static inline int
try_trigger(const struct trigger_contact *c, size_t n,
	    struct trigger_answer *out)
{
	struct trigger_order o = { .campaign_id = b.campaign,
				   .contacts = c,
				   .count = n };

	f = (struct fault){ 0 };
	return campaign_trigger(b.w.db, &b.w.who, &o, b.w.a, out, &f);
}

/* Adds contacts with numbers from 'first' on. */
static inline struct trigger_answer
trigger(int64_t first, size_t n, int64_t priority)
{
	struct trigger_answer out = { 0 };

	world_need(try_trigger(contacts_of(first, n, priority), n, &out),
		   "trigger");
	return out;
}

/* What the only contact of a call became: a code, "" if accepted. */
static inline const char *
code_of(const struct trigger_contact *c)
{
	struct trigger_answer out = { 0 };

	world_need(try_trigger(c, 1, &out), "trigger");
	return out.results[0].code;
}

static inline const char *
code_of_phone(int64_t phone)
{
	return code_of(contacts_of(phone, 1, 5));
}

/* Waits until so many statements wait for a row. */
static inline void
until_waiting(int64_t n)
{
	int64_t end = clock_boot_us() + 20 * US_PER_S;

	while (world_int(&b.w, "SELECT CAST(VARIABLE_VALUE AS SIGNED)"
			       " FROM information_schema.GLOBAL_STATUS"
			       " WHERE VARIABLE_NAME ="
			       " 'INNODB_ROW_LOCK_CURRENT_WAITS'") < n)
		world_need(clock_boot_us() < end ? 0 : -1,
			   "nobody waits for the row");
}

/* A running campaign without contacts that goes on for ever. */
static inline void
start_empty(bool always_on)
{
	bed_start(&b, 1);
	bed_calls(&b, 1, OUTCOME_COMPLETED);
	world_sql(&b.w, "UPDATE campaign SET always_on = %d WHERE id = %lld",
		  always_on, (long long)b.campaign);
}

#endif
