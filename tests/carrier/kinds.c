/* What the contract needs of each kind of carrier. */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "tests/carrier/rig.h"

static void
sim_start(struct rig *r)
{
	static const char *const settings[] = { "scripted=true", "speed=10",
						NULL };

	rig_start(r, settings);
}

/* Both write a line of their log for each call, before they begin it. */
static size_t
logged(const struct rig *r, const char *call_id)
{
	return rig_logged(r->log, call_id);
}

/* clang-format off */
static const struct rig_phone sim_phones[] = {
	{ "49301200", OUTCOME_COMPLETED,      1, 1 },
	{ "49301202", OUTCOME_VOICEMAIL,      1, 1 },
	{ "49301203", OUTCOME_ABANDONED,      1, 1 },
	{ "49301180", OUTCOME_NO_ANSWER,      1, 0 },
	{ "49301100", OUTCOME_UNREACHABLE,    0, 0 },
	{ "49301404", OUTCOME_INVALID_NUMBER, 1, 0 },
	{ "49301486", OUTCOME_BUSY,           1, 0 },
	{ "49301503", OUTCOME_CONGESTION,     1, 0 },
	{ "49301603", OUTCOME_REJECTED,       1, 0 },
	{ "49301607", OUTCOME_BLOCKED,        1, 0 },
	{ "49301488", OUTCOME_ERROR,          1, 0 },
};
/* clang-format on */

static const struct ami_settings account = { .user = "outdial",
					     .secret = "secret",
					     .dial = "PJSIP/{number}@trunk" };

static void
ami_start(struct rig *r)
{
	rig_start_fake_ami(r);
	r->ami = &account;
}

static const struct rig_phone ami_phones[] = {
	{ "49301200", OUTCOME_COMPLETED,      1, 1 },
	{ "49301203", OUTCOME_ABANDONED,      1, 1 },
	{ "49301180", OUTCOME_NO_ANSWER,      1, 0 },
	{ "49301100", OUTCOME_UNREACHABLE,    0, 0 },
	{ "49301302", OUTCOME_ERROR,          1, 0 },
	{ "49301404", OUTCOME_INVALID_NUMBER, 1, 0 },
	{ "49301486", OUTCOME_BUSY,           1, 0 },
	{ "49301503", OUTCOME_CONGESTION,     1, 0 },
	{ "49301603", OUTCOME_REJECTED,       1, 0 },
	{ "49301613", OUTCOME_BLOCKED,        1, 0 },
	{ "49301607", OUTCOME_BLOCKED,        1, 0 },
	{ "49301488", OUTCOME_ERROR,          1, 0 },
};

/* The phones of tests/asterisk/phones.mjs. */
static const struct rig_phone real_phones[] = {
	{ "49301200", OUTCOME_COMPLETED,      1, 1 },
	{ "49301209", OUTCOME_COMPLETED,      0, 1 },
	{ "49301180", OUTCOME_NO_ANSWER,      1, 0 },
	{ "49301100", OUTCOME_UNREACHABLE,    0, 0 },
	{ "49301479", OUTCOME_UNREACHABLE,    0, 0 },
	{ "49301184", OUTCOME_BUSY,           1, 0 },
	{ "49301302", OUTCOME_ERROR,          1, 0 },
	{ "49301404", OUTCOME_INVALID_NUMBER, 1, 0 },
	{ "49301486", OUTCOME_BUSY,           1, 0 },
	{ "49301503", OUTCOME_CONGESTION,     0, 0 },
	{ "49301603", OUTCOME_REJECTED,       1, 0 },
	{ "49301615", OUTCOME_REJECTED,       0, 0 },
	{ "49301618", OUTCOME_BLOCKED,        1, 0 },
	{ "49301607", OUTCOME_BLOCKED,        1, 0 },
	{ "49301488", OUTCOME_ERROR,          1, 0 },
};

static void
real_start(struct rig *r)
{
	snprintf(r->address, sizeof(r->address), "%s", getenv("PBX_AMI"));
	snprintf(r->log, sizeof(r->log), "%s", getenv("PBX_PHONES"));
	r->ami = &account;
}

/* SIPp writes a line for each INVITE; its caller is the call's own. */
static size_t
invited(const struct rig *r, const char *call_id)
{
	char caller[32];

	if (!call_id)
		return rig_logged(r->log, "INVITE");
	snprintf(caller, sizeof(caller), "%s@", caller_of(call_id));
	return rig_logged(r->log, caller);
}

const struct rig_kind *
rig_real_pbx(void)
{
	static const struct rig_kind pbx = {
		.start = real_start,
		.placed = invited,
		.phones = real_phones,
		.phone_count = ARRAY_LEN(real_phones),
		.ring_ms = 4000,
		.rings = "49302180",
		.talks = "49302201",
		.busy = "49302486",
	};

	return getenv("PBX_AMI") ? &pbx : NULL;
}

const struct rig_kind rig_kinds[CARRIER_KIND_MAX] = {
	[CARRIER_SIM] = { .start = sim_start,
			  .placed = logged,
			  .phones = sim_phones,
			  .phone_count = ARRAY_LEN(sim_phones),
			  .ring_ms = 30000,
			  .rings = "49302180",
			  .talks = "49302201",
			  .busy = "49302486",
			  .silent = "49302999" },
	[CARRIER_AMI] = { .start = ami_start,
			  .placed = logged,
			  .phones = ami_phones,
			  .phone_count = ARRAY_LEN(ami_phones),
			  .ring_ms = 30000,
			  .rings = "49302180",
			  .talks = "49302201",
			  .busy = "49302486",
			  .silent = "49302999" },
};
