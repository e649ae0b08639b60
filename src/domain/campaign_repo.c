/* Campaigns out of the database: one, a page of them, their figures. */
#include "domain/campaign.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "domain/campaign_repo.h"
#include "domain/outcome.h"
#include "domain/stmt.h"
#include "store/db.h"

#define USUAL 25 /* rows of a page */
#define PAGE_MAX 100
#define HAY_MAX 1000 /* bytes of campaign.hay */
#define ID_TEXT 11
#define END_OF_TIME INT64_C(253402300799000000) /* the year 9999 */

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(campaign, id) },
	{ FIELD(campaign, workspace_id) },
	{ FIELD(campaign, status), .words = campaign_status_words },
	{ FIELD(campaign, epoch) },
	{ FIELD(campaign, ver) },
	{ FIELD(campaign, runs) },
	{ FIELD(campaign, current_run) },
	{ FIELD(campaign, own_list) },
	{ FIELD(campaign, set.name) },
	{ FIELD(campaign, set.bot_id) },
	{ FIELD(campaign, set.concurrency) },
	{ FIELD(campaign, set.mode), .words = campaign_mode_words },
	{ FIELD(campaign, set.always_on) },
	{ FIELD(campaign, set.window_start) },
	{ FIELD(campaign, set.window_end) },
	{ FIELD(campaign, set.zone) },
	{ FIELD(campaign, set.days), .words = weekday_words },
	{ FIELD(campaign, set.max_attempts) },
	{ FIELD(campaign, set.retry_delay) },
	{ FIELD(campaign, set.retry_on), .words = outcome_retry_words },
	{ FIELD(campaign, set.ring_timeout) },
	{ FIELD(campaign, set.callbacks) },
	{ FIELD(campaign, created_at) },
	{ FIELD(campaign, started_at) },
	{ FIELD(campaign, paused_at) },
	{ FIELD(campaign, completed_at) },
	{ FIELD(campaign, restarted_at) },
	{ FIELD(campaign, created_by) },
	{ FIELD(campaign, restarted_by) },
	{ FIELD(campaign, rest), .words = run_rest_words },
	{ FIELD(campaign, reason) },
};
/* clang-format on */

static const struct record campaign_record = RECORD(fields);

int
campaign_absent(struct fault *f)
{
	return fault_set(f, FAULT_ABSENT, "There is no such campaign.");
}

/* Cut at a whole character; the id always fits. */
const char *
campaign_hay(const char *name, int64_t id, struct arena *a)
{
	const char *folded = text_fold(a, name);
	size_t len = strlen(folded), room = HAY_MAX - ID_TEXT - 1;
	char short_id[ID_TEXT];

	text_short_id((uint64_t)id, short_id);
	if (len > room)
		len = room;
	while (len && (folded[len] & 0xc0) == 0x80)
		len--;
	return arena_printf(a, "%.*s\n%s", (int)len, folded, short_id);
}

static struct campaign *
find_row(struct campaign *rows, size_t count, int64_t key, bool by_run)
{
	for (size_t i = 0; i < count; i++) {
		if (by_run ? rows[i].current_run == key
			   : rows[i].id == key && !rows[i].current_run)
			return &rows[i];
	}
	return NULL;
}

/*
 * Keys of the rows that have a run, or of those that have none, in 'places'
 * places: the last key again and again; 0, which is nobody's, when there is
 * none of the kind.
 */
static void
collect_keys(const struct campaign *rows, size_t count, bool by_run,
	     struct arg *keys, size_t places)
{
	size_t n = 0;

	keys[0] = ARG_INT(0);
	for (size_t i = 0; i < count; i++) {
		if (by_run == (rows[i].current_run != 0))
			keys[n++] = ARG_INT(by_run ? rows[i].current_run
						   : rows[i].id);
	}
	for (size_t i = n ? n : 1; i < places; i++)
		keys[i] = keys[i - 1];
}

