/* The audit log: who can be found in it, how far back, and that nothing in it
 * can be changed. */
#include "campaign/audit_changes.h"
#include "tests/lib/world.h"
#include "workspace/audit_log.h"

#define MANY 200000
#define A_CHUNK 10000
#define FEW_ROWS 250 /* for a page of 50 */

static struct world w;

static int64_t
rows_read(void)
{
	return world_int(&w, "SELECT CAST(SUM(VARIABLE_VALUE) AS SIGNED)"
			     " FROM information_schema.GLOBAL_STATUS"
			     " WHERE VARIABLE_NAME IN ('Handler_read_first',"
			     " 'Handler_read_key', 'Handler_read_last',"
			     " 'Handler_read_next', 'Handler_read_prev',"
			     " 'Handler_read_rnd', 'Handler_read_rnd_next')");
}

static struct audit_query
query(void)
{
	return (struct audit_query){ .workspace_id = w.who.workspace_id,
				     .limit = 50 };
}

static struct audit_page
page_of(const struct audit_query *q)
{
	struct audit_page p = { .count = 0 };

	world_need(audit_read(w.db, q, &p, w.a, &f), "read");
	return p;
}

/* What is written of whom. */
static void
check_actors(void)
{
	struct actor line = w.who, dialler;
	struct audit_query q = query();
	struct audit_page p;
	int64_t id = world_draft(&w, "Behalf", 3);

	line.via = "command line";
	world_need(audit_add(w.db, &line, id, "start", NULL, NULL, &f), "add");
	q.user_id = w.who.user_id;
	q.limit = 1;
	p = page_of(&q);
	is_str(p.entries[0].actor, "command line",
	       "the command line is the actor of what it does");
	is_str(p.entries[0].behalf, "Ann",
	       "an entry of the command line names the person it acts for");
	is_str(p.entries[0].campaign, "Behalf",
	       "an entry has the name of its campaign");
	ok(p.more, "a page that is full has a next one");
	world_need(audit_dialler(w.db, w.who.workspace_id, id, &dialler, w.a,
				 &f) ||
			   audit_add(w.db, &dialler, id, "complete", NULL,
				     NULL, &f),
		   "dialler");
	q = query();
	q.campaign_id = id;
	p = page_of(&q);
	is_int((int64_t)p.count, 3, "a campaign's entries are found");
	ok(!*p.entries[0].actor && !strcmp(p.entries[0].behalf, "Ann") &&
		   !p.entries[0].user_id,
	   "the dialler acts for the person who started the campaign");
	q.user_id = w.who.user_id;
	is_int((int64_t)page_of(&q).count, 2,
	       "what the dialler did for a person is not theirs");
	q.action = "create";
	is_int((int64_t)page_of(&q).count, 1,
	       "an action of a person on a campaign is found");
	q.workspace_id++;
	is_int((int64_t)page_of(&q).count, 0,
	       "another workspace finds none of them");
}

/* Entries of two people and the dialler, one a second, with rare ones far
 * back. */
static void
fill(void)
{
	for (int i = 0; i < MANY / A_CHUNK; i++)
		world_sql(&w,
			  "INSERT INTO audit (workspace_id, campaign_id, at,"
			  " actor, user_id, action) SELECT %lld, IF(seq %% 2,"
			  " 77, 78), '2025-01-01' + INTERVAL %d + seq SECOND,"
			  " IF(seq %% 3, 'Ann', ''), IF(seq %% 3, %lld, NULL),"
			  " IF(seq %% 5, 'edit', 'pause') FROM seq_1_to_%d",
			  (long long)w.who.workspace_id, i * A_CHUNK,
			  (long long)w.who.user_id, A_CHUNK);
	world_sql(&w,
		  "INSERT INTO audit (workspace_id, campaign_id, at, actor,"
		  " user_id, action) VALUES (%lld, 79, '2024-01-01', 'Zoe',"
		  " 9999, 'hold')",
		  (long long)w.who.workspace_id);
}

/* A page costs the same whatever it is asked for, and however far back. */
static void
check_cost(const char *what, struct audit_query q, bool found)
{
	static const int64_t places[] = { 0, INT64_C(1735700000000000) };

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		int64_t before, read;
		struct audit_page p;

		q.past = (struct audit_place){ places[i], i ? 1 : 0 };
		before = rows_read();
		p = page_of(&q);
		read = rows_read() - before;
		if (!ok(read < FEW_ROWS && (p.count == 50) == found, what))
			printf("# %lld rows read, %zu found\n",
			       (long long)read, p.count);
	}
}

