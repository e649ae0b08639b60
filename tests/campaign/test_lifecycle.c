/*
 * What an action does in the database: every action on every status, the
 * checks of Start, two people at one button, servers that fail in the middle.
 */
#include <pthread.h>

#include "base/clock.h"
#include "tests/lib/world.h"

static struct world w;

/* clang-format off */
static const enum campaign_action actions[] = {
	ACTION_START, ACTION_PAUSE, ACTION_RESUME, ACTION_STOP,
	ACTION_RESTART, ACTION_UNRESTART, ACTION_ARCHIVE, ACTION_UNARCHIVE,
};

/* What each action makes of each status; "" is a refusal. */
static const struct {
	unsigned status;
	bool prepared;
	const char *becomes[ARRAY_LEN(actions)];
} table[] = {
	/*                               start      pause     resume     stop         restart  cancel       archive     unarchive */
	{ CAMPAIGN_DRAFT,     false, { "running", "",       "",        "",          "",      "",          "",         "" } },
	{ CAMPAIGN_DRAFT,     true,  { "running", "",       "",        "",          "",      "completed", "",         "" } },
	{ CAMPAIGN_RUNNING,   false, { "",        "paused", "",        "completed", "",      "",          "",         "" } },
	{ CAMPAIGN_PAUSED,    false, { "",        "",       "running", "completed", "",      "",          "",         "" } },
	{ CAMPAIGN_COMPLETED, false, { "",        "",       "",        "",          "draft", "",          "archived", "" } },
	{ CAMPAIGN_FAILED,    false, { "",        "",       "",        "",          "draft", "",          "archived", "" } },
	{ CAMPAIGN_ARCHIVED,  false, { "",        "",       "",        "",          "",      "",          "",         "completed" } },
};
/* clang-format on */

static int
apply(int64_t id, enum campaign_action action)
{
	f = (struct fault){ 0 };
	return campaign_apply(w.db, id, action, -1, &w.who, w.a, &f);
}

static struct campaign
load(int64_t id)
{
	struct campaign c = { 0 };

	world_need(campaign_load(w.db, w.who.workspace_id, id, &c, w.a, &f),
		   "load");
	return c;
}

static void
check_cell(size_t row, size_t col)
{
	int64_t id = world_campaign(&w, table[row].status, table[row].prepared);
	const char *becomes = table[row].becomes[col];
	struct campaign before = load(id), after;
	int64_t noted = world_int(&w, "SELECT COUNT(*) FROM audit");
	char what[120];
	int rc;

	snprintf(what, sizeof(what),
		 "the action %s on a %s%s campaign has the expected result",
		 campaign_transitions[actions[col]].word,
		 table[row].prepared ? "prepared " : "",
		 campaign_status_words[table[row].status]);
	rc = apply(id, actions[col]);
	after = load(id);
	noted = world_int(&w, "SELECT COUNT(*) FROM audit") - noted;
	if (*becomes) {
		is_int(rc, 0, what);
		is_str(campaign_status_words[after.status], becomes,
		       "the action sets the new status of the campaign");
		is_int(noted, 1, "the action writes one line to the audit log");
	} else {
		ok(rc == -1 && f.code == FAULT_CONFLICT, what);
		ok(after.status == before.status && after.ver == before.ver &&
			   after.epoch == before.epoch,
		   "a refused action changes nothing");
		is_int(noted, 0,
		       "a refused action is not written to the audit log");
	}
}

static void
check_start(void)
{
	int64_t id = world_draft(&w, "Start", 7);
	struct campaign c;

	world_apply(&w, id, ACTION_START);
	c = load(id);
	is_int(c.runs, 1, "Start begins the first run");
	ok(c.current_run > 0 && c.started_at > 0,
	   "the first run is the current one");
	is_int(c.fig.total, 7, "a run has all contacts of its campaign");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM run_cursor WHERE run_id ="
			 " %lld AND next_ordinal = 1 AND prio = 4 AND"
			 " (seg = 0 AND upto IS NULL OR seg = 1 AND"
			 " upto = 7)",
			 (long long)c.current_run),
	       2, "the run has cursors for its own list and for the upload");
	is_int(world_int(&w,
			 "SELECT JSON_VALUE(settings, '$.concurrency')"
			 " FROM run WHERE id = %lld",
			 (long long)c.current_run),
	       50, "the run keeps the settings of its campaign");
	is_int(world_int(&w,
			 "SELECT JSON_LENGTH(settings, '$.numbers')"
			 " FROM run WHERE id = %lld",
			 (long long)c.current_run),
	       2, "the run keeps the number pool of its campaign");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM audit WHERE campaign_id ="
			 " %lld AND action = 'start' AND actor = 'Ann'"
			 " AND JSON_VALUE(was, '$.status') = 'draft'"
			 " AND JSON_VALUE(became, '$.status') = 'running'",
			 (long long)id),
	       1, "the audit log says who started the campaign");
}

