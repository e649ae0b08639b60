/*
 * list_bed.h - many campaigns for tests of the list: names of several scripts,
 * equal names, equal times, all statuses, figures of all kinds; and what one
 * big ORDER BY makes of them.
 */
#ifndef TESTS_LISTING_LIST_BED_H
#define TESTS_LISTING_LIST_BED_H

#include "base/buf.h"
#include "base/text.h"
#include "campaign/repo.h"
#include "listing/campaign_list.h"
#include "listing/index.h"
#include "listing/index_view.h"
#include "tests/lib/world.h"
#include "tests/temp.h"

#define BED_MOST 20000

static struct search_index *bed_index; /* NULL: by SQL */
static char bed_dir[TEMP_MAX];

static struct world w;

/* The rows that every campaign has, but for its id, time, name and status. */
#define BED_COLUMNS                                                       \
	"bot_id, concurrency, mode, always_on, window_start, window_end," \
	" zone, days, max_attempts, retry_delay, retry_on, ring_timeout," \
	" callbacks, created_by"
#define BED_VALUES "1, 50, 1, 0, 0, 1440, 'UTC', 127, 3, 30, 0, 45, 0, 'Ann'"

static const char *const bed_names[] = {
	"Spring offer",	 "spring offer", "SPRING", "Épée",	"epee",
	"Straße 7",	 "STRASSE 7",	 "Zebra",  "ápple",	"Apple",
	"متابعة مواعيد", "50% off",	 "a_b",	   "İstanbul",	"istanbul",
	"o'Brien \\",	 "Ünal",	 "ırmak",  "中文 活动", "Spring offer",
};

static inline const char *
bed_quote(const char *s)
{
	struct buf b = BUF_INIT;
	const char *out;

	for (; *s; s++) {
		if (*s == '\'' || *s == '\\')
			buf_char(&b, '\\');
		buf_char(&b, *s);
	}
	out = arena_strdup(w.a, b.data);
	buf_free(&b);
	return out;
}

/* Scattered, so that the order of ids is not that of time. */
static inline int64_t
bed_id(int i)
{
	return (INT64_C(1) << 40) + (int64_t)i * 7919 % 10007 * 65536 + i;
}

/* Three campaigns a time, so that many are of one instant. */
static inline void
bed_campaign(int i, const char *name, int status)
{
	const char *quoted = bed_quote(name);
	const char *hay = bed_quote(campaign_hay(name, bed_id(i), w.a));

	world_sql(&w,
		  "INSERT INTO campaign (id, created_at, workspace_id, name,"
		  " hay, status, own_list, " BED_COLUMNS ") VALUES (%lld,"
		  " TIMESTAMP '2026-01-01 00:00:00' + INTERVAL %d MINUTE, "
		  "%lld, '%s',"
		  " '%s', %d, %d, " BED_VALUES ")",
		  (long long)bed_id(i), i / 3, (long long)w.who.workspace_id,
		  quoted, hay, status, i);
}

/* Every kind: nothing, a draft's list, figures in shards, all done. */
static inline void
bed_figures(int i, int status)
{
	int n = i % 5 ? i * 7 % 40 : 0, done = n * (i % 4) / 3;

	world_sql(&w, "INSERT INTO list_part VALUES (%d, 0, '', %d)", i, n);
	world_sql(&w, "INSERT INTO segment VALUES (%lld, 1, %d, 0, NULL, 1)",
		  (long long)bed_id(i), i);
	if (!status)
		return;
	world_sql(&w,
		  "INSERT INTO run (id, workspace_id, campaign_id, no,"
		  " settings, started_at) VALUES (%d, 1, %lld, 1, '{}', NOW())",
		  i, (long long)bed_id(i));
	world_sql(&w,
		  "INSERT INTO run_cursor (run_id, seg, list_id, part, prio)"
		  " VALUES (%d, 1, %d, 0, 1)",
		  i, i);
	world_sql(&w,
		  "INSERT INTO run_count (run_id, shard, processed, ended,"
		  " answered, completed, invalid) VALUES"
		  " (%d, 1, %d, %d, %d, %d, %d), (%d, 2, -1, 1, 0, -1, 1)",
		  i, done + 1, i % 3 ? done : -1, done / 2, done / 2, done / 3,
		  i);
	world_sql(&w, "UPDATE campaign SET current_run = %d WHERE id = %lld", i,
		  (long long)bed_id(i));
}

