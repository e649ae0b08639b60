/*
 * The index beside SQL: whatever happens between two pages, both give the
 * same one.
 */
#include <pthread.h>

#include "tests/listing/index_bed.h"

#define STEPS 250
#define BULK 10100

/* A walk in any order while the list changes; at times with a new file. */
static void
check_changes(void)
{
	struct campaign_query q = any_query();
	struct campaign_page p = { .next = NULL };
	char key[CAMPAIGN_KEY_MAX] = "";
	int good = 0;

	for (int i = 0; i < STEPS; i++) {
		const char *way = dice(3) ? p.next : p.prev;

		snprintf(key, sizeof(key), "%s", way ? way : "");
		q.after = way == p.next ? key : NULL;
		q.before = way == p.next ? NULL : key;
		if (!way)
			q = any_query();
		arena_reset(w.a);
		change_something(i);
		if (i % 80 == 79)
			world_need(search_index_build(bed_index, w.db,
						      w.who.workspace_id, &f),
				   "build");
		good += agree(q, &p);
	}
	is_int(good, STEPS, "the index agrees with SQL while the list changes");
	ok(agree_on_all(), "the index agrees with SQL after all changes");
}

/* What the product does, seen by another index at once. */
static void
check_at_once(void)
{
	struct search_index *other = search_index_new(bed_dir, &w.conf),
			    *mine = bed_index;
	int64_t id;

	bed_index = other;
	ok(agree_on_all(), "another index takes the file that is there");
	id = world_draft(&w, "Quite new", 3);
	ok(agree_on_all(), "the index knows a new campaign");
	world_apply(&w, id, ACTION_START);
	ok(agree_on_all(), "the index knows a started campaign");
	world_apply(&w, id, ACTION_PAUSE);
	ok(agree_on_all(), "the index knows a paused campaign");
	id = world_draft(&w, "Soon gone", 3);
	ok(agree_on_all(), "the index knows a second new campaign");
	world_need(campaign_delete(w.db, id, &w.who, w.a, &f), "delete");
	ok(agree_on_all(), "the index knows that a campaign is deleted");
	is_int(search_index_stats(other).misses, 0,
	       "the other index leaves no query to SQL");
	bed_index = mine;
	ok(agree_on_all(), "the first index knows all changes");
	search_index_free(other);
}

/* Keys whose rows are gone, among rows that no file has. */
static void
check_gone_keys(void)
{
	static const enum campaign_sort sorts[] = { SORT_CREATED, SORT_NAME,
						    SORT_STATUS };
	struct campaign_page p;
	int good = 0;

	for (int i = 0; i < 3; i++) {
		struct campaign_query q = { .workspace_id = w.who.workspace_id,
					    .search = "zz",
					    .status = -1,
					    .sort = sorts[i],
					    .limit = 3 };
		char key[CAMPAIGN_KEY_MAX] = "";

		for (int k = 0; k < 8; k++)
			bed_campaign(4000 + i * 100 + k,
				     arena_printf(w.a, "Zz %d", k), 2);
		good += agree(q, &p) && p.count == 3;
		snprintf(key, sizeof(key), "%s", p.next);
		erase(p.rows[2].id);
		q.after = key;
		good += agree(q, &p) && p.count == 3;
		q.after = NULL;
		q.before = key;
		good += agree(q, &p) && p.count == 2;
		world_sql(&w, "UPDATE campaign SET name = 'y', hay = 'y\n0'"
			      " WHERE name LIKE 'Zz%%'");
	}
	is_int(good, 9, "keys of rows that are gone keep their places");
}

/* A connection that does what it is told, without the store's care. */
static struct db *
free_hand(const struct stmt *stmts, size_t count)
{
	struct db_conf conf = w.conf;

	conf.probe = -1;
	return db_new(&conf, stmts, count);
}

