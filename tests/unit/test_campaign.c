/* A campaign's settings and their limits, and the figures of the list. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/civil.h"
#include "campaign/campaign.h"
#include "campaign/dial_state.h"
#include "campaign/repo.h"
#include "base/zone_cache.h"
#include "campaign/outcome.h"
#include "tests/tap.h"

/* clang-format off */
static const struct {
	const char *field, *value, *says; /* says NULL: accepted */
} values[] = {
	{ "name", "", "Campaign Name must have 1 to 120 characters." },
	{ "name", "متابعة العملاء", NULL },
	{ "bot_id", "0", "Bot must be a whole number from 1 to 4,294,967,295." },
	{ "concurrency", "0", "Concurrency Limit must be a whole number from 1 to 10,000." },
	{ "concurrency", "10000", NULL },
	{ "concurrency", "10001", "Concurrency Limit must be a whole number from 1 to 10,000." },
	{ "mode", "weekly", "Campaign Mode must be single_day or multi_day." },
	{ "pacing", "power", "Pacing must be predictive or reserve." },
	{ "window_end", "24:00", NULL },
	{ "window_start", "24:00", "Time Window start must be a time of day from 00:00 to 23:59, such as 09:30." },
	{ "zone", "Mars/Olympus", "Time zone must be a time zone, such as Europe/Berlin." },
	{ "days", "sat", NULL },
	{ "max_attempts", "11", "Max Attempts must be a whole number from 1 to 10." },
	{ "retry_delay", "10081", "Retry Delay must be a whole number from 1 to 10,080 min." },
	{ "retry_on", "", NULL },
	{ "retry_on", "voicemail,lost", NULL },
	{ "retry_on", "completed",
	  "Outcomes that retry must be a list of no_answer, busy, rejected, "
	  "unreachable, voicemail, abandoned, error, timeout or lost." },
	{ "more_windows", "19:00-20:30,13:00-17:00", NULL },
	{ "more_windows", "01:00-02:00,03:00-04:00,05:00-06:00,07:00-08:00",
	  "More Time Windows must be at most 3 time ranges, such as 13:00-17:00, 19:00-20:30." },
	{ "not_before", "2026-12-01T10:00", NULL },
	{ "not_before", "tomorrow", "Not Before must be a date and time, such as 2026-12-01T10:00, or empty." },
	{ "last_day", "", NULL },
	{ "last_day", "2026-11-31", "Last Day must be a date, such as 2026-12-24, or empty." },
	{ "holidays", "never", "Observe Holidays must be yes or no." },
	{ "retry_delays", "busy=5,no_answer=10080", NULL },
	{ "retry_delays", "completed=5",
	  "Retry Delay by outcome must be a list of no_answer, busy, rejected, unreachable, voicemail, abandoned, error, timeout or lost, each followed by = and a whole number from 1 to 10,080 min." },
	{ "retry_dispositions", "call_later,no-time", NULL },
	{ "goal_dispositions", "sold", NULL },
	{ "retry_dispositions", "Call later",
	  "Dispositions that retry must be a list of at most 20 words of a-z, "
	  "0-9, _ and -, each with at most 40 characters, separated by "
	  "commas." },
	{ "ring_timeout", "9", "Ring Timeout must be a whole number from 10 to 120 s." },
};

static const struct {
	const char *what;
	struct campaign_figures fig;
	int progress, answer, completion;
} rates[] = {
	{ "a draft without contacts has no progress", { 0 }, 0, -1, -1 },
	{ "a campaign that has dialled nothing has no progress",
	  { .total = 100 }, 0, -1, -1 },
	{ "excluded contacts count as progress",
	  { .total = 4, .processed = 1 }, 25, -1, -1 },
	{ "contacts that never answer count as progress",
	  { .total = 10, .processed = 5, .ended = 5 }, 50, 0, 0 },
	{ "progress is rounded down",
	  { .total = 1000000, .processed = 999999, .ended = 1500000, .answered = 500000, .done = 999999 }, 99, 333, 999 },
	{ "progress is 100 when all contacts are processed",
	  { .total = 3, .processed = 3, .ended = 3, .answered = 3, .done = 3 }, 100, 1000, 1000 },
	{ "progress is right for ten million contacts",
	  { .total = 10000000, .processed = 7500000, .ended = 10000000, .answered = 1, .done = 7500000 }, 75, 0, 750 },
};
/* clang-format on */