static void
add_shard(struct campaign_figures *fig, const struct rows *r)
{
	fig->processed += rows_int(r, 3);
	fig->connected += rows_int(r, 4);
	fig->ended += rows_int(r, 5);
	fig->answered += rows_int(r, 6);
	fig->done += rows_int(r, 7);
	fig->active += rows_int(r, 8);
}

/* One line of CAMPAIGN_FIGURES. */
static void
add_line(struct campaign_page *p, const struct rows *r)
{
	enum { SHARD, RUN_PART, DRAFT_PART, ALL, RUNNING };
	int64_t kind = rows_int(r, 0);
	struct campaign *c;

	if (kind == ALL)
		p->all = rows_int(r, 2);
	else if (kind == RUNNING)
		p->running = rows_int(r, 2);
	if (kind > DRAFT_PART)
		return;
	c = find_row(p->rows, p->count, rows_int(r, 1), kind != DRAFT_PART);
	if (c && kind == SHARD)
		add_shard(&c->fig, r);
	else if (c)
		c->fig.total += rows_int(r, 2);
}

/*
 * The figures of the page's rows; of a workspace's page (not 0) also how many
 * campaigns there are.
 */
static int
add_figures(struct db *db, int64_t workspace_id, struct campaign_page *p,
	    struct fault *f)
{
	size_t places = !workspace_id	    ? 1
			: p->count <= USUAL ? USUAL
					    : PAGE_MAX;
	int stmt = places == 1	     ? STMT_CAMPAIGN_FIGURES
		   : places == USUAL ? STMT_CAMPAIGN_FIGURES_25
				     : STMT_CAMPAIGN_FIGURES_100;
	struct arg args[3 * PAGE_MAX + 2];
	struct rows r;
	int got;

	collect_keys(p->rows, p->count, true, args, places);
	memcpy(args + places, args, places * sizeof(args[0]));
	collect_keys(p->rows, p->count, false, args + 2 * places, places);
	args[3 * places] = args[3 * places + 1] = ARG_INT(workspace_id);
	if (db_query(db, &r, stmt, args, 3 * places + (places > 1 ? 2 : 0), f))
		return -1;
	while ((got = rows_next(&r, f)) > 0)
		add_line(p, &r);
	return got;
}

static int
fetch(struct rows *r, struct campaign *c, struct arena *a, struct fault *f)
{
	int got;

	*c = (struct campaign){ 0 };
	got = rows_fetch(r, &campaign_record, c, a, f);
	if (got > 0 && !c->reason)
		c->reason = "";
	return got;
}

int
campaign_row(struct db *db, int64_t workspace_id, int64_t id,
	     struct campaign *out, struct arena *a, struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_CAMPAIGN_LOAD,
		     ARGS(ARG_INT(id), ARG_INT(workspace_id)), f))
		return -1;
	got = fetch(&r, out, a, f);
	rows_close(&r);
	if (got == 0)
		return campaign_absent(f);
	return got < 0 ? -1 : 0;
}

int
campaign_load(struct db *db, int64_t workspace_id, int64_t id,
	      struct campaign *out, struct arena *a, struct fault *f)
{
	struct campaign c;
	struct campaign_page p = { .rows = &c, .count = 1 };

	if (campaign_row(db, workspace_id, id, &c, a, f) ||
	    add_figures(db, 0, &p, f))
		return -1;
	*out = c;
	return 0;
}

int
campaign_workspace(struct db *db, int64_t id, int64_t *workspace_id,
		   struct fault *f)
{
	if (!db_int(db, workspace_id, STMT_CAMPAIGN_WORKSPACE,
		    ARGS(ARG_INT(id)), f))
		return 0;
	return f->code == FAULT_ABSENT ? campaign_absent(f) : -1;
}

