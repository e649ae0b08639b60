/*
 * Other settings for a campaign: which roles and statuses allow them, which
 * settings are locked, what the audit log says, and the fault that an editor
 * of an older version gets.
 */
#include "campaign/repo.h"
#include "tests/ledger/change_bed.h"

/* A checksum of all that a refused change must leave alone. */
static int64_t
print_of(int64_t id)
{
	return world_int(&b.w,
			 "SELECT CRC32(CONCAT_WS('|', name, hay, bot_id,"
			 " retry_delay, epoch, ver, touched_at,"
			 " (SELECT GROUP_CONCAT(number_id ORDER BY number_id)"
			 "   FROM campaign_number WHERE campaign_id = id),"
			 " (SELECT COUNT(*) FROM audit WHERE campaign_id ="
			 "   campaign.id))) FROM campaign WHERE id = %lld",
			 (long long)id);
}

#define NOTED(id, was, became)                                                 \
	world_int(&b.w,                                                        \
		  "SELECT COUNT(*) FROM audit WHERE campaign_id = %lld AND"    \
		  " action = 'edit' AND actor = 'Ann' AND user_id IS NOT NULL" \
		  " AND was = '" was "' AND became = '" became "'",            \
		  (long long)(id))

static void
check_stored(int64_t id)
{
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM campaign WHERE id = %lld AND"
			 " more_windows = '02:30-04:00, 05:00-06:00' AND"
			 " FROM_UNIXTIME(not_before * 60) ="
			 " '2026-12-01 10:00' AND FROM_UNIXTIME(last_day *"
			 " 86400) = '2026-12-24' AND holidays = 0 AND"
			 " retry_delays = 'no_answer=60,busy=5' AND"
			 " retry_dispositions = 'call_later,no-time'",
			 (long long)id),
	       1, "the schedule is stored as it was given");
}

static void
check_draft(void)
{
	int64_t id = world_draft(&b.w, "Spring", 3), bot, before;
	struct campaign c = load(id), after;
	struct campaign_settings s = c.set;

	before = print_of(id);
	fine(change(id, c.ver, &s),
	     "a change to the present settings is accepted");
	is_int(changed, 0, "a change to the present settings changes nothing");
	ok(print_of(id) == before,
	   "a change to the present settings writes nothing");

	world_need(bot_create(b.w.db, b.w.who.workspace_id, "Other",
			      "sip:other@example.com", &bot, &f),
		   "bot");
	s.name = "Straße";
	s.bot_id = bot;
	s.concurrency = 7;
	s.pacing = PACING_RESERVE;
	s.always_on = true;
	s.mode = MODE_SINGLE_DAY;
	s.window_start = 600;
	s.window_end = 60;
	s.zone = "Europe/London";
	s.days.bits = 0x60;
	s.max_attempts = 9;
	s.retry_delay = 45;
	s.retry_on.bits = 1u << OUTCOME_BUSY;
	s.ring_timeout = 50;
	s.callbacks = true;
	set_schedule(&s);
	fine(change_pool(id, c.ver, &s, b.w.numbers + 1, 1),
	     "every setting of a draft can be changed");
	is_int(changed, CHANGED_ALL, "every setting is reported as changed");
	after = load(id);
	s.mode = MODE_MULTI_DAY;
	is_str(campaign_settings_json(&after.set, NULL, 0, b.w.a),
	       campaign_settings_json(&s, NULL, 0, b.w.a),
	       "every setting has its new value, and always-on is multi_day");
	check_stored(id);
	ok(after.epoch == c.epoch + 1 && after.ver == c.ver + 1,
	   "a change makes a new epoch and a new version");
	ok(after.status == CAMPAIGN_DRAFT && after.runs == 0,
	   "a changed draft is still a draft");
	is_int(world_int(&b.w,
			 "SELECT number_id FROM campaign_number WHERE"
			 " campaign_id = %lld",
			 (long long)id),
	       b.w.numbers[1], "the changed draft has the other number pool");
	is_int(world_int(&b.w,
			 "SELECT INSTR(hay, 'strasse\n') = 1 AND name_key ="
			 " LEFT(WEIGHT_STRING('Strasse' COLLATE"
			 " utf8mb4_uca1400_ai_ci), 240)"
			 " FROM campaign WHERE id = %lld",
			 (long long)id),
	       1, "the changed draft is found and sorted by its new name");
}