static void
check_value(size_t i, struct arena *a)
{
	const struct field *fd =
		record_find(&campaign_settings_record, values[i].field);
	struct campaign_settings s = { 0 };
	struct fault f = { 0 };
	char what[160];

	snprintf(what, sizeof(what), "%s = \"%s\"", values[i].field,
		 values[i].value);
	is_str(field_set(fd, &s, values[i].value, a, &f) ? f.text : NULL,
	       values[i].says, what);
}

static void
check_settings(struct arena *a)
{
	struct campaign_settings s = { .name = "Spring", .bot_id = 1 };
	struct fault f = { 0 };

	record_defaults(&campaign_settings_record, &s, a);
	is_int(s.concurrency, 50, "the default concurrency is 50");
	is_int(s.window_start, 540, "the default window starts at 09:00");
	is_int(s.window_end, 1080, "the default window ends at 18:00");
	is_int(s.days.bits, 0x1f, "the default days are Monday to Friday");
	is_int(s.retry_on.bits,
	       1 << OUTCOME_NO_ANSWER | 1 << OUTCOME_BUSY |
		       1 << OUTCOME_REJECTED | 1 << OUTCOME_ERROR |
		       1 << OUTCOME_TIMEOUT,
	       "five outcomes are retried by default");
	is_int(s.ring_timeout, 45, "the default ring timeout is 45 s");
	ok(s.holidays && !s.not_before && !s.last_day && !s.more_windows.count,
	   "holidays are kept by default, and nothing else is scheduled");
	is_int(campaign_settings_check(&s, &f), 0, "the defaults are valid");
	is_int(s.mode, MODE_SINGLE_DAY, "the default mode is a single day");
	s.always_on = true;
	is_int(campaign_settings_check(&s, &f), 0,
	       "always-on settings are valid");
	is_int(s.mode, MODE_MULTI_DAY, "always-on implies multi_day");
	s.window_end = s.window_start;
	is_int(campaign_settings_check(&s, &f), -1, "equal hours are refused");
	is_str(f.field, "window_end",
	       "the fault of equal hours names window_end");
	s.window_end = 1080;
	s.concurrency = 0;
	is_int(campaign_settings_check(&s, &f), -1,
	       "a concurrency of 0 is refused");
	is_str(f.field, "concurrency",
	       "the fault of the limit names concurrency");
}

static void
check_json(struct arena *a)
{
	struct campaign_settings s = { .name = "“Ночь” \\ \"x\"", .bot_id = 7 };
	struct campaign_settings back = { 0 };
	const int64_t numbers[] = { 4, UINT32_MAX };
	struct fault f = { 0 };
	char *json;

	record_defaults(&campaign_settings_record, &s, a);
	s.days.bits = 0x41;
	s.callbacks = true;
	s.pacing = PACING_RESERVE;
	s.more_windows = (struct spans){ 1, { { 1140, 1230 } } };
	s.not_before = 20788 * 1440 + 600;
	s.last_day = 20811;
	s.retry_delays.of[OUTCOME_BUSY] = 5;
	s.retry_dispositions = "call_later";
	s.goal_dispositions = "sold";
	json = campaign_settings_json(&s, numbers, ARRAY_LEN(numbers), a);
	ok(strstr(json, "\"numbers\":[4,4294967295]"),
	   "the number pool is in the JSON");
	ok(strstr(json, "\"more_windows\":\"19:00-20:30\"") &&
		   strstr(json, "\"not_before\":\"2026-12-01T10:00\"") &&
		   strstr(json, "\"last_day\":\"2026-12-24\"") &&
		   strstr(json, "\"holidays\":true") &&
		   strstr(json, "\"retry_delays\":\"busy=5\"") &&
		   strstr(json, "\"retry_dispositions\":\"call_later\"") &&
		   strstr(json, "\"goal_dispositions\":\"sold\""),
	   "the schedule is in the JSON");
	is_int(campaign_settings_read(&back, json, a, &f), 0,
	       "settings survive JSON");
	is_str(back.name, s.name, "the name survives JSON");
	is_int(back.bot_id, 7, "the bot survives JSON");
	is_int(back.days.bits, 0x41, "the days survive JSON");
	is_int(back.callbacks, true, "a switch survives JSON");
	is_int(back.pacing, PACING_RESERVE, "the pacing survives JSON");
	is_str(campaign_settings_json(&back, numbers, ARRAY_LEN(numbers), a),
	       json, "all settings survive JSON");
}