static void
check_bounds(void)
{
	struct audit_query q = query();
	struct audit_page p;
	int64_t before;
	struct audit_words actors, actions;

	check_cost("a page of all reads few rows", q, true);
	q.user_id = w.who.user_id;
	check_cost("a page of a person reads few rows", q, true);
	q = query();
	q.actor = "";
	check_cost("a page of the dialler reads few rows", q, true);
	q = query();
	q.action = "pause";
	check_cost("a page of an action reads few rows", q, true);
	q = query();
	q.campaign_id = 77;
	check_cost("a page of a campaign reads few rows", q, true);
	q = query();
	q.action = "hold";
	p = page_of(&q);
	ok(p.count == 1 && !p.more, "the only entry of an action is found");
	q.user_id = w.who.user_id;
	before = rows_read();
	p = page_of(&q);
	before = rows_read() - before;
	if (!ok(before < 4 * AUDIT_LOOK_MOST,
		"what nobody has done is looked for in a bounded number of "
		"entries"))
		printf("# %lld rows read\n", (long long)before);
	ok(p.count == 0 && p.more && p.end.at > 0,
	   "a search that was not finished says where it goes on");
	before = rows_read();
	world_need(audit_actors(w.db, w.who.workspace_id, &actors, w.a, &f),
		   "actors");
	world_need(audit_actions(w.db, w.who.workspace_id, &actions, w.a, &f),
		   "actions");
	before = rows_read() - before;
	if (!ok(before < FEW_ROWS, "the choices of the filter read few rows"))
		printf("# %lld rows read\n", (long long)before);
	is_int((int64_t)actors.count, 4, "each actor is offered once");
	is_int((int64_t)actions.count, 6, "each action is offered once");
}

/* All pages together are all entries, each once, newest first. */
static void
check_walk(void)
{
	struct audit_query q = query();
	struct audit_place last = { INT64_MAX, INT64_MAX };
	int64_t n = 0, wrong = 0;
	struct audit_page p;

	q.limit = 5000;
	q.from = INT64_C(1735700000000000);
	q.to = q.from + INT64_C(60000) * 1000000;
	q.user_id = w.who.user_id;
	q.action = "edit";
	do {
		p = page_of(&q);
		for (size_t i = 0; i < p.count; i++) {
			const struct audit_entry *e = &p.entries[i];

			wrong += e->at > last.at ||
				 (e->at == last.at && e->id >= last.id) ||
				 e->at < q.from || e->at >= q.to;
			last = (struct audit_place){ e->at, e->id };
		}
		n += (int64_t)p.count;
		q.past = p.end;
	} while (p.more);
	is_int(wrong, 0, "pages go back in time, within the days asked for");
	is_int(n,
	       world_int(&w, "SELECT COUNT(*) FROM audit WHERE user_id = %lld"
			     " AND action = 'edit' AND at >="
			     " FROM_UNIXTIME(1735700000) AND at <"
			     " FROM_UNIXTIME(1735760000)",
			 (long long)w.who.user_id),
	       "the pages have every entry once");
}

static void
is_change(const struct audit_change *c, const char *key, const char *was,
	  const char *became)
{
	is_str(c->key, key, "the change has its setting");
	ok((was && c->was ? !strcmp(was, c->was) : was == c->was) &&
		   (became && c->became ? !strcmp(became, c->became)
					: became == c->became),
	   "the change has the value before and after");
}

static void
check_changes(void)
{
	struct audit_change *list;

	is_int((int64_t)audit_changes(
		       "{\"concurrency\":50,\"zone\":\"UTC\",\"odd\":[1,2]}",
		       "{\"concurrency\":80,\"zone\":\"UTC\",\"callbacks\":true}",
		       &list, w.a),
	       3, "what is the same before and after is no change");
	is_change(&list[0], "concurrency", "50", "80");
	is_str(list[0].fd->label, "Concurrency Limit",
	       "a setting of campaigns has its label");
	is_change(&list[1], "odd", "1, 2", NULL);
	ok(!list[1].fd, "what is no setting is shown as it is");
	is_change(&list[2], "callbacks", NULL, "yes");
	is_int((int64_t)audit_changes(NULL, NULL, &list, w.a), 0,
	       "an entry without values has no changes");
	is_int((int64_t)audit_changes("{\"a\":1", NULL, &list, w.a), 1,
	       "text that is no JSON is one change");
	is_change(&list[0], "", "{\"a\":1", NULL);
}

/* The account of the running programs can add to the log, and no more. */
static void
check_append_only(void)
{
	static const struct stmt wrong[] = {
		{ "UPDATE", "", "", "UPDATE audit SET actor = 'Eve'" },
		{ "DELETE", "", "", "DELETE FROM audit" },
		{ "REPLACE", "", "",
		  "REPLACE INTO audit (id, workspace_id, at, actor, action)"
		  " VALUES (1, 1, NOW(6), 'Eve', 'edit')" },
		{ "TRUNCATE", "", "", "TRUNCATE TABLE audit" },
	};
	int64_t before = world_int(&w, "SELECT COUNT(*) FROM audit");

	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct db_conf conf = w.conf;
		struct db *db;

		conf.probe = -1;
		db = db_new(&conf, &wrong[i], 1);
		ok(db_exec(db, NULL, 0, NO_ARGS, &f) == -1 &&
			   strstr(f.cause, "1142"),
		   arena_printf(w.a, "the programs may not %s the audit log",
				wrong[i].name));
		db_free(db);
	}
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE actor <> 'Eve'"),
	       before, "the audit log is as it was");
}

int
main(void)
{
	world_open(&w);
	check_changes();
	check_actors();
	fill();
	check_bounds();
	check_walk();
	check_append_only();
	return world_close(&w);
}
