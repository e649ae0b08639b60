/*
 * world.h - a small world for tests of the rooms: a database of its own with
 * the schema in it (bed.h), one workspace, an administrator, a bot, a carrier
 * with two numbers, and campaigns as they are asked for.  The code under
 * test has the rights of the running programs (app/grants.h); world_sql() has
 * all rights.
 */
#ifndef TESTS_LIB_WORLD_H
#define TESTS_LIB_WORLD_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/config.h"
#include "app/grants.h"
#include "app/stmt.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/secret.h"
#include "campaign/campaign.h"
#include "campaign/lifecycle.h"
#include "store/db.h"
#include "store/migrate.h"
#include "tests/store/bed.h"
#include "tests/lib/sql_dir.h"
#include "workspace/account.h"
#include "workspace/catalog.h"

struct world {
	struct db_conf conf;
	struct db *db;
	struct arena *a;
	struct actor who; /* an administrator */
	int64_t bot, carrier, numbers[2];
};

/* Ends the test: what follows would only be a consequence. */
static inline void
world_need(int rc, const char *what)
{
	if (rc == 0)
		return;
	printf("Bail out! %s: %s (%s)\n", what, f.text, f.cause);
	exit(1);
}

static inline int64_t
world_ask(const struct world *w, const char *gives, const char *text)
{
	const struct stmt stmt = { "WORLD", "", gives, text };
	struct db_conf conf = w->conf;
	struct db *db;
	int64_t n = 0;

	conf.user = bed_server().user;
	conf.probe = -1;
	db = db_new(&conf, &stmt, 1);
	if (*gives)
		world_need(db_int(db, &n, 0, NO_ARGS, &f), text);
	else
		world_need(db_exec(db, NULL, 0, NO_ARGS, &f), text);
	db_free(db);
	return n;
}

/* Runs a statement; or gives the one integer of a query. */
static inline void __attribute__((format(printf, 2, 3)))
world_sql(const struct world *w, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	world_ask(w, "", arena_vprintf(w->a, fmt, ap));
	va_end(ap);
}

static inline int64_t __attribute__((format(printf, 2, 3)))
world_int(const struct world *w, const char *fmt, ...)
{
	va_list ap;
	int64_t n;

	va_start(ap, fmt);
	n = world_ask(w, "i", arena_vprintf(w->a, fmt, ap));
	va_end(ap);
	return n;
}

/* Says that a campaign excludes a number, or lets it go again. */
static inline void
world_exclude(const struct world *w, int64_t campaign, const char *phone,
	      bool barred)
{
	world_sql(w,
		  "INSERT INTO exclusion (set_id, campaign_id, phone, reason,"
		  " at, barred, added_by) SELECT IF(exclusion_set > 0,"
		  " exclusion_set, id), id, '%s', 'asked', NOW(6), %d, 'Ann'"
		  " FROM campaign WHERE id = %lld",
		  phone, barred, (long long)campaign);
}

/* Puts a number on the do-not-call list 'list' of the workspace, as its n-th
 * load; a list that does not exist is added with load 1. */
static inline void
world_bar(const struct world *w, int64_t list, int64_t load, const char *phone)
{
	world_sql(w,
		  "INSERT IGNORE INTO dnc_list (id, workspace_id, kind, name,"
		  " load_id, created_at, created_by) VALUES (%lld, %lld, 3,"
		  " 'List %lld', 1, NOW(6), '')",
		  (long long)list, (long long)w->who.workspace_id,
		  (long long)list);
	world_sql(w,
		  "INSERT INTO dnc (workspace_id, phone, list_id, load_id, at)"
		  " VALUES (%lld, '%s', %lld, %lld, NOW(6))",
		  (long long)w->who.workspace_id, phone, (long long)list,
		  (long long)load);
}

static inline struct db *
world_connect(const struct world *w)
{
	return db_new(&w->conf, stmt_table, STMT_COUNT);
}

static inline void
world_limit(struct world *w)
{
	struct db *db = world_connect(w);
	struct buf text = BUF_INIT;
	char *rest, *line;

	world_sql(w, "CREATE USER IF NOT EXISTS program@localhost");
	world_need(grants_write(db, "program", &text, &f), "grants");
	rest = arena_strdup(w->a, text.data);
	while ((line = strsep(&rest, ";\n")))
		if (*line)
			world_sql(w, "%s", line);
	buf_free(&text);
	db_free(db);
	w->conf.user = "program";
}