int
ids_query(struct db *db, int stmt, int64_t key, int64_t **out, size_t *count,
	  struct arena *a, struct fault *f)
{
	size_t n = 0, room = 16;
	int64_t *ids = ARENA_ARRAY(a, room, int64_t);
	struct rows r;
	int got;

	if (db_query(db, &r, stmt, ARGS(ARG_INT(key)), f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		if (n == room) {
			int64_t *more = ARENA_ARRAY(a, room * 2, int64_t);

			memcpy(more, ids, room * sizeof(*more));
			ids = more;
			room *= 2;
		}
		ids[n++] = rows_int(&r, 0);
	}
	if (got < 0)
		return -1;
	*out = ids;
	*count = n;
	return 0;
}

int
campaign_numbers(struct db *db, int64_t id, int64_t **out, size_t *count,
		 struct arena *a, struct fault *f)
{
	return ids_query(db, STMT_CAMPAIGN_NUMBERS, id, out, count, a, f);
}

/* What a person typed, as campaign.hay has it. */
static struct arg
needle_of(const char *search, struct arena *a)
{
	const char *s = search ? text_trim(a, search) : "";

	s = *s ? text_fold(a, s) : "";
	return ARG_BIN(s, strlen(s));
}

static int
query_page(struct db *db, const struct campaign_query *q, struct arg needle,
	   struct rows *r, struct fault *f)
{
	bool first = !q->before_at && !q->before_id, all = q->status < 0;
	struct arg at = ARG_TIME(first ? END_OF_TIME : q->before_at);
	struct arg id = ARG_INT(q->before_id);
	struct arg ws = ARG_INT(q->workspace_id), status = ARG_INT(q->status);
	struct arg limit = ARG_INT(q->limit + 1);

	if (!needle.len && all)
		return db_query(db, r, STMT_CAMPAIGN_PAGE,
				ARGS(ws, at, at, at, id, limit), f);
	if (!needle.len)
		return db_query(db, r, STMT_CAMPAIGN_PAGE_STATUS,
				ARGS(ws, status, at, at, at, id, limit), f);
	if (all)
		return db_query(db, r, STMT_CAMPAIGN_SEARCH,
				ARGS(ws, at, at, at, id, needle, limit), f);
	return db_query(db, r, STMT_CAMPAIGN_SEARCH_STATUS,
			ARGS(ws, status, at, at, at, id, needle, limit), f);
}

static int
count_matches(struct db *db, const struct campaign_query *q, struct arg needle,
	      int64_t *out, struct fault *f)
{
	struct arg ws = ARG_INT(q->workspace_id);

	if (q->status < 0)
		return db_int(db, out, STMT_CAMPAIGN_COUNT,
			      ARGS(ws, needle, needle), f);
	return db_int(db, out, STMT_CAMPAIGN_COUNT_STATUS,
		      ARGS(ws, ARG_INT(q->status), needle, needle), f);
}

int
campaign_list(struct db *db, const struct campaign_query *q,
	      struct campaign_page *out, struct arena *a, struct fault *f)
{
	struct campaign_query asked = *q;
	struct campaign_page p = { 0 };
	struct arg needle = needle_of(q->search, a);
	struct rows r;
	int got;

	if (asked.limit < 1 || asked.limit > PAGE_MAX)
		asked.limit = PAGE_MAX;
	p.rows = ARENA_ARRAY(a, (size_t)asked.limit + 1, struct campaign);
	if (query_page(db, &asked, needle, &r, f))
		return -1;
	while ((got = fetch(&r, &p.rows[p.count], a, f)) > 0) {
		if (p.count == (size_t)asked.limit) {
			p.more = true;
			rows_close(&r);
			break;
		}
		p.count++;
	}
	if (got < 0 || add_figures(db, asked.workspace_id, &p, f))
		return -1;
	p.total = p.all;
	if ((asked.status >= 0 || needle.len) &&
	    count_matches(db, &asked, needle, &p.total, f))
		return -1;
	*out = p;
	return 0;
}