static inline void
bed_fill(int count)
{
	world_sql(&w, "ALTER TABLE contact_list AUTO_INCREMENT = %d", BED_MOST);
	for (int i = 1; i <= count; i++) {
		const char *name =
			bed_names[(size_t)i * 13 % ARRAY_LEN(bed_names)];
		int status = i % 7 % 6;

		bed_campaign(i,
			     i % 4 ? name : arena_printf(w.a, "%s %d", name, i),
			     status);
		bed_figures(i, status);
	}
}

/* The figures of a campaign, by what the database can count. */
#define BED_SUM(what)                                       \
	"(SELECT COALESCE(SUM(" what "), 0) FROM run_count" \
	" WHERE run_id = c.current_run)"
#define BED_TOTAL "(SELECT SUM(n) FROM list_part WHERE list_id = c.own_list)"
#define BED_DONE BED_SUM("completed+exhausted+abandoned+voicemail+invalid")
#define BED_SHARE(part, whole, scale)                                  \
	"IF(" whole " <= 0 OR " part " <= 0, 0, IF(" part " >= " whole \
	", " scale ", FLOOR(" part " * " scale " / " whole ")))"
#define BED_RATE(part, whole)                                             \
	"IF(" BED_SUM("ended") " <= 0 OR " whole " <= 0, -1, " BED_SHARE( \
		part, whole, "1000") ")"

static const char *const bed_columns[SORT_MAX] = {
	[SORT_CREATED] = "c.created_at",
	[SORT_NAME] = "c.name COLLATE utf8mb4_uca1400_ai_ci",
	[SORT_STATUS] = "c.status",
	[SORT_PROGRESS] = BED_SHARE(BED_SUM("processed"), BED_TOTAL, "100"),
	[SORT_ANSWER] = BED_RATE(BED_SUM("answered"), BED_SUM("ended")),
	[SORT_COMPLETION] = BED_RATE(BED_DONE, BED_TOTAL),
};

/* The ids of the whole list, as the database orders it. */
static inline size_t
bed_order(const struct campaign_query *q, int64_t *ids)
{
	const char *way = q->up ? "ASC" : "DESC";
	const char *by = bed_columns[q->sort];
	const char *needle = text_search(w.a, text_trim(w.a, q->search));
	struct stmt stmt = { "ORDER", "", "i", NULL };
	struct db_conf conf = w.conf;
	struct db *db;
	struct rows r;
	size_t n = 0;

	stmt.text = arena_printf(
		w.a,
		"SELECT c.id FROM campaign c WHERE c.workspace_id = %lld"
		" AND IF(%d < 0, c.status <> 5, c.status = %d)"
		" AND LOCATE('%s', c.hay)"
		" ORDER BY %s %s %s, c.created_at %s, c.id %s",
		(long long)q->workspace_id, q->status, q->status,
		bed_quote(needle),
		q->sort >= SORT_ANSWER ? arena_printf(w.a, "%s < 0,", by) : "",
		by, way, q->sort == SORT_CREATED ? way : "DESC",
		q->sort == SORT_CREATED ? way : "DESC");
	conf.probe = -1;
	db = db_new(&conf, &stmt, 1);
	world_need(db_query(db, &r, 0, NO_ARGS, &f), stmt.text);
	while (rows_next(&r, &f) > 0)
		ids[n++] = rows_int(&r, 0);
	db_free(db);
	return n;
}

/* A bed_index with files of its own, and one made of what there is. */
static inline void
search_index_open(void)
{
	if (!mkdtemp(temp_template(bed_dir, "list"))) {
		printf("Bail out! no temporary directory\n");
		exit(1);
	}
	bed_index = search_index_new(bed_dir, &w.conf);
	world_need(search_index_build(bed_index, w.db, w.who.workspace_id, &f),
		   "build");
}

static inline void
search_index_shut(void)
{
	char command[96];

	search_index_free(bed_index);
	bed_index = NULL;
	snprintf(command, sizeof(command), "%s/campaigns-1", bed_dir);
	unlink(command);
	snprintf(command, sizeof(command), "%s/campaigns-1.lock", bed_dir);
	unlink(command);
	ok(rmdir(bed_dir) == 0, "nothing else is left in the directory");
}

#endif