static inline void
world_open(struct world *w)
{
	struct carrier_row carrier = { .name = "Simulated",
				       .address = "/none",
				       .cps = 10,
				       .channels = 100,
				       .enabled = true };
	struct new_user ann = { .email = "ann@example.com",
				.name = "Ann",
				.password = "correct horse",
				.role = ROLE_ADMIN };
	int applied;

	secret_open();
	*w = (struct world){ .a = arena_new() };
	w->conf = bed_make();
	world_need(
		migrate_run(&w->conf, sql_dir, NULL, NULL, &applied, w->a, &f),
		"migrate");
	w->conf.lock_wait_s = 5;
	w->conf.probe = STMT_PROBE;
	world_limit(w);
	w->db = world_connect(w);
	world_need(workspace_create(w->db, "Test", "Europe/London", "GB",
				    &w->who.workspace_id, &f),
		   "workspace");
	world_need(user_create(w->db, w->who.workspace_id, &ann,
			       &w->who.user_id, &f),
		   "user");
	w->who.name = "Ann";
	w->who.role = ROLE_ADMIN;
	carrier.workspace_id = w->who.workspace_id;
	world_need(bot_create(w->db, w->who.workspace_id, "Reminder",
			      "sip:bot@example.com", &w->bot, &f),
		   "bot");
	world_need(carrier_create(w->db, &carrier, &w->carrier, w->a, &f), "carrier");
	for (int i = 0; i < 2; i++)
		world_need(number_create(w->db, w->who.workspace_id, w->carrier,
					 i ? "442079460001" : "442079460000",
					 "Main", &w->numbers[i], &f),
			   "number");
}

static inline int
world_close(struct world *w)
{
	db_free(w->db);
	bed_drop();
	arena_free(w->a);
	return tap_done();
}

static inline struct campaign_settings
world_settings(const struct world *w, const char *name)
{
	struct campaign_settings s = { .name = name, .bot_id = w->bot };

	record_defaults(&campaign_settings_record, &s, w->a);
	return s;
}

/* A list of 'n' contacts as an upload leaves it, in use by the campaign. */
static inline int64_t
world_list(const struct world *w, int64_t campaign, int n)
{
	int64_t list = world_int(w, "SELECT COALESCE(MAX(id), 0) + 1"
				    " FROM contact_list");

	world_sql(w,
		  "INSERT INTO contact_list (id, workspace_id, refs,"
		  " created_at) VALUES (%lld, %lld, 1, NOW(6))",
		  (long long)list, (long long)w->who.workspace_id);
	world_sql(w, "INSERT INTO list_part VALUES (%lld, 0, '', %d)",
		  (long long)list, n);
	world_sql(w,
		  "INSERT INTO contact (list_id, part, ordinal, phone)"
		  " SELECT %lld, 0, seq, 447700000000 + seq"
		  " FROM seq_1_to_100000 WHERE seq <= %d",
		  (long long)list, n);
	world_sql(w, "INSERT INTO segment VALUES (%lld, 1, %lld, 0, %d, 4)",
		  (long long)campaign, (long long)list, n);
	return list;
}

/* An import into the campaign is at work and has read 'rows' rows. */
static inline void
world_import(const struct world *w, int64_t campaign, int rows)
{
	world_sql(w,
		  "INSERT INTO upload (workspace_id, campaign_id, list_id,"
		  " state, name, node, rows_done, created_at, created_by,"
		  " beat_at) VALUES (%lld, %lld, 12345, 1, 'a.csv', '', %d,"
		  " NOW(6), 'Ann', NOW(6))",
		  (long long)w->who.workspace_id, (long long)campaign, rows);
}

static inline int64_t
world_draft(const struct world *w, const char *name, int contacts)
{
	struct campaign_settings s = world_settings(w, name);
	int64_t id = 0;

	world_need(
		campaign_create(w->db, &w->who,
				&(struct campaign_edit){ .set = &s,
							 .numbers = w->numbers,
							 .count = 2 },
				&id, w->a, &f),
		"create");
	if (contacts)
		world_list(w, id, contacts);
	return id;
}

static inline void
world_apply(const struct world *w, int64_t id, enum campaign_action action)
{

	world_need(campaign_apply(w->db, id, action, -1, &w->who, w->a, &f),
		   campaign_transitions[action].word);
}

/* A campaign with three contacts in that status; 'prepared': a draft that
 * Restart made. */
static inline int64_t
world_campaign(const struct world *w, unsigned status, bool prepared)
{
	int64_t id = world_draft(w, "Spring", 3);

	if (status == CAMPAIGN_DRAFT && !prepared)
		return id;
	world_apply(w, id, ACTION_START);
	if (status == CAMPAIGN_PAUSED)
		world_apply(w, id, ACTION_PAUSE);
	if (status == CAMPAIGN_COMPLETED || status == CAMPAIGN_ARCHIVED ||
	    prepared)
		world_apply(w, id, ACTION_STOP);
	if (status == CAMPAIGN_ARCHIVED && !prepared)
		world_apply(w, id, ACTION_ARCHIVE);
	if (status == CAMPAIGN_FAILED) {
		world_sql(w,
			  "UPDATE run r JOIN campaign c ON c.current_run = r.id"
			  " SET r.rest = 4, r.reason = 'The bot is gone.',"
			  " r.ended_at = NOW(6) WHERE c.id = %lld",
			  (long long)id);
		world_sql(w, "UPDATE campaign SET status = 4 WHERE id = %lld",
			  (long long)id);
	}
	if (prepared)
		world_apply(w, id, ACTION_RESTART);
	return id;
}

#endif