/* Rows that a transaction has touched are not seen before it ends. */
static void
check_open_transaction(void)
{
	const struct stmt stmts[] = {
		{ "BEGIN", "", "", "BEGIN" },
		{ "TOUCH", "i", "",
		  "UPDATE campaign SET status = 5 - status WHERE id > ?" },
		{ "COMMIT", "", "", "COMMIT" },
	};
	struct db *db = free_hand(stmts, ARRAY_LEN(stmts));

	for (int built = 0; built < 2; built++) {
		world_need(db_exec(db, NULL, 0, NO_ARGS, &f), "begin");
		world_need(db_exec(db, NULL, 1, ARGS(ARG_INT(0)), &f), "touch");
		if (built)
			world_need(search_index_build(bed_index, w.db,
						      w.who.workspace_id, &f),
				   "build");
		ok(agree_on_all(),
		   "the index agrees with SQL while a transaction is open");
		world_need(db_exec(db, NULL, 2, NO_ARGS, &f), "commit");
		ok(agree_on_all(), built ? "the index agrees after a commit "
					   "its file did not wait for"
					 : "the index agrees with SQL after a "
					   "transaction has ended");
	}
	db_free(db);
}

/* Mutations of real keys, and noise: refused by both, or the same page. */
static void
check_hostile_keys(void)
{
	static const char *const odd[] = {
		"",
		"c",
		"cfirs",
		"cfirstt",
		"x1.2",
		"n1.",
		"c-1.0",
		"c1.",
		"s1.0000000000.9",
		"p0.0000000000.-2",
		"c999999999999999999.0000000000",
		"n0.0000000000.0",
		"n0.0000000000.zz",
		"n0.zzzzzzzzzz.ff",
		"s0.0000000000.-1",
		"c253402300799000001.0000000000",
		"a0.zzzzzzzzzz.1001",
		"nfirst.",
		"clast",
		"cfirst",
		"c%00",
		"c1.0000000000\n",
	};
	int good = 0, tries = 0;

	for (int i = 0; i < 3000; i++) {
		struct campaign_query q = any_query();
		struct campaign_page p = { .next = NULL };
		char key[CAMPAIGN_KEY_MAX] = "";

		arena_reset(w.a);
		if (i < (int)ARRAY_LEN(odd)) {
			snprintf(key, sizeof(key), "%s", odd[i]);
		} else if (agree(q, &p) && p.next) {
			snprintf(key, sizeof(key), "%s", p.next);
			for (int n = dice(3); n >= 0; n--)
				key[dice((int)strlen(key))] =
					"0123456789abcdef.-zcnspar%'\xff"[dice(
						28)];
		}
		*(dice(2) ? &q.after : &q.before) = key;
		tries++;
		good += agree(q, NULL);
	}
	is_int(good, tries, "the index agrees with SQL on keys from anywhere");
}

static void
check_both_ways(void)
{
	struct campaign_query q = any_query();

	q.after = q.before = "cfirst";
	q.sort = SORT_CREATED;
	ok(campaign_list(w.db, &q, &(struct campaign_page){ 0 }, w.a, &f) ==
			   -1 &&
		   f.code == FAULT_INVALID && *f.text,
	   "after and before together are refused");
}

static void *
look_on(void *arg)
{
	struct arena *a = arena_new();
	struct db *db = world_connect(&w);
	int *bad = arg;

	for (int i = 0; i < 150; i++) {
		struct campaign_query q = { .workspace_id = w.who.workspace_id,
					    .search = i % 2 ? "e" : "",
					    .status = -1,
					    .sort = (enum campaign_sort)(i % 3),
					    .limit = 25,
					    .index = bed_index };
		struct campaign_page p;
		struct fault g;

		arena_reset(a);
		if (campaign_list(db, &q, &p, a, &g) || p.total > p.all + p.archived)
			(*bad)++;
	}
	db_free(db);
	arena_free(a);
	return NULL;
}