static void
check_stop_and_restart(void)
{
	int64_t id = world_draft(&w, "Again", 3), run;
	struct campaign c;

	world_apply(&w, id, ACTION_START);
	world_apply(&w, id, ACTION_STOP);
	c = load(id);
	run = c.current_run;
	is_int(c.rest, REST_MANUAL_STOP,
	       "a stopped run keeps the reason of its end");
	is_str(c.reason, "manual_stop",
	       "the reason of a stopped run is given as a word");
	is_int(world_int(&w, "SELECT open FROM contact_list WHERE id = %lld",
			 (long long)c.own_list),
	       0, "the own list of a stopped campaign is closed");

	world_sql(&w,
		  "UPDATE campaign c JOIN run r ON r.id = c.current_run"
		  " SET c.status = 1, r.rest = 1 WHERE c.id = %lld",
		  (long long)id);
	ok(apply(id, ACTION_STOP) == -1 && f.code == FAULT_CONFLICT &&
		   load(id).status == CAMPAIGN_RUNNING,
	   "a run that is over is not stopped again");
	world_sql(&w, "UPDATE campaign SET status = 3 WHERE id = %lld",
		  (long long)id);

	world_apply(&w, id, ACTION_RESTART);
	c = load(id);
	ok(c.status == CAMPAIGN_DRAFT && !c.current_run && c.runs == 1,
	   "Restart makes a draft without a run");
	is_str(c.restarted_by, "Ann", "a restarted draft says who did it");
	is_int(c.fig.total, 3, "a restarted campaign keeps its contacts");
	is_int(world_int(&w, "SELECT open FROM contact_list WHERE id = %lld",
			 (long long)c.own_list),
	       1, "the own list of a restarted campaign is open");
	world_sql(&w, "UPDATE list_part SET n = 5 WHERE list_id = %lld",
		  (long long)c.own_list);
	is_int(load(id).fig.total, 8, "appended contacts belong to the draft");

	world_apply(&w, id, ACTION_UNRESTART);
	c = load(id);
	ok(c.status == CAMPAIGN_COMPLETED && c.current_run == run,
	   "a cancelled restart leaves the campaign completed");
	ok(!c.restarted_by && !c.restarted_at,
	   "a cancelled restart leaves no note");
	is_int(c.fig.total, 3,
	       "appended contacts do not belong to the run that is over");

	world_apply(&w, id, ACTION_RESTART);
	world_apply(&w, id, ACTION_START);
	c = load(id);
	ok(c.runs == 2 && c.current_run != run,
	   "Start after Restart begins a second run");
	is_str(c.restarted_by, "Ann",
	       "the note of a restart stays after Start");
	is_int(c.fig.total, 8,
	       "the second run has the contacts appended meanwhile");
}

static void
refused(int64_t id, enum campaign_action action, const char *field,
	const char *what)
{
	int rc = apply(id, action);

	ok(rc == -1 && f.code == FAULT_INVALID && !strcmp(f.field, field),
	   what);
	printf("# %s\n", f.text);
}

static void
check_checks(void)
{
	int64_t id = world_draft(&w, "Checks", 1);
	int64_t empty = world_draft(&w, "Empty", 0);
	int64_t paused = world_campaign(&w, CAMPAIGN_PAUSED, false);

	world_sql(&w, "UPDATE number SET enabled = 0");
	refused(id, ACTION_START, "numbers", "Start needs an enabled number");
	refused(paused, ACTION_RESUME, "numbers",
		"Resume needs an enabled number");
	world_sql(&w, "UPDATE number SET enabled = 1");
	world_sql(&w, "UPDATE carrier SET enabled = 0");
	refused(id, ACTION_START, "numbers", "Start needs an enabled carrier");
	world_sql(&w, "UPDATE carrier SET enabled = 1");

	world_sql(&w, "UPDATE campaign SET bot_id = 99 WHERE id = %lld",
		  (long long)id);
	refused(id, ACTION_START, "bot_id", "Start needs the campaign's bot");
	world_sql(&w,
		  "UPDATE campaign SET bot_id = %lld, concurrency = 0"
		  " WHERE id = %lld",
		  (long long)w.bot, (long long)id);
	refused(id, ACTION_START, "concurrency", "Start needs a concurrency");
	world_sql(&w,
		  "UPDATE campaign SET concurrency = 1, window_end ="
		  " window_start WHERE id = %lld",
		  (long long)id);
	refused(id, ACTION_START, "window_end", "Start needs an open window");
	world_sql(&w,
		  "UPDATE campaign SET window_end = 0, zone = 'Atlantis'"
		  " WHERE id = %lld",
		  (long long)id);
	refused(id, ACTION_START, "zone", "Start needs a real time zone");
	world_sql(&w, "UPDATE campaign SET zone = 'UTC' WHERE id = %lld",
		  (long long)id);
	world_import(&w, id, 12345);
	refused(id, ACTION_START, "contacts", "Start waits for an import");
	world_sql(&w, "UPDATE upload SET beat_at = NOW(6) - INTERVAL 2 MINUTE");
	is_int(apply(id, ACTION_START), 0,
	       "a dead import does not hinder Start");

	refused(empty, ACTION_START, "contacts", "Start needs contacts");
	world_sql(&w,
		  "UPDATE campaign SET always_on = 1, mode = 1"
		  " WHERE id = %lld",
		  (long long)empty);
	is_int(apply(empty, ACTION_START), 0,
	       "an always-on campaign starts without contacts");
	id = world_draft(&w, "No pool", 1);
	world_sql(&w, "DELETE FROM campaign_number WHERE campaign_id = %lld",
		  (long long)id);
	refused(id, ACTION_START, "numbers", "Start needs a number pool");
}

