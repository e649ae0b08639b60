/*
 * The campaign list: keyset pages, filters, hostile searches, figures; and
 * what Create takes and refuses.
 */
#include "base/text.h"
#include "listing/campaign_list.h"
#include "tests/lib/world.h"

#define COLUMNS                                                                \
	"id, created_at, workspace_id, name, hay, status, own_list, bot_id,"   \
	" concurrency, mode, always_on, window_start, window_end, zone,"       \
	" days, max_attempts, retry_delay, retry_on, ring_timeout, callbacks," \
	" created_by"

static struct world w;

static struct campaign_page
list(const char *search, int status, int limit)
{
	struct campaign_query q = { .workspace_id = w.who.workspace_id,
				    .search = search,
				    .status = status,
				    .limit = limit };
	struct campaign_page p = { 0 };

	world_need(campaign_list(w.db, &q, &p, w.a, &f), "list");
	return p;
}

/* Every page of the list, one after another. */
static void
check_pages(int count)
{
	struct campaign_query q = { .workspace_id = w.who.workspace_id,
				    .status = -1,
				    .limit = 25 };
	struct campaign_page p = { .next = "" };
	int64_t at = INT64_MAX, id = INT64_MAX;
	bool in_order = true;
	int seen = 0, pages = 0;

	while (p.next) {
		q.after = p.next;
		world_need(campaign_list(w.db, &q, &p, w.a, &f), "page");
		pages++;
		for (size_t i = 0; i < p.count; i++) {
			const struct campaign *c = &p.rows[i];

			in_order &= c->created_at < at ||
				    (c->created_at == at && c->id < id);
			at = c->created_at;
			id = c->id;
			seen++;
		}
		ok(p.total == count && p.all == count,
		   "a page has the exact totals");
	}
	is_int(seen, count, "every campaign is on one of the pages");
	is_int(pages, (count + 24) / 25,
	       "the list has as many pages as it needs");
	ok(in_order,
	   "the newest campaign is first, and ids decide equal times");
}

static void
check_search(void)
{
	/* clang-format off */
	static const struct {
		const char *what, *search;
		int found;
	} cases[] = {
		{ "an empty search finds every campaign", "", 4 },
		{ "a part of a name is found", "ring", 1 },
		{ "a search ignores case", "SPRING", 1 },
		{ "a search for ss finds a sharp s", "STRASSE", 1 },
		{ "a name in Arabic is found", "عيادة", 1 },
		{ "spaces around the search are ignored", "  spring  ", 1 },
		{ "a per cent sign is found as itself", "50%", 1 },
		{ "a per cent sign is no wildcard", "s%g", 0 },
		{ "an underscore is no wildcard", "r_ng", 0 },
		{ "a quote in a search finds nothing", "o'", 0 },
		{ "a backslash in a search finds nothing", "\\", 0 },
		{ "SQL in a search finds nothing", "'; DROP TABLE campaign; --", 0 },
	};
	/* clang-format on */
	char long_one[301];

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct campaign_page p = list(cases[i].search, -1, 100);

		ok((int)p.count == cases[i].found &&
			   p.total == cases[i].found && p.all == 4,
		   cases[i].what);
	}
	memset(long_one, 'x', 300);
	long_one[300] = '\0';
	is_int((int)list(long_one, -1, 25).count, 0,
	       "a search of 300 characters finds nothing");
}

static void
check_search_by_id(int64_t id)
{
	char text[11], upper[11];

	text_short_id((uint64_t)id, text);
	for (int i = 0; i < 11; i++)
		upper[i] = text[i] >= 'a' && text[i] <= 'z' ? text[i] - 32
							    : text[i];
	is_int((int)list(text, -1, 25).count, 1,
	       "a campaign is found by its short id");
	is_int((int)list(upper, -1, 25).count, 1,
	       "a campaign is found by its short id in capitals");
	is_int((int)list(text + 4, -1, 25).count, 1,
	       "a campaign is found by a part of its short id");
}

