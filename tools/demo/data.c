/* What the demo workspace holds. */
#include "tools/demo/demo.h"

#include <stdio.h>

#include "base/arena.h"

const struct demo_bot demo_bots[] = {
	{ "Appointment assistant", "sip:appointments@bots.example" },
	{ "Renewal adviser", "sip:renewals@bots.example" },
	{ "Survey caller", "sip:survey@bots.example" },
};
const size_t demo_bot_count = ARRAY_LEN(demo_bots);

const char *const demo_numbers[] = {
	"13125550190", "Chicago main", "13125550191", "Chicago second",
	"16175550192", "Boston main",  "16175550193", "Boston second",
	"13055550194", "Miami main",   "12065550195", "Seattle main",
	NULL,
};

/*
 * The running campaigns last for more than a day at the default pace of the
 * simulated carrier (17 s of talk per call and seat, two of three contacts
 * called again), a draft for 35 minutes or more.  Drafts begin with numbers
 * that the running campaigns have called already, because one phone takes one
 * call at a time.
 */
/* clang-format off */
const struct demo_campaign demo_campaigns[] = {
	{ .name = "Appointment reminders, cardiology", .status = CAMPAIGN_RUNNING,
	  .contacts = 38000, .first_phone = 0, .past = 9600, .concurrency = 8,
	  .retry_delay = 120, .created_h = 31, .run_h = 6, .callbacks = true },
	{ .name = "Policy renewals, fourth quarter", .status = CAMPAIGN_RUNNING,
	  .contacts = 30000, .first_phone = 38000, .past = 11100, .concurrency = 5,
	  .bot = 1, .retry_delay = 240, .created_h = 54, .run_h = 9 },
	{ .name = "Web enquiries, call back", .status = CAMPAIGN_RUNNING,
	  .contacts = 12000, .first_phone = 68000, .past = 2900, .concurrency = 2,
	  .bot = 1, .always_on = true, .retry_delay = 180, .created_h = 700, .run_h = 50 },

	{ .name = "Flu vaccination invitation, north", .status = CAMPAIGN_PAUSED,
	  .contacts = 12000, .first_phone = 20000, .past = 4300, .concurrency = 20,
	  .retry_delay = 60, .created_h = 29, .run_h = 5 },
	{ .name = "Patient satisfaction survey, October", .status = CAMPAIGN_PAUSED,
	  .contacts = 5000, .first_phone = 32000, .past = 800, .concurrency = 25,
	  .bot = 2, .retry_delay = 90, .created_h = 76, .run_h = 3 },

	{ .name = "Dental check-up reminder, spring", .status = CAMPAIGN_DRAFT,
	  .contacts = 4000, .first_phone = 1000, .concurrency = 30,
	  .retry_delay = 30, .created_h = 2 },
	{ .name = "متابعة مواعيد العيادة", .status = CAMPAIGN_DRAFT,
	  .contacts = 10000, .first_phone = 39000, .concurrency = 60,
	  .retry_delay = 30, .created_h = 5 },
	{ .name = "Lapsed members win-back", .status = CAMPAIGN_DRAFT,
	  .contacts = 6000, .first_phone = 5000, .concurrency = 40,
	  .bot = 1, .retry_delay = 60, .created_h = 26 },
	{ .name = "Lab results ready, second notice", .status = CAMPAIGN_DRAFT,
	  .contacts = 2200, .first_phone = 50000, .past = 2200, .concurrency = 25,
	  .retry_delay = 30, .created_h = 98, .run_h = 5,
	  .rest = REST_DONE, .restarted_by = "Maria Alvarez" },

	{ .name = "Appointment reminders, orthopaedics", .status = CAMPAIGN_COMPLETED,
	  .contacts = 2400, .first_phone = 52500, .past = 2400, .concurrency = 30,
	  .retry_delay = 30, .created_h = 150, .run_h = 6, .rest = REST_DONE },
	{ .name = "Flu vaccination invitation, south", .status = CAMPAIGN_COMPLETED,
	  .contacts = 3800, .first_phone = 55000, .past = 3120, .concurrency = 40,
	  .retry_delay = 60, .created_h = 174, .run_h = 9,
	  .rest = REST_WINDOW_CLOSED, .reason = "window_closed" },
	{ .name = "Insurance survey, pilot group", .status = CAMPAIGN_COMPLETED,
	  .contacts = 1150, .first_phone = 59000, .past = 430, .concurrency = 10,
	  .bot = 2, .retry_delay = 60, .created_h = 220, .run_h = 2,
	  .rest = REST_MANUAL_STOP, .reason = "manual_stop" },

	{ .name = "Overdue balance, friendly reminder", .status = CAMPAIGN_FAILED,
	  .contacts = 1600, .first_phone = 60500, .past = 310, .concurrency = 20,
	  .bot = 1, .retry_delay = 60, .created_h = 125, .run_h = 4,
	  .rest = REST_FAILED, .reason = "Its carrier refused every call for 24 hours." },
	{ .name = "Clinic opening announcement, lakeside district and surrounding communities", .status = CAMPAIGN_FAILED,
	  .contacts = 900, .first_phone = 62500, .past = 120, .concurrency = 15,
	  .retry_delay = 30, .created_h = 310, .run_h = 1,
	  .rest = REST_FAILED, .reason = "Its number pool lost its last usable number." },
};
/* clang-format on */

const size_t demo_campaign_count = ARRAY_LEN(demo_campaigns);

void
demo_phone(int i, char out[static 16])
{
	unsigned n = (unsigned)i % DEMO_PHONES;

	snprintf(out, 16, "1%u55501%02u", 200 + n / 100, n % 100);
}

const char *
demo_vars(int i, struct arena *a)
{
	static const char *const first[] = {
		"Ann",	  "Luis",  "Grace", "Omar",   "Julia", "Noah",
		"Priya",  "Elena", "Sam",   "Aiko",   "Peter", "Fatima",
		"Marcus", "Chloé", "David", "Ingrid",
	};
	static const char *const last[] = {
		"Miller", "García", "Johnson", "Hassan", "Nguyen",
		"Brown",  "Patel",  "Rossi",   "O’Neil", "Schmidt",
		"Kim",	  "Lopez",  "Clark",
	};
	size_t n = (size_t)i;

	return arena_printf(a,
			    "{\"first_name\":\"%s\",\"last_name\":\"%s\","
			    "\"appointment\":\"%02zu:%s\"}",
			    first[n % ARRAY_LEN(first)],
			    last[n / 7 % ARRAY_LEN(last)], 8 + n % 10,
			    n % 3 ? "30" : "00");
}
