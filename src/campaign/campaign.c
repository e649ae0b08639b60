#include "campaign/campaign.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/zone_cache.h"
#include "campaign/dispositions.h"
#include "campaign/outcome.h"
#include "campaign/repo.h"

const char *const campaign_status_words[] = { CAMPAIGN_STATUS_WORDS, NULL };
const char *const campaign_status_labels[] = { "Draft",	 "Running",
					       "Paused", "Completed",
					       "Failed", "Archived",
					       NULL };
const char *const run_rest_words[] = { "open",		"done",	  "manual_stop",
				       "window_closed", "failed", NULL };
const char *const campaign_mode_words[] = { "single_day", "multi_day", NULL };
const char *const campaign_pacing_words[] = { "predictive", "reserve", NULL };
const char *const weekday_words[] = { "mon", "tue", "wed", "thu",
				      "fri", "sat", "sun", NULL };

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(campaign_settings, name), .min = 1, .max = 120,
	  .label = "Campaign Name",
	  .help = "What operators see and search for." },
	{ FIELD(campaign_settings, bot_id), .min = 1, .max = UINT32_MAX,
	  .label = "Bot",
	  .help = "The bot that talks to the person who answers." },
	{ FIELD(campaign_settings, concurrency), .min = 1, .max = 10000,
	  .def = "50", .label = "Concurrency Limit",
	  .help = "Simultaneous connected conversations." },
	{ FIELD(campaign_settings, pacing), .words = campaign_pacing_words,
	  .def = "predictive", .label = "Pacing",
	  .help = "Predictive places more calls than there are free seats, because not everybody answers, and keeps abandoned calls below 3%. Reserve places a call only for a free seat: nobody is abandoned, and bots wait longer." },
	{ FIELD(campaign_settings, mode), .words = campaign_mode_words,
	  .def = "single_day", .label = "Campaign Mode",
	  .help = "Whether the run ends when the calling hours end, or continues when they begin again." },
	{ FIELD(campaign_settings, always_on), .def = "no",
	  .label = "Always-on",
	  .help = "The run never completes by itself and accepts contacts over time. Always uses Multi day." },
	{ FIELD(campaign_settings, window_start), .shape = SHAPE_CLOCK,
	  .min = 0, .max = 1439, .def = "09:00",
	  .label = "Time Window start", .help = "When calling starts." },
	{ FIELD(campaign_settings, window_end), .shape = SHAPE_CLOCK,
	  .min = 0, .max = 1440, .def = "18:00",
	  .label = "Time Window end",
	  .help = "When calling ends. If this is before the start, calling ends the next day. 00:00 to 24:00 is the whole day." },
	{ FIELD(campaign_settings, more_windows), .codec = &more_windows_codec,
	  .max = SPANS_MOST, .def = "",
	  .label = "More Time Windows",
	  .help = "More calling hours on the same days, such as 13:00-17:00, 19:00-20:30." },
	{ FIELD(campaign_settings, zone), .shape = SHAPE_ZONE, .min = 1,
	  .max = 64, .def = "UTC", .label = "Time zone",
	  .help = "The time zone of the calling hours and working days." },
	{ FIELD(campaign_settings, days), .words = weekday_words, .min = 1,
	  .max = 7, .def = "mon,tue,wed,thu,fri", .label = "Working Days",
	  .help = "Days on which calls are made." },
	{ FIELD(campaign_settings, holidays), .def = "yes",
	  .label = "Observe Holidays",
	  .help = "Calling does not start on the workspace’s holidays. Calling hours that cross midnight into a holiday still run to their end." },
	{ FIELD(campaign_settings, not_before), .shape = SHAPE_DATE_TIME,
	  .def = "", .label = "Not Before",
	  .help = "No calls are made before this date and time in the campaign’s time zone." },
	{ FIELD(campaign_settings, last_day), .shape = SHAPE_DATE,
	  .def = "", .label = "Last Day",
	  .help = "The run completes when the calling hours of this day end. Contacts still waiting are not called." },
	{ FIELD(campaign_settings, max_attempts), .min = 1, .max = 10,
	  .def = "3", .label = "Max Attempts",
	  .help = "The most calls to one contact in one run." },
	{ FIELD(campaign_settings, retry_delay), .min = 1, .max = 10080,
	  .def = "30", .unit = "min", .label = "Retry Delay",
	  .help = "The time from the end of a call to the next attempt." },
	{ FIELD(campaign_settings, retry_delays), .codec = &retry_delays_codec,
	  .words = outcome_retry_words,
	  .min = 1, .max = 10080, .def = "", .unit = "min",
	  .label = "Retry Delay by outcome",
	  .help = "Overrides Retry Delay after these outcomes. If empty, Retry Delay applies." },
	{ FIELD(campaign_settings, retry_on), .words = outcome_retry_words,
	  .def = "no_answer,busy,rejected,error,timeout",
	  .label = "Outcomes that retry",
	  .help = "A contact is called again after these outcomes." },
	{ FIELD(campaign_settings, retry_dispositions),
	  .codec = &disposition_list_codec,
	  .max = 20, .def = "", .label = "Dispositions that retry",
	  .help = "A contact is called again if the bot reports one of these dispositions." },
	{ FIELD(campaign_settings, goal_dispositions),
	  .codec = &disposition_list_codec,
	  .max = 20, .def = "", .label = "Goal dispositions",
	  .help = "What the campaign is for: these dispositions make its Goal Rate." },
	{ FIELD(campaign_settings, ring_timeout), .min = 10, .max = 120,
	  .def = "45", .unit = "s", .label = "Ring Timeout",
	  .help = "How long a phone rings before it counts as no answer." },
	{ FIELD(campaign_settings, callbacks), .def = "no",
	  .label = "Callback Detection",
	  .help = "Detect customer callback requests in post-call analysis and schedule them inside this campaign." },
};
/* clang-format on */