static void
check_noted(void)
{
	int64_t id = world_draft(&b.w, "Noted", 1);
	struct campaign_settings s = load(id).set;

	set_schedule(&s);
	fine(change(id, -1, &s), "a change of the schedule is accepted");
	is_int(NOTED(id,
		     "{\"more_windows\":\"\",\"holidays\":true,"
		     "\"not_before\":\"\",\"last_day\":\"\","
		     "\"retry_delays\":\"\",\"retry_dispositions\":\"\","
		     "\"goal_dispositions\":\"\"}",
		     "{\"more_windows\":\"02:30-04:00, 05:00-06:00\","
		     "\"holidays\":false,"
		     "\"not_before\":\"2026-12-01T10:00\","
		     "\"last_day\":\"2026-12-24\","
		     "\"retry_delays\":\"no_answer=60,busy=5\","
		     "\"retry_dispositions\":\"call_later,no-time\","
		     "\"goal_dispositions\":\"sold\"}"),
	       1, "the old and new schedule are in the audit log");
	s = load(id).set;
	s.last_day = 0;
	s.retry_delay = 45;
	s.callbacks = true;
	fine(change_pool(id, -1, &s, b.w.numbers, 1),
	     "a change of four settings is accepted");
	is_int(NOTED(id,
		     "{\"last_day\":\"2026-12-24\",\"retry_delay\":30,"
		     "\"callbacks\":false,"
		     "\"numbers\":[1,2]}",
		     "{\"last_day\":\"\",\"retry_delay\":45,"
		     "\"callbacks\":true,"
		     "\"numbers\":[1]}"),
	       1, "only the four changed settings are in the audit log");
	fine(change_pool(id, -1, &s, NULL, 0),
	     "a draft can be given an empty number pool");
	is_int(changed, CHANGED_POOL,
	       "only the number pool is reported as changed");
	is_int(NOTED(id, "{\"numbers\":[1]}", "{\"numbers\":[]}"), 1,
	       "the empty number pool is in the audit log");
	ok(campaign_apply(b.w.db, id, ACTION_START, -1, &b.w.who, b.w.a, &f) ==
			   -1 &&
		   !strcmp(f.field, "numbers"),
	   "a draft with an empty number pool cannot be started");
	fine(change(id, -1, &s), "the draft is given its numbers again");
}

static void
refused(int64_t id, const struct campaign_settings *s, const int64_t *numbers,
	size_t count, enum fault_code code, const char *field, const char *what)
{
	int64_t before = print_of(id);
	int rc = change_pool(id, -1, s, numbers, count);

	ok(rc == -1 && f.code == code && !strcmp(f.field, field), what);
	ok(print_of(id) == before && changed == UINT32_MAX,
	   "a refused change changes nothing");
}

static void
check_limits(void)
{
	int64_t id = world_draft(&b.w, "Limits", 1), other, number;
	struct campaign_settings good = load(id).set, s = good;
	int64_t *many = ARENA_ARRAY(b.w.a, POOL_MOST + 1, int64_t);
	int64_t foreign[2] = { b.w.numbers[0] };

	world_need(workspace_create(b.w.db, "Other", "UTC", "GB", &other, &f),
		   "workspace");
	world_need(bot_create(b.w.db, other, "Theirs", "sip:x@example.com",
			      &s.bot_id, &f),
		   "bot");
	refused(id, &s, b.w.numbers, 2, FAULT_INVALID, "bot_id",
		"a bot of another workspace is refused");
	s = good;
	s.retry_delay = 0;
	refused(id, &s, b.w.numbers, 2, FAULT_INVALID, "retry_delay",
		"a retry delay outside the limits is refused");
	s = good;
	s.window_end = s.window_start;
	refused(id, &s, b.w.numbers, 2, FAULT_INVALID, "window_end",
		"an empty time window is refused");
	world_sql(&b.w,
		  "INSERT INTO number (workspace_id, carrier_id, phone, label,"
		  " day_cap, enabled) SELECT %lld, carrier_id, '447', label,"
		  " day_cap, 1 FROM number LIMIT 1",
		  (long long)other);
	number = world_int(&b.w, "SELECT MAX(id) FROM number");
	foreign[1] = number;
	refused(id, &good, foreign, 2, FAULT_INVALID, "numbers",
		"a number of another workspace is refused");
	foreign[1] = 77777;
	refused(id, &good, foreign, 2, FAULT_INVALID, "numbers",
		"an unknown number is refused");
	for (int64_t i = 0; i <= POOL_MOST; i++)
		many[i] = i + 1000;
	refused(id, &good, many, POOL_MOST + 1, FAULT_INVALID, "numbers",
		"too many numbers are refused");
	refused(id, &good, many + 1, POOL_MOST, FAULT_INVALID, "numbers",
		"more numbers than a transaction takes are refused");
	is_str(f.text, "At most 5000 numbers can be added and removed at once.",
	       "the fault gives the limit of numbers");
	world_sql(&b.w, "DELETE FROM number WHERE id = %lld",
		  (long long)number);
	world_sql(&b.w, "DELETE FROM bot WHERE workspace_id = %lld",
		  (long long)other);
	world_sql(&b.w, "DELETE FROM workspace WHERE id = %lld",
		  (long long)other);
}