static void
check_who(void)
{
	int64_t id = world_draft(&w, "Who", 1);
	struct actor viewer = w.who, stranger = w.who;
	struct campaign c;

	viewer.role = ROLE_VIEWER;
	is_int(campaign_apply(w.db, id, ACTION_START, -1, &viewer, w.a, &f), -1,
	       "a viewer may not start");
	is_int(f.code, FAULT_DENIED,
	       "a viewer who starts a campaign is denied");
	stranger.workspace_id++;
	is_int(campaign_apply(w.db, id, ACTION_START, -1, &stranger, w.a, &f),
	       -1, "another workspace may not start a campaign");
	is_int(f.code, FAULT_ABSENT,
	       "another workspace does not see the campaign");
	is_int(campaign_load(w.db, stranger.workspace_id, id, &c, w.a, &f), -1,
	       "another workspace cannot load the campaign");
	is_int(f.code, FAULT_ABSENT,
	       "a campaign of another workspace is reported as absent");
	is_int(campaign_apply(w.db, id, ACTION_START, CAMPAIGN_PAUSED, &w.who,
			      w.a, &f),
	       -1, "an action shown for another status is refused");
	is_int(f.code, FAULT_CONFLICT,
	       "an action shown for another status is a conflict");
	is_str(f.text, "The campaign is a draft.",
	       "the conflict names the present status");
}

struct presser {
	int64_t id;
	enum campaign_action action;
	pthread_barrier_t *together;
	int rc;
	enum fault_code code;
};

static void *
press(void *arg)
{
	struct presser *p = arg;
	struct db *db = world_connect(&w);
	struct arena *a = arena_new();
	struct fault mine = { 0 };

	db_connect(db, &mine);
	pthread_barrier_wait(p->together);
	p->rc = campaign_apply(db, p->id, p->action, -1, &w.who, a, &mine);
	p->code = mine.code;
	arena_free(a);
	db_free(db);
	return NULL;
}

#define PRESSERS 4

static void
check_race(enum campaign_action action, unsigned from, int rounds)
{
	int won = 0, clean = 0;

	for (int round = 0; round < rounds; round++) {
		int64_t id = world_campaign(&w, from, false);
		pthread_barrier_t together;
		struct presser p[PRESSERS];
		pthread_t threads[PRESSERS];

		pthread_barrier_init(&together, NULL, PRESSERS);
		for (int i = 0; i < PRESSERS; i++) {
			p[i] = (struct presser){ .id = id,
						 .action = action,
						 .together = &together };
			pthread_create(&threads[i], NULL, press, &p[i]);
		}
		for (int i = 0; i < PRESSERS; i++) {
			pthread_join(threads[i], NULL);
			won += p[i].rc == 0;
			clean += p[i].rc == -1 && p[i].code == FAULT_CONFLICT;
		}
		pthread_barrier_destroy(&together);
	}
	is_int(won, rounds, campaign_transitions[action].word);
	is_int(clean, rounds * (PRESSERS - 1),
	       "one of four at once succeeds and the others are refused");
}

