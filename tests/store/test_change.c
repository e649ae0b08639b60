/*
 * Other settings for a campaign: who may, when, what is locked, what is noted,
 * and what an editor hears who is late.
 */
#include "campaign/repo.h"
#include "tests/store/change_bed.h"

/* What of the campaign no refused change may touch. */
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
	       1, "the schedule as it is stored");
}

static void
check_draft(void)
{
	int64_t id = world_draft(&b.w, "Spring", 3), bot, before;
	struct campaign c = load(id), after;
	struct campaign_settings s = c.set;

	before = print_of(id);
	fine(change(id, c.ver, &s), "no change");
	is_int(changed, 0, "is none");
	ok(print_of(id) == before, "and writes nothing");

	world_need(bot_create(b.w.db, b.w.who.workspace_id, "Other",
			      "sip:other@example.com", &bot, &f),
		   "bot");
	s.name = "Straße";
	s.bot_id = bot;
	s.concurrency = 7;
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
	fine(change_pool(id, c.ver, &s, b.w.numbers + 1, 1), "everything");
	is_int(changed, CHANGED_ALL, "differs");
	after = load(id);
	s.mode = MODE_MULTI_DAY;
	is_str(campaign_settings_json(&after.set, NULL, 0, b.w.a),
	       campaign_settings_json(&s, NULL, 0, b.w.a),
	       "and is so now; always-on is multi_day");
	check_stored(id);
	ok(after.epoch == c.epoch + 1 && after.ver == c.ver + 1,
	   "in a new epoch and version");
	ok(after.status == CAMPAIGN_DRAFT && after.runs == 0,
	   "it is a draft as before");
	is_int(world_int(&b.w,
			 "SELECT number_id FROM campaign_number WHERE"
			 " campaign_id = %lld",
			 (long long)id),
	       b.w.numbers[1], "with the other pool");
	is_int(world_int(&b.w,
			 "SELECT INSTR(hay, 'strasse\n') = 1 AND name_key ="
			 " LEFT(WEIGHT_STRING('Strasse' COLLATE"
			 " utf8mb4_uca1400_ai_ci), 240)"
			 " FROM campaign WHERE id = %lld",
			 (long long)id),
	       1, "it is found and sorted by its new name");
}

static void
check_noted(void)
{
	int64_t id = world_draft(&b.w, "Noted", 1);
	struct campaign_settings s = load(id).set;

	set_schedule(&s);
	fine(change(id, -1, &s), "a schedule");
	is_int(NOTED(id,
		     "{\"more_windows\":\"\",\"holidays\":true,"
		     "\"not_before\":\"\",\"last_day\":\"\","
		     "\"retry_delays\":\"\",\"retry_dispositions\":\"\"}",
		     "{\"more_windows\":\"02:30-04:00, 05:00-06:00\","
		     "\"holidays\":false,"
		     "\"not_before\":\"2026-12-01T10:00\","
		     "\"last_day\":\"2026-12-24\","
		     "\"retry_delays\":\"no_answer=60,busy=5\","
		     "\"retry_dispositions\":\"call_later,no-time\"}"),
	       1, "is noted as it is written");
	s = load(id).set;
	s.last_day = 0;
	s.retry_delay = 45;
	s.callbacks = true;
	fine(change_pool(id, -1, &s, b.w.numbers, 1), "four things");
	is_int(NOTED(id,
		     "{\"last_day\":\"2026-12-24\",\"retry_delay\":30,"
		     "\"callbacks\":false,"
		     "\"numbers\":[1,2]}",
		     "{\"last_day\":\"\",\"retry_delay\":45,"
		     "\"callbacks\":true,"
		     "\"numbers\":[1]}"),
	       1, "are noted, and nothing else");
	fine(change_pool(id, -1, &s, NULL, 0), "an empty pool");
	is_int(changed, CHANGED_POOL, "as a draft may have");
	is_int(NOTED(id, "{\"numbers\":[1]}", "{\"numbers\":[]}"), 1, "noted");
	ok(campaign_apply(b.w.db, id, ACTION_START, -1, &b.w.who, b.w.a, &f) ==
			   -1 &&
		   !strcmp(f.field, "numbers"),
	   "it cannot be started so");
	fine(change(id, -1, &s), "and a full one again");
}