static void
check_status(int64_t running)
{
	struct campaign_page p = list(NULL, CAMPAIGN_RUNNING, 25);

	ok(p.count == 1 && p.rows[0].id == running,
	   "the status filter finds only the running campaign");
	ok(p.total == 1 && p.all == 4,
	   "the status filter gives its own total and that of all");
	p = list("spring", CAMPAIGN_RUNNING, 25);
	is_int((int)p.count, 0,
	       "a draft is not found by its name among the running campaigns");
	p = list("STRASSE", CAMPAIGN_RUNNING, 25);
	is_int((int)p.count, 1,
	       "a running campaign is found by name and status together");
}

static void
check_figures(int64_t id)
{
	struct campaign c;
	const char *columns = "(run_id, shard, active, completed, exhausted,"
			      " abandoned, voicemail, invalid, excluded,"
			      " processed, connected, ended, answered)";
	int64_t before, after;

	world_need(campaign_load(w.db, w.who.workspace_id, id, &c, w.a, &f),
		   "load");
	is_int(c.fig.total, 3, "the campaign has its three contacts");
	world_sql(&w,
		  "INSERT INTO run_count %s VALUES"
		  " (%lld, 1, 5, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0),"
		  " (%lld, 2, -3, 10, 4, 2, 3, 1, 0, 20, 10, 40, 15)",
		  columns, (long long)c.current_run, (long long)c.current_run);
	before = db_stats(w.db)->statements;
	world_need(campaign_load(w.db, w.who.workspace_id, id, &c, w.a, &f),
		   "load");
	is_int(c.fig.active, 2, "the active calls are the sum of all shards");
	is_int(c.fig.processed, 21,
	       "the processed contacts are the sum of all shards");
	is_int(c.fig.connected, 10, "the connected calls are counted");
	is_int(c.fig.ended, 40, "the attempts are counted");
	is_int(c.fig.answered, 15, "the answered calls are counted");
	is_int(c.fig.done, 20,
	       "completed, exhausted, abandoned, voicemail and invalid count "
	       "as done");
	before = db_stats(w.db)->statements;
	list(NULL, -1, 1);
	after = db_stats(w.db)->statements;
	list(NULL, -1, 100);
	ok(db_stats(w.db)->statements - after <= after - before + 1,
	   "a list of four rows takes at most one statement more than one of "
	   "one row");
}

static void
refused(struct campaign_settings s, int64_t number, const char *field,
	const char *what)
{
	int64_t numbers[] = { w.numbers[0], number }, id = 0;
	int rc = campaign_create(w.db, &w.who,
				 &(struct campaign_edit){ .set = &s,
							  .numbers = numbers,
							  .count = 2 },
				 &id, w.a, &f);

	ok(rc == -1 && f.code == FAULT_INVALID && !strcmp(f.field, field) &&
		   !id,
	   what);
}

static int
create(const struct actor *who, const struct campaign_settings *s,
       const int64_t *numbers, size_t count, int64_t *id)
{
	struct campaign_edit e = { .set = s,
				   .numbers = numbers,
				   .count = count };

	return campaign_create(w.db, who, &e, id, w.a, &f);
}