/* What a dialler holds in the middle of its work does not hold up Pause. */
static void
check_pause_is_free(void)
{
	static const struct stmt holds[] = {
		{ "BEGIN", "", "", "START TRANSACTION" },
		{ "LIVE", "i", "",
		  "INSERT INTO live_call (id, workspace_id, phone, campaign_id,"
		  " run_id, seg, ordinal, seq, class, epoch, carrier_id,"
		  " number_id, queued_at, not_after) SELECT 'x', 1, '1', id,"
		  " current_run, 0, 1, 1, 1, 0, 1, 1, NOW(6), NOW(6)"
		  " FROM campaign WHERE id = ?" },
		{ "CONTACT", "i", "",
		  "INSERT INTO run_contact (run_id, seg, ordinal, state)"
		  " VALUES (?, 0, 1, 1)" },
		{ "CURSOR", "i", "",
		  "UPDATE run_cursor SET next_ordinal = 2 WHERE run_id = ?" },
		{ "RUN", "i", "i",
		  "SELECT id FROM run WHERE id = ? FOR UPDATE" },
	};
	int64_t id = world_campaign(&w, CAMPAIGN_RUNNING, false);
	int64_t run = load(id).current_run, began;
	struct db_conf conf = w.conf;
	struct db *frozen;
	int64_t got;

	conf.probe = -1;
	frozen = db_new(&conf, holds, ARRAY_LEN(holds));
	world_need(db_exec(frozen, NULL, 0, NO_ARGS, &f) ||
			   db_exec(frozen, NULL, 1, ARGS(ARG_INT(id)), &f) ||
			   db_exec(frozen, NULL, 2, ARGS(ARG_INT(run)), &f) ||
			   db_exec(frozen, NULL, 3, ARGS(ARG_INT(run)), &f) ||
			   db_int(frozen, &got, 4, ARGS(ARG_INT(run)), &f),
		   "a frozen planner");
	began = clock_boot_us();
	is_int(apply(id, ACTION_PAUSE), 0,
	       "Pause succeeds beside a frozen planner and a live call");
	ok(clock_boot_us() - began < 500 * US_PER_MS,
	   "Pause is not held up by a frozen planner");
	db_free(frozen);
}

/* Fails the n-th statement, for each n, until nothing fails any more; or, where
 * a failure is survived, up to the last.  Returns the number of the last. */
static unsigned
check_failures(unsigned no, unsigned last, const char *what)
{
	bool half = false, lost = false;
	unsigned n = 1;

	for (; n < 60; n++) {
		int64_t id = world_draft(&w, "Failing", 2);
		struct campaign c;
		int rc;

		db_fail_at(w.db, n, no);
		rc = apply(id, ACTION_START);
		db_fail_at(w.db, 0, 0);
		c = load(id);
		if (rc == 0)
			lost |= c.status != CAMPAIGN_RUNNING || c.runs != 1;
		else
			half |= c.status != CAMPAIGN_DRAFT || c.runs != 0 ||
				world_int(&w,
					  "SELECT COUNT(*) FROM run WHERE"
					  " campaign_id = %lld",
					  (long long)id);
		half |= world_int(&w,
				  "SELECT COUNT(*) FROM audit WHERE"
				  " action = 'start' AND campaign_id ="
				  " %lld",
				  (long long)id) != (rc == 0);
		lost |= rc && last;
		if (last ? n == last : rc == 0)
			break;
	}
	printf("# %u statements\n", n);
	ok(!half, what);
	ok(!lost && n > 5 && n < 60, "what is acknowledged is stored");
	return n;
}

static void
check_lost_answers(void)
{
	for (int done = 0; done < 2; done++) {
		int64_t id = world_draft(&w, "Lost", 2);
		struct campaign c;

		db_lose_commit(w.db, 1, done);
		is_int(apply(id, ACTION_START), 0,
		       done ? "Start succeeds when the answer to COMMIT is lost"
			    : "Start succeeds when COMMIT itself is lost");
		c = load(id);
		ok(c.status == CAMPAIGN_RUNNING && c.runs == 1,
		   "a campaign with a lost COMMIT is started once");
		is_int(world_int(&w,
				 "SELECT COUNT(*) FROM run r JOIN audit l"
				 " USING (campaign_id) WHERE campaign_id ="
				 " %lld AND action = 'start'",
				 (long long)id),
		       1,
		       "a lost COMMIT leaves one run and one line in the log");
	}
}

int
main(void)
{
	unsigned statements;

	world_open(&w);
	for (size_t row = 0; row < ARRAY_LEN(table); row++) {
		for (size_t col = 0; col < ARRAY_LEN(actions); col++)
			check_cell(row, col);
	}
	check_start();
	check_stop_and_restart();
	check_checks();
	check_who();
	check_race(ACTION_START, CAMPAIGN_DRAFT, 10);
	check_race(ACTION_PAUSE, CAMPAIGN_RUNNING, 10);
	check_race(ACTION_STOP, CAMPAIGN_RUNNING, 10);
	check_pause_is_free();
	statements = check_failures(1105, 0,
				    "a statement that fails leaves nothing");
	check_failures(1213, statements, "a deadlock anywhere is run again");
	check_failures(2013, statements,
		       "a connection lost anywhere is opened again");
	check_lost_answers();
	return world_close(&w);
}