/* What people write, and what is said of it; NULL: it is taken. */
/* clang-format off */
static const struct {
	const char *json, *says, *field, *text;
} written[] = {
	{ "{\"timezone\":\"Asia/Tokyo\",\"window_stop\":\"12:00\",\"max_attempt\":1}",
	  "Line 1, character 2: There is no setting “timezone”; the nearest is “zone”.", NULL, NULL },
	{ "{\"zone\":\"Asia/Tokyo\",\n \"window_stop\":\"12:00\"}",
	  "Line 2, character 2: There is no setting “window_stop”; the nearest is “window_start” or “window_end”.", NULL, NULL },
	{ "{\"zone\":\"Asia/Tokyo\",\r\n\t\"max_attempt\":1}",
	  "Line 2, character 2: There is no setting “max_attempt”; the nearest is “max_attempts”.", NULL, NULL },
	{ "{\"name\":\"é\\\"}{[\", \"bot\":1}",
	  "Line 1, character 19: There is no setting “bot”; the nearest is “bot_id”.", NULL, NULL },
	{ "{\"Concurrency\":9}",
	  "Line 1, character 2: There is no setting “Concurrency”; the nearest is “concurrency”.", NULL, NULL },
	{ "{\"number\":[1]}",
	  "Line 1, character 2: There is no setting “number”; the nearest is “numbers”.", NULL, NULL },
	{ "{\"foo\":1}", "Line 1, character 2: There is no setting “foo”.", NULL, NULL },
	{ "{\"\":1}", "Line 1, character 2: There is no setting “”.", NULL, NULL },
	{ "{\"name\":\"a\",\"days\":\"mon\",\"name\":\"b\"}",
	  "Line 1, character 26: “name” is set twice.", NULL, NULL },
	{ "{\"numbers\":[1],\"numbers\":[2]}",
	  "Line 1, character 16: “numbers” is set twice.", NULL, NULL },
	{ "{\"name\":\"a\"} {\"name\":\"b\"}",
	  "Line 1, character 14: There is more text after the JSON.", NULL, NULL },
	{ "{\"name\":\"a\"}\n\n", NULL, "name", "a" },
	{ "\xef\xbb\xbf{\"name\":\"a\"}", NULL, "name", "a" },
	{ "{\"name\":\"a\\u0000b\"}",
	  "Line 1, character 11: Text cannot contain a NUL character.", NULL, NULL },
	{ "{\"name\":\"a\\\\u0000b\"}", NULL, "name", "a\\u0000b" },
	{ "{\"name\":\"a\\u0001b\"}",
	  "Campaign Name must be text in UTF-8 without control characters; character 2 is a control character (U+0001).", NULL, NULL },
	{ "{\"name\":\"\\u200b\"}",
	  "Campaign Name must have visible characters; it has only a zero-width space (U+200B).", NULL, NULL },
	{ "{\"days\":[\"tue\",\"mon\"]}", NULL, "days", "mon,tue" },
	{ "{\"retry_on\":[\"busy\"]}", NULL, "retry_on", "busy" },
	{ "{\"retry_on\":[]}", NULL, "retry_on", "" },
	{ "{\"retry_dispositions\":[\"later\",\"no_time\"]}", NULL, "retry_dispositions", "later,no_time" },
	{ "{\"more_windows\":[\"7pm-8:30pm\",\"19:00-20:30\"]}", NULL, "more_windows", "19:00-20:30, 19:00-20:30" },
	{ "{\"retry_delays\":{\"busy\":5,\"no_answer\":60}}", NULL, "retry_delays", "no_answer=60,busy=5" },
	{ "{\"last_day\":null}", NULL, "last_day", "" },
	{ "{\"window_start\":\"9:00\"}", NULL, "window_start", "09:00" },
	{ "{\"window_start\":9}", NULL, "window_start", "09:00" },
	{ "{\"zone\":\"europe/london\"}", NULL, "zone", "Europe/London" },
	{ "{\"days\":[\"mo\"]}", "Working Days must be a list of at least 1 of mon, tue, wed, thu, fri, sat or sun.", NULL, NULL },
	{ "{\"days\":[[\"mon\"]]}", "Working Days must be a list of at least 1 of mon, tue, wed, thu, fri, sat or sun.", NULL, NULL },
	{ "{\"days\":7}", "Working Days must be a list of at least 1 of mon, tue, wed, thu, fri, sat or sun.", NULL, NULL },
	{ "{\"name\":null}", "Campaign Name must have 1 to 120 characters.", NULL, NULL },
	{ "{\"name\":[\"a\"]}", "Campaign Name must have 1 to 120 characters.", NULL, NULL },
	{ "{\"concurrency\":1.5}", "Concurrency Limit must be a whole number from 1 to 10,000.", NULL, NULL },
	{ "{\"concurrency\":1e3}", NULL, "concurrency", "1000" },
	{ "[", "Line 1, character 2: The JSON ends too early.", NULL, NULL },
	{ "", "Line 1, character 1: The JSON ends too early.", NULL, NULL },
	{ "{\"name\":\"a\",\n\"days\" \"mon\"}", "Line 2, character 8: The JSON is wrong here or just before.", NULL, NULL },
	{ "{'name':'a'}", "Line 1, character 3: The JSON is wrong here or just before.", NULL, NULL },
	{ "[]", "Settings must be a JSON object.", NULL, NULL },
	{ "7", "Settings must be a JSON object.", NULL, NULL },
};
/* clang-format on */