static void
check_schedules(void)
{
	int64_t id = world_draft(&b.w, "Schedules", 1);
	struct campaign_settings good = load(id).set, s;

	s = good;
	s.more_windows = (struct spans){ 1, { { 17 * 60, 19 * 60 } } };
	refused(id, &s, b.w.numbers, 2, FAULT_INVALID, "more_windows",
		"time windows that overlap are refused");
	is_str(f.text,
	       "More Time Windows: 09:00-18:00 and 17:00-19:00 overlap.",
	       "the fault names the windows that overlap");
	s = good;
	s.more_windows = (struct spans){ 1, { { 19 * 60, 19 * 60 } } };
	refused(id, &s, b.w.numbers, 2, FAULT_INVALID, "more_windows",
		"a further time window that is empty is refused");
	is_str(f.text, "More Time Windows: 19:00-19:00 is empty.",
	       "the fault names the empty window");
	s = good;
	set_schedule(&s);
	s.last_day = s.not_before / 1440 - 1;
	refused(id, &s, b.w.numbers, 2, FAULT_INVALID, "last_day",
		"a last day before the first is refused");
}

static void
check_who(void)
{
	int64_t id = world_draft(&b.w, "Who", 1), before = print_of(id);
	struct campaign_settings s = load(id).set;
	struct campaign_edit e = {
		.ver = -1, .set = &s, .numbers = b.w.numbers, .count = 2
	};
	struct actor who = b.w.who;

	s.retry_delay = 45;
	who.role = ROLE_VIEWER;
	is_int(campaign_change(b.w.db, id, &who, &e, &changed, b.w.a, &f), -1,
	       "a viewer may not change a campaign");
	is_int(f.code, FAULT_DENIED, "a viewer's change is reported as denied");
	who = b.w.who;
	who.workspace_id++;
	is_int(campaign_change(b.w.db, id, &who, &e, &changed, b.w.a, &f), -1,
	       "another workspace may not change a campaign");
	is_int(f.code, FAULT_ABSENT,
	       "another workspace is told that there is no such campaign");
	ok(print_of(id) == before,
	   "the campaign is unchanged after the refusals");
	who = b.w.who;
	who.role = ROLE_SUPERVISOR;
	fine(campaign_change(b.w.db, id, &who, &e, &changed, b.w.a, &f),
	     "a supervisor may change a campaign");
}

static void
check_statuses(void)
{
	static const struct {
		unsigned status;
		bool prepared;
		const char *why; /* NULL: it may be changed */
	} table[] = {
		{ CAMPAIGN_DRAFT, false, NULL },
		{ CAMPAIGN_DRAFT, true, NULL },
		{ CAMPAIGN_RUNNING, false, "The campaign is now running." },
		{ CAMPAIGN_PAUSED, false, NULL },
		{ CAMPAIGN_COMPLETED, false, "The campaign is now completed." },
		{ CAMPAIGN_FAILED, false, "The campaign has now failed." },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		int64_t id = world_campaign(&b.w, table[i].status,
					    table[i].prepared);
		struct campaign_settings s = load(id).set;
		int64_t settings;

		s.retry_delay = 77;
		if (table[i].why) {
			refused(id, &s, b.w.numbers, 2, FAULT_CONFLICT, "",
				campaign_status_words[table[i].status]);
			is_str(f.text, table[i].why,
			       "the fault says why no change is allowed");
			continue;
		}
		fine(change(id, -1, &s),
		     campaign_status_words[table[i].status]);
		is_int(load(id).set.retry_delay, 77,
		       "the changed retry delay is stored");
		settings = world_int(&b.w,
				     "SELECT COUNT(*) FROM run WHERE"
				     " campaign_id = %lld AND JSON_VALUE("
				     "settings, '$.retry_delay') <> 30",
				     (long long)id);
		is_int(settings, 0, "a run keeps the settings it started with");
		if (!load(id).runs)
			continue;
		s.name = "Autumn";
		refused(id, &s, b.w.numbers, 2, FAULT_CONFLICT, "name",
			"a change of name after the first run is refused");
		is_str(f.text, "The name is locked after the first run.",
		       "the fault says that the name is locked");
		s.name = "Spring";
		s.bot_id++;
		refused(id, &s, b.w.numbers, 2, FAULT_CONFLICT, "bot_id",
			"a change of bot after the first run is refused");
		is_str(f.text, "The bot is locked after the first run.",
		       "the fault says that the bot is locked");
	}
}