const struct record campaign_settings_record = RECORD(fields);

struct window
campaign_window(const struct campaign_settings *s, struct holidays h)
{
	return (struct window){
		.start = (int)s->window_start,
		.end = (int)s->window_end,
		.days = s->days.bits,
		.more = s->more_windows,
		.not_before = s->not_before,
		.last_day = s->last_day,
		.holidays = s->holidays ? h : NO_HOLIDAYS,
	};
}

int
campaign_settings_rules(struct campaign_settings *s, struct fault *f)
{
	struct window w = campaign_window(s, NO_HOLIDAYS);

	if (window_check(&w, f))
		return -1;
	if (s->always_on)
		s->mode = MODE_MULTI_DAY;
	return 0;
}

int
campaign_settings_check(struct campaign_settings *s, struct fault *f)
{
	if (record_check(&campaign_settings_record, s, f))
		return -1;
	return campaign_settings_rules(s, f);
}

/* floor(part * scale / whole), and 'scale' only when nothing is left. */
static int
share(int64_t part, int64_t whole, int scale)
{
	if (whole <= 0 || part <= 0)
		return 0;
	if (part >= whole)
		return scale;
	return (int)(part * scale / whole);
}

int
campaign_progress(const struct campaign *c)
{
	return share(c->fig.processed, c->fig.total, 100);
}

int
campaign_answer_rate(const struct campaign *c)
{
	if (c->fig.ended <= 0)
		return -1;
	return share(c->fig.answered, c->fig.ended, 1000);
}

int
campaign_completion_rate(const struct campaign *c)
{
	if (c->fig.ended <= 0 || c->fig.total <= 0)
		return -1;
	return share(c->fig.done, c->fig.total, 1000);
}

/* The bits of a set of settings that are no fields, see campaign/repo.h. */
uint32_t
campaign_pool_bit(void)
{
	return 1u << campaign_settings_record.count;
}

uint32_t
campaign_contacts_bit(void)
{
	return campaign_pool_bit() << 1;
}

#define WORDS_MOST 3

const char *
campaign_changed_words(uint32_t changed, struct arena *a)
{
	const struct record *r = &campaign_settings_record;
	const char *words[32];
	size_t n = 0, named;
	const char *text = "";

	for (size_t i = 0; i < r->count; i++)
		if (changed >> i & 1)
			words[n++] = r->fields[i].label;
	if (changed & campaign_pool_bit())
		words[n++] = "Number Pool";
	if (changed & campaign_contacts_bit())
		words[n++] = "Contacts";
	named = n > WORDS_MOST ? WORDS_MOST - 1 : n;
	for (size_t i = 0; i < named; i++)
		text = arena_printf(a, "%s%s%s", text,
				    i == 0	 ? ""
				    : i + 1 == n ? " and "
						 : ", ",
				    words[i]);
	if (named == n)
		return text;
	return arena_printf(a, "%s and %zu more settings", text, n - named);
}