static void
refused(int64_t id, const struct campaign_settings *s, const int64_t *numbers,
	size_t count, enum fault_code code, const char *field, const char *what)
{
	int64_t before = print_of(id);
	int rc = change_pool(id, -1, s, numbers, count);

	ok(rc == -1 && f.code == code && !strcmp(f.field, field), what);
	ok(print_of(id) == before && changed == UINT32_MAX,
	   "it changes nothing");
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
		"another workspace's bot");
	s = good;
	s.retry_delay = 0;
	refused(id, &s, b.w.numbers, 2, FAULT_INVALID, "retry_delay",
		"a limit");
	s = good;
	s.window_end = s.window_start;
	refused(id, &s, b.w.numbers, 2, FAULT_INVALID, "window_end",
		"an empty window");
	world_sql(&b.w,
		  "INSERT INTO number (workspace_id, carrier_id, phone, label,"
		  " day_cap, enabled) SELECT %lld, carrier_id, '447', label,"
		  " day_cap, 1 FROM number LIMIT 1",
		  (long long)other);
	number = world_int(&b.w, "SELECT MAX(id) FROM number");
	foreign[1] = number;
	refused(id, &good, foreign, 2, FAULT_INVALID, "numbers",
		"another workspace's number");
	foreign[1] = 77777;
	refused(id, &good, foreign, 2, FAULT_INVALID, "numbers",
		"a number that is none");
	for (int64_t i = 0; i <= POOL_MOST; i++)
		many[i] = i + 1000;
	refused(id, &good, many, POOL_MOST + 1, FAULT_INVALID, "numbers",
		"too many numbers");
	refused(id, &good, many + 1, POOL_MOST, FAULT_INVALID, "numbers",
		"more at once than a transaction takes");
	is_str(f.text, "At most 5000 numbers can be added and removed at once.",
	       "it says so");
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
		"windows that overlap");
	is_str(f.text,
	       "More Time Windows: 09:00-18:00 and 17:00-19:00 overlap.",
	       "it says which");
	s = good;
	s.more_windows = (struct spans){ 1, { { 19 * 60, 19 * 60 } } };
	refused(id, &s, b.w.numbers, 2, FAULT_INVALID, "more_windows",
		"a further window that is empty");
	is_str(f.text, "More Time Windows: 19:00-19:00 is empty.",
	       "it says so");
	s = good;
	set_schedule(&s);
	s.last_day = s.not_before / 1440 - 1;
	refused(id, &s, b.w.numbers, 2, FAULT_INVALID, "last_day",
		"a last day before the first");
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
	       "a viewer may not");
	is_int(f.code, FAULT_DENIED, "and is told so");
	who = b.w.who;
	who.workspace_id++;
	is_int(campaign_change(b.w.db, id, &who, &e, &changed, b.w.a, &f), -1,
	       "nor may another workspace");
	is_int(f.code, FAULT_ABSENT, "which does not even see it");
	ok(print_of(id) == before, "nothing is changed");
	who = b.w.who;
	who.role = ROLE_SUPERVISOR;
	fine(campaign_change(b.w.db, id, &who, &e, &changed, b.w.a, &f),
	     "a supervisor may");
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
			is_str(f.text, table[i].why, "it says why");
			continue;
		}
		fine(change(id, -1, &s),
		     campaign_status_words[table[i].status]);
		is_int(load(id).set.retry_delay, 77, "changed");
		settings = world_int(&b.w,
				     "SELECT COUNT(*) FROM run WHERE"
				     " campaign_id = %lld AND JSON_VALUE("
				     "settings, '$.retry_delay') <> 30",
				     (long long)id);
		is_int(settings, 0, "its run keeps what it started with");
		if (!load(id).runs)
			continue;
		s.name = "Autumn";
		refused(id, &s, b.w.numbers, 2, FAULT_CONFLICT, "name",
			"its name is locked");
		is_str(f.text, "The name is locked after the first run.",
		       "in one sentence");
		s.name = "Spring";
		s.bot_id++;
		refused(id, &s, b.w.numbers, 2, FAULT_CONFLICT, "bot_id",
			"and so is its bot");
		is_str(f.text, "The bot is locked after the first run.",
		       "in one sentence");
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
	is_int(load(id).ver, ver, "who edits is not outrun by a clone");
	all = load(id).set;
	s = load(clone).set;
	is_str(s.name, "Spring (copy)", "a copy");
	s.name = all.name;
	is_str(campaign_settings_json(&s, NULL, 0, b.w.a),
	       campaign_settings_json(&all, NULL, 0, b.w.a),
	       "it has all of its settings");
	s = load(clone).set;
	s.name = "Autumn";
	fine(change(clone, -1, &s), "a clone is not locked");
	is_int(changed, CHANGED_NAME, "its name is another");
	s = load(id).set;
	world_sql(&b.w, "UPDATE campaign SET bot_id = 9999 WHERE id = %lld",
		  (long long)id);
	s.bot_id = 9999;
	s.concurrency = 7;
	fine(change(id, -1, &s), "a bot that is gone holds up no other change");
	is_int(changed, CHANGED_CONCURRENCY, "of that alone");
}