static void
check_threads(void)
{
	pthread_t threads[3];
	int bad[3] = { 0 };

	for (int i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, look_on, &bad[i]);
	for (int i = 0; i < 40; i++) {
		change_something(STEPS + i);
		if (i % 20 == 10)
			world_need(search_index_build(bed_index, w.db,
						      w.who.workspace_id, &f),
				   "build");
	}
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	ok(!bad[0] && !bad[1] && !bad[2],
	   "three threads can list while an index is built");
	ok(agree_on_all(),
	   "the index agrees with SQL after the threads have ended");
}

/* Figures give way to time, and keys of the one are none of the other. */
static void
check_too_many_for_figures(void)
{
	struct campaign_query q = { .workspace_id = w.who.workspace_id,
				    .search = "",
				    .status = -1,
				    .sort = SORT_ANSWER,
				    .up = true,
				    .limit = 25 };
	struct campaign_page p, first;

	ok(agree(q, &first) && first.sort == SORT_CREATED && !first.up &&
		   !first.by_figures && first.total > SORT_FIGURES_MOST,
	   "too many to be sorted by figures stand newest first");
	q.after = first.next;
	ok(agree(q, &p) && p.prev && p.rows[0].id != first.rows[0].id,
	   "a list too long for figures has a second page");
	q.after = "a0.0000000000.-1";
	ok(agree(q, &p) && !p.prev && p.rows[0].id == first.rows[0].id,
	   "a key among figures gives the first page then");
	q.search = "spring";
	q.after = first.next;
	ok(agree(q, &p) && !p.prev && p.sort == SORT_ANSWER && p.up &&
		   p.by_figures,
	   "a key in time gives the first page when figures are possible");
	q.sort = SORT_NAME;
	q.after = first.next;
	ok(campaign_list(w.db, &q, &p, w.a, &f) == -1 &&
		   f.code == FAULT_INVALID,
	   "a key of another order is refused");
}

/* More than it reads at once: SQL answers until there is another file, which
 * the index makes by itself. */
static void
check_bulk(void)
{
	struct search_index *mine = bed_index;

	world_sql(&w,
		  "INSERT INTO campaign (id, created_at, workspace_id, name,"
		  " hay, status, own_list, " BED_COLUMNS ") SELECT seq,"
		  " NOW(6) - INTERVAL seq SECOND, %lld, CONCAT('Bulk ', seq),"
		  " CONCAT('bulk ', seq, '\\n0000000000'), 0, 0, " BED_VALUES
		  " FROM seq_1_to_%d",
		  (long long)w.who.workspace_id, BULK);
	ok(agree_on_all(),
	   "the index agrees with SQL after many new rows at once");
	is_int(search_index_stats(bed_index).misses > 0, true,
	       "too many new rows at once are left to SQL");
	world_sql(&w, "UPDATE campaign SET touched_at = NOW(6)"
		      " - INTERVAL 1 HOUR");
	unlink(arena_printf(w.a, "%s/campaigns-1", bed_dir));
	bed_index = search_index_new(bed_dir, &w.conf);
	ok(agree_on_all(), "an index without a file agrees with SQL");
	while (search_index_stats(bed_index).builds == 0)
		usleep(10000); /* its thread works by itself */
	ok(agree_on_all(), "an index makes its file by itself");
	ok(search_index_stats(bed_index).looks > 0,
	   "an index uses the file it has made");
	check_too_many_for_figures();
	world_sql(&w, "DELETE FROM campaign WHERE id <= %d", BULK);
	search_index_free(bed_index);
	bed_index = mine;
}

int
main(void)
{
	world_open(&w);
	bed_fill(CAMPAIGNS);
	search_index_open();
	check_at_once();
	check_changes();
	check_gone_keys();
	check_open_transaction();
	check_both_ways();
	check_hostile_keys();
	check_threads();
	check_bulk();
	search_index_shut();
	return world_close(&w);
}