static void
check_written(struct arena *a)
{
	const struct record *r = &campaign_settings_record;

	for (size_t i = 0; i < ARRAY_LEN(written); i++) {
		struct campaign_settings s = { .name = "before" };
		struct fault f = { 0 };

		is_str(campaign_settings_read(&s, written[i].json, a, &f)
			       ? f.text
			       : NULL,
		       written[i].says, written[i].json);
		if (written[i].says)
			is_str(s.name, "before",
			       "refused settings change nothing");
		else
			is_str(field_text(record_find(r, written[i].field), &s,
					  a),
			       written[i].text, "the setting has its value");
	}
	is_int(campaign_settings_named("[1]"), 0, "an array names nothing");
	ok(campaign_settings_named("{\"name\":1,\"numbers\":1}") ==
		   (1 | campaign_pool_bit()),
	   "an object names its keys");
}

#define MINUTE_US INT64_C(60000000)

/* In its window, at 14:00. */
static void
check_waits(struct campaign *c, struct zones *z, int64_t now, struct arena *a)
{
	static const struct {
		enum run_wait wait;
		int until; /* minutes from now */
		const char *note;
	} cases[] = {
		{ WAIT_RETRY, 32, "next retry at 14:32" },
		{ WAIT_RETRY, 24 * 60, "next retry at 14:00 tomorrow" },
		{ WAIT_RETRY, 72 * 60, "next retry Thu 14:00" },
		{ WAIT_RETRY, 240 * 60, "next retry at 14:00 on 3 Dec" },
		{ WAIT_RETRY, 0, "" },
		{ WAIT_CALLBACK, 5, "next callback at 14:05" },
		{ WAIT_TRY, 1, "next call at 14:01" },
		{ WAIT_END, 240, "no calls are due before it ends at 18:00" },
		{ WAIT_NUMBERS, 600,
		  "numbers at their daily limit until 00:00 tomorrow" },
		{ WAIT_CARRIER, -9, "carrier unavailable since 13:51" },
		{ WAIT_CONTACTS, 0, "waiting for contacts" },
		{ WAIT_ZONE, 0, "dialler does not know its time zone" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		c->wait = cases[i].wait;
		c->wait_until = now + cases[i].until * MINUTE_US;
		is_str(campaign_note(c, z, now, a), cases[i].note,
		       "the note says why no call is made");
	}
	c->fig.active = 1;
	is_str(campaign_note(c, z, now, a), "",
	       "the note is empty while a call is active");
	c->fig.active = 0;
	c->unmanned = true;
	is_str(campaign_note(c, z, now, a), "no dialler is running",
	       "the note says that no dialler is running");
	c->unmanned = false;
	c->wait = WAIT_NOT;
	c->set.zone = "Asia/Tokio";
	is_str(campaign_note(c, z, now, a),
	       "closed: unknown time zone Asia/Tokio",
	       "the note names an unknown zone");
	c->set.zone = "UTC";
}

static void
check_notes(struct arena *a)
{
	struct campaign c = { .status = CAMPAIGN_RUNNING };
	struct zones *z = zones_new();
	int64_t now = 0;

	record_defaults(&campaign_settings_record, &c.set, a);
	time_parse_iso("2026-11-23T20:00:00Z", &now);
	is_str(campaign_note(&c, z, now, a), "opens 09:00 tomorrow",
	       "a campaign outside its window notes when it opens");
	c.holidays = (struct holidays){ (const int64_t[]){ 20781 }, 1 };
	is_str(campaign_note(&c, z, now, a), "opens Wed 09:00",
	       "a holiday tomorrow is skipped");
	c.set.holidays = false;
	is_str(campaign_note(&c, z, now, a), "opens 09:00 tomorrow",
	       "a holiday that is not kept is not skipped");
	c.set.not_before = 20788 * 1440 + 600;
	is_str(campaign_note(&c, z, now, a), "opens 10:00 on 1 Dec",
	       "a campaign notes when it may begin");
	c.set.not_before = 0;
	c.held = true;
	is_str(campaign_note(&c, z, now, a), "on hold",
	       "the note says that the workspace is on hold");
	c.held = false;
	now -= INT64_C(6) * 3600 * 1000000;
	is_str(campaign_note(&c, z, now, a), "",
	       "a campaign inside its window has no note");
	check_waits(&c, z, now, a);
	c.status = CAMPAIGN_COMPLETED;
	is_str(campaign_note(&c, z, now, a), "",
	       "a completed campaign has no note");
	c.fig.active = 1;
	is_str(campaign_note(&c, z, now, a), "1 call finishing",
	       "the note counts one call that is left");
	c.fig.active = 1234;
	is_str(campaign_note(&c, z, now, a), "1,234 calls finishing",
	       "the note counts many calls that are left");
	c.status = CAMPAIGN_FAILED;
	c.reason = "The bot is gone.";
	is_str(campaign_note(&c, z, now, a), "The bot is gone.",
	       "a failed campaign notes its reason");
	c.status = CAMPAIGN_DRAFT;
	is_str(campaign_note(&c, z, now, a), "", "a draft has no note");
	zones_free(z);
}

/* A long list in a file of settings takes memory in proportion to its length.
 */
static void
check_long_list(struct arena *a)
{
	struct campaign_settings s = { .name = "x" };
	struct buf json = BUF_INIT;
	struct fault f = { 0 };
	size_t before;

	buf_str(&json, "{\"days\":[\"mon\"");
	while (json.len < 65536)
		buf_str(&json, ",\"mon\"");
	buf_str(&json, "]}");
	arena_reset(a);
	before = arena_used(a);
	is_int(campaign_settings_read(&s, json.data, a, &f), 0,
	       "a day may be listed as often as one likes");
	ok(arena_used(a) - before < 32 * json.len,
	   "a long list takes memory in proportion to its length");
	buf_free(&json);
}

int
main(void)
{
	struct arena *a = arena_new();

	for (size_t i = 0; i < ARRAY_LEN(values); i++)
		check_value(i, a);
	for (size_t i = 0; i < ARRAY_LEN(rates); i++) {
		struct campaign c = { .fig = rates[i].fig };

		is_int(campaign_progress(&c), rates[i].progress, rates[i].what);
		is_int(campaign_answer_rate(&c), rates[i].answer,
		       "the answer rate is right");
		is_int(campaign_completion_rate(&c), rates[i].completion,
		       "the completion rate is right");
	}
	check_settings(a);
	check_long_list(a);
	check_json(a);
	check_written(a);
	check_notes(a);
	arena_free(a);
	return tap_done();
}