/* What an editor hears who has read an older version. */
static void
check_versions(void)
{
	int64_t id = world_draft(&b.w, "Versions", 3);
	struct campaign c = load(id);
	struct campaign_settings s = c.set;

	s.retry_delay = 45;
	world_need(change(id, c.ver, &s), "the first editor");
	fine(change(id, c.ver, &s), "the same from the same version is done");
	is_int(changed, 0, "already");
	s = c.set;
	s.ring_timeout = 50;
	is_int(change(id, c.ver, &s), -1, "another editor is outrun");
	is_int(f.code, FAULT_CONFLICT, "which is a conflict");
	is_str(f.text, "Ann changed Retry Delay in the meantime.", "by whom");
	is_int(load(id).set.ring_timeout, 45, "nothing is changed");

	s = load(id).set;
	s.ring_timeout = 50;
	world_need(change_pool(id, -1, &s, b.w.numbers, 1), "any version");
	is_int(change(id, c.ver, &c.set), -1, "outrun again");
	is_str(f.text, "Ann changed Ring Timeout and Number Pool in the meantime.",
	       "by the last change");
	world_apply(&b.w, id, ACTION_START);
	world_apply(&b.w, id, ACTION_PAUSE);
	is_int(change(id, c.ver, &c.set), -1, "outrun by a button");
	is_str(f.text, "Campaign paused by Ann in the meantime.", "by that");
	world_sql(&b.w, "UPDATE audit SET actor = '' WHERE campaign_id = %lld",
		  (long long)id);
	is_int(change(id, c.ver, &c.set), -1, "outrun by who knows whom");
	is_str(f.text, "Somebody else has just changed this campaign.",
	       "it says no more than it knows");
}

static void
check_words(void)
{
	is_str(campaign_changed_words(0, b.w.a), "", "nothing in words");
	is_str(campaign_changed_words(CHANGED_POOL, b.w.a), "Number Pool",
	       "one");
	is_str(campaign_changed_words(CHANGED_NAME | CHANGED_BOT | CHANGED_POOL,
				      b.w.a),
	       "Campaign Name, Bot and Number Pool", "three");
	is_str(campaign_changed_words(CHANGED_ALL, b.w.a),
	       "Campaign Name, Bot and 19 more settings", "all");
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