static void
check_create(void)
{
	struct campaign_settings s = world_settings(&w, "New");
	struct campaign_settings bad = s;
	struct actor viewer = w.who, stranger = w.who;
	struct campaign c;
	int64_t id = 0, lists, *numbers;
	int64_t twice[] = { w.numbers[1], w.numbers[0], w.numbers[1] };
	size_t count;

	lists = world_int(&w, "SELECT COUNT(*) FROM contact_list");
	bad.concurrency = 10001;
	refused(bad, w.numbers[1], "concurrency",
		"a concurrency above the limit is refused");
	bad = s;
	bad.bot_id = 77;
	refused(bad, w.numbers[1], "bot_id", "an unknown bot is refused");
	refused(s, 77, "numbers", "an unknown number is refused");
	bad = s;
	bad.name = "";
	refused(bad, w.numbers[1], "name",
		"a campaign without a name is refused");
	viewer.role = ROLE_VIEWER;
	ok(create(&viewer, &s, NULL, 0, &id) == -1 && f.code == FAULT_DENIED,
	   "a viewer may not create");
	stranger.workspace_id = 99;
	ok(create(&stranger, &s, w.numbers, 2, &id) == -1 &&
		   f.code == FAULT_INVALID,
	   "a bot of another workspace is refused");
	is_int(world_int(&w, "SELECT COUNT(*) FROM contact_list"), lists,
	       "a refused campaign leaves no contact list");

	s.always_on = true;
	world_need(create(&w.who, &s, twice, 3, &id), "create");
	world_need(campaign_load(w.db, w.who.workspace_id, id, &c, w.a, &f),
		   "load");
	ok(c.status == CAMPAIGN_DRAFT && c.runs == 0 && c.fig.total == 0,
	   "a new campaign is a draft without contacts");
	is_int(c.set.mode, MODE_MULTI_DAY,
	       "an always-on campaign has the mode multi_day");
	is_str(c.created_by, "Ann", "the campaign says who created it");
	is_str(c.set.zone, "UTC",
	       "the campaign has the zone it was created with");
	is_int(c.set.days.bits, 0x1f,
	       "the campaign has the days it was created with");
	is_int(c.set.retry_on.bits, s.retry_on.bits,
	       "the campaign has the retry outcomes it was created with");
	world_need(campaign_numbers(w.db, id, &numbers, &count, w.a, &f),
		   "numbers");
	ok(count == 2 && numbers[0] == w.numbers[0],
	   "a number given twice is in the pool once");
	is_int(world_int(&w, "SELECT open FROM contact_list WHERE id = %lld",
			 (long long)c.own_list),
	       1, "the campaign has an open contact list of its own");
	world_sql(&w, "DELETE FROM campaign WHERE id = %lld", (long long)id);
}

/* 120 characters that fold to 18 each do not break the row. */
static void
check_long_name(void)
{
	char name[120 * 3 + 1] = "";
	struct campaign_settings s = world_settings(&w, name);
	int64_t id = 0;

	for (int i = 0; i < 120; i++)
		memcpy(name + i * 3, "\xef\xb7\xba", 4);
	fine(create(&w.who, &s, NULL, 0, &id),
	     "a name that grows when it is folded is accepted");
	check_search_by_id(id);
	world_sql(&w, "DELETE FROM campaign WHERE id = %lld", (long long)id);
}

int
main(void)
{
	struct campaign_page p;
	int64_t running;

	world_open(&w);
	p = list(NULL, -1, 25);
	ok(p.count == 0 && p.total == 0 && p.all == 0 && !p.next && !p.prev,
	   "a workspace without campaigns has an empty list");
	check_create();
	check_long_name();
	world_draft(&w, "Spring offer", 0);
	world_draft(&w, "متابعة مواعيد العيادة", 0);
	check_search_by_id(world_draft(&w, "50% off", 0));
	running = world_draft(&w, "Lange Straße", 3);
	world_apply(&w, running, ACTION_START);
	check_search();
	check_status(running);
	check_figures(running);

	world_sql(&w, "INSERT INTO campaign (" COLUMNS ")"
		      " SELECT seq, created_at - INTERVAL seq DIV 3 SECOND,"
		      " workspace_id, name, hay, 0, own_list, bot_id,"
		      " concurrency, mode, always_on, window_start, window_end,"
		      " zone, days, max_attempts, retry_delay, retry_on,"
		      " ring_timeout, callbacks, created_by"
		      " FROM campaign JOIN seq_1_to_70"
		      " WHERE name = 'Spring offer'");
	check_pages(74);
	w.who.workspace_id++;
	p = list("spring", -1, 25);
	ok(p.count == 0 && p.total == 0 && p.all == 0,
	   "another workspace sees nothing of it");
	w.who.workspace_id--;
	return world_close(&w);
}