static void
check_clone(void)
{
	int64_t id = world_campaign(&b.w, CAMPAIGN_PAUSED, false), clone;
	struct campaign_settings s = load(id).set, all;
	int64_t ver;

	set_schedule(&s);
	world_need(change(id, -1, &s), "a schedule");
	ver = load(id).ver;
	world_need(campaign_clone(b.w.db, id, &b.w.who, &clone, b.w.a, &f),
		   "clone");
	is_int(load(id).ver, ver,
	       "a clone does not make a new version of the original");
	all = load(id).set;
	s = load(clone).set;
	is_str(s.name, "Spring (copy)", "the clone is named as a copy");
	s.name = all.name;
	is_str(campaign_settings_json(&s, NULL, 0, b.w.a),
	       campaign_settings_json(&all, NULL, 0, b.w.a),
	       "the clone has every setting of the original but the name");
	s = load(clone).set;
	s.name = "Autumn";
	fine(change(clone, -1, &s), "the name of a clone is not locked");
	is_int(changed, CHANGED_NAME, "only the name of the clone is changed");
	s = load(id).set;
	world_sql(&b.w, "UPDATE campaign SET bot_id = 9999 WHERE id = %lld",
		  (long long)id);
	s.bot_id = 9999;
	s.concurrency = 7;
	fine(change(id, -1, &s),
	     "a deleted bot does not prevent another change");
	is_int(changed, CHANGED_CONCURRENCY, "only the concurrency is changed");
}

/* The fault that the editor of an older version gets. */
static void
check_versions(void)
{
	int64_t id = world_draft(&b.w, "Versions", 3);
	struct campaign c = load(id);
	struct campaign_settings s = c.set;

	s.retry_delay = 45;
	world_need(change(id, c.ver, &s), "the first editor");
	fine(change(id, c.ver, &s),
	     "a change repeated from an older version is accepted");
	is_int(changed, 0, "a repeated change changes nothing");
	s = c.set;
	s.ring_timeout = 50;
	is_int(change(id, c.ver, &s), -1,
	       "another change from an older version is refused");
	is_int(f.code, FAULT_CONFLICT,
	       "a change from an older version is a conflict");
	is_str(f.text, "Ann changed Retry Delay in the meantime.",
	       "the fault says who changed what");
	is_int(load(id).set.ring_timeout, 45,
	       "the change from an older version changes nothing");

	s = load(id).set;
	s.ring_timeout = 50;
	world_need(change_pool(id, -1, &s, b.w.numbers, 1), "any version");
	is_int(change(id, c.ver, &c.set), -1,
	       "a change from an even older version is refused");
	is_str(f.text, "Ann changed Ring Timeout and Number Pool in the meantime.",
	       "the fault names the settings of the last change");
	world_apply(&b.w, id, ACTION_START);
	world_apply(&b.w, id, ACTION_PAUSE);
	is_int(change(id, c.ver, &c.set), -1,
	       "a change from a version before a pause is refused");
	is_str(f.text, "Campaign paused by Ann in the meantime.",
	       "the fault says who paused the campaign");
	world_sql(&b.w, "UPDATE audit SET actor = '' WHERE campaign_id = %lld",
		  (long long)id);
	is_int(change(id, c.ver, &c.set), -1,
	       "a change is refused when the other editor is unknown");
	is_str(f.text, "Somebody else has just changed this campaign.",
	       "the fault names nobody when the other editor is unknown");
}

static void
check_words(void)
{
	is_str(campaign_changed_words(0, b.w.a), "", "no change has no words");
	is_str(campaign_changed_words(CHANGED_POOL, b.w.a), "Number Pool",
	       "one change is named");
	is_str(campaign_changed_words(CHANGED_NAME | CHANGED_BOT | CHANGED_POOL,
				      b.w.a),
	       "Campaign Name, Bot and Number Pool", "three changes are named");
	is_str(campaign_changed_words(CHANGED_ALL, b.w.a),
	       "Campaign Name, Bot and 21 more settings",
	       "many changes are named in part and counted");
}

int
main(void)
{
	bed_open(&b);
	check_draft();
	check_noted();
	check_limits();
	check_schedules();
	check_who();
	check_statuses();
	check_clone();
	check_versions();
	check_words();
	return bed_close(&b);
}
