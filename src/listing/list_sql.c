/* A page of the list by SQL. */
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "campaign/repo.h"
#include "campaign/figures.h"
#include "listing/list.h"
#include "store/db.h"

#define NAME_COLUMN SHOWN_COLUMNS /* of CAMPAIGN_NAMED: the name_key */

/* Greater than any name_key: no text begins with this byte. */
static const uint8_t name_end[] = { 0xff, 0xff, 0xff, 0xff };

/* Rows in the order of reading, at most one more than a page has. */
struct met {
	struct campaign *rows;
	struct campaign_key *keys; /* their keys; only when sorted by name */
	size_t count, room;
};

/* A range of the list in time order, of one status or all. */
struct time_range {
	int status;
	bool newer; /* upwards in time from here */
	int64_t at, id;
};

static int
take_rows(struct rows *r, struct met *m, struct arena *a, struct fault *f)
{
	int got = 0;

	while (m->count < m->room &&
	       (got = campaign_fetch(r, &m->rows[m->count], a, f)) > 0) {
		if (m->keys)
			m->keys[m->count].name = rows_bin(
				r, NAME_COLUMN, a, &m->keys[m->count].name_len);
		m->count++;
	}
	rows_close(r);
	return got < 0 ? -1 : 0;
}

static struct arg
needle_arg(const struct list_plan *plan)
{
	return ARG_BIN(plan->needle, strlen(plan->needle));
}

static int
meet_stretch(struct db *db, const struct list_plan *plan,
	     const struct time_range *s, struct met *m, struct arena *a,
	     struct fault *f)
{
	static const int stmts[2][2][2] = {
		{ { STMT_CAMPAIGN_PAGE, STMT_CAMPAIGN_PAGE_NEWER },
		  { STMT_CAMPAIGN_SEARCH, STMT_CAMPAIGN_SEARCH_NEWER } },
		{ { STMT_CAMPAIGN_PAGE_STATUS,
		    STMT_CAMPAIGN_PAGE_STATUS_NEWER },
		  { STMT_CAMPAIGN_SEARCH_STATUS,
		    STMT_CAMPAIGN_SEARCH_STATUS_NEWER } },
	};
	bool one = s->status >= 0, search = *plan->needle != '\0';
	struct arg args[8];
	size_t n = 0;
	struct rows r;

	args[n++] = ARG_INT(plan->workspace_id);
	if (one)
		args[n++] = ARG_INT(s->status);
	args[n] = args[n + 1] = ARG_TIME(s->at);
	n += 2;
	args[n++] = ARG_INT(s->id);
	if (search)
		args[n++] = needle_arg(plan);
	args[n++] = ARG_INT(m->room - m->count);
	if (db_query(db, &r, stmts[one][search][s->newer], args, n, f))
		return -1;
	return take_rows(&r, m, a, f);
}

/* All campaigns of a status, or of the list, from the beginning in that
 * direction. */
static struct time_range
whole(int status, bool newer)
{
	return (struct time_range){ status, newer, newer ? 0 : KEY_TIME_MAX,
				    newer ? -1 : KEY_ID_MAX + 1 };
}

static struct time_range
past_key(const struct list_plan *plan, int status, bool newer)
{
	struct time_range s = whole(status, newer);

	if (plan->key.edge == KEY_ROW) {
		s.at = plan->key.at;
		s.id = plan->key.id;
	}
	return s;
}

static int
meet_by_time(struct db *db, const struct list_plan *plan, struct met *m,
	     struct arena *a, struct fault *f)
{
	struct time_range s =
		past_key(plan, plan->status, plan->up != plan->back);

	return meet_stretch(db, plan, &s, m, a, f);
}

/* One status after another, each newest first. */
static int
meet_by_status(struct db *db, const struct list_plan *plan, struct met *m,
	       struct arena *a, struct fault *f)
{
	bool row = plan->key.edge == KEY_ROW, rising = plan->up != plan->back;
	struct status_range take = plan_statuses(plan);
	int step = rising ? 1 : -1;
	int64_t s = row	     ? plan->key.value
		    : rising ? 0
			     : CAMPAIGN_STATUS_MAX - 1;

	for (; s >= 0 && s < CAMPAIGN_STATUS_MAX && m->count < m->room;
	     s += step) {
		struct time_range st =
			row && s == plan->key.value
				? past_key(plan, (int)s, plan->back)
				: whole((int)s, plan->back);

		if (s < take.first || s > take.last)
			continue;
		if (meet_stretch(db, plan, &st, m, a, f))
			return -1;
	}
	return 0;
}

static int
meet_by_name(struct db *db, const struct list_plan *plan, struct met *m,
	     struct arena *a, struct fault *f)
{
	static const int stmts[2][2] = {
		{ STMT_CAMPAIGN_NAMED_DOWN, STMT_CAMPAIGN_NAMED_DOWN_BACK },
		{ STMT_CAMPAIGN_NAMED, STMT_CAMPAIGN_NAMED_BACK },
	};
	bool rising = plan->up != plan->back;
	struct time_range s = past_key(plan, -1, plan->back);
	struct arg name = ARG_BIN(name_end, rising ? 0 : sizeof(name_end));
	struct status_range take = plan_statuses(plan);
	struct arg needle = needle_arg(plan);
	struct rows r;

	if (plan->key.edge == KEY_ROW)
		name = ARG_BIN(plan->key.name, plan->key.name_len);
	m->keys = ARENA_ARRAY(a, m->room, struct campaign_key);
	if (db_query(db, &r, stmts[plan->up][plan->back],
		     ARGS(ARG_INT(plan->workspace_id), name, name,
			  ARG_TIME(s.at), ARG_TIME(s.at), ARG_INT(s.id),
			  ARG_INT(take.first), ARG_INT(take.last), needle,
			  needle, ARG_INT(m->room)),
		     f))
		return -1;
	return take_rows(&r, m, a, f);
}

static int
meet(struct db *db, const struct list_plan *plan, struct met *m,
     struct arena *a, struct fault *f)
{
	typedef int meet_fn(struct db *, const struct list_plan *, struct met *,
			    struct arena *, struct fault *);
	static meet_fn *const ways[] = { [SORT_CREATED] = meet_by_time,
					 [SORT_NAME] = meet_by_name,
					 [SORT_STATUS] = meet_by_status };

	*m = (struct met){ .room = plan->limit + 1 };
	m->rows = ARENA_ARRAY(a, m->room, struct campaign);
	/* There is nothing after the end, nor before the beginning. */
	if (plan->key.edge == (plan->back ? KEY_FIRST : KEY_LAST))
		return 0;
	return ways[plan->sort](db, plan, m, a, f);
}

static struct campaign_key
key_of(const struct list_plan *plan, const struct campaign *c)
{
	return (struct campaign_key){ .sort = plan->sort,
				      .at = c->created_at,
				      .id = c->id,
				      .value = c->status };
}

static void
swap_rows(struct met *m, size_t i, size_t k)
{
	struct campaign c = m->rows[i];
	struct campaign_key key;

	m->rows[i] = m->rows[k];
	m->rows[k] = c;
	if (!m->keys)
		return;
	key = m->keys[i];
	m->keys[i] = m->keys[k];
	m->keys[k] = key;
}

/* Makes the page of the rows that were read. */
static void
lay_out(const struct list_plan *plan, struct met *m, struct found *out)
{
	bool more = m->count > plan->limit;
	size_t n = more ? plan->limit : m->count;

	*out = (struct found){ .rows = m->rows, .count = n };
	for (size_t i = 0; plan->back && i < n / 2; i++)
		swap_rows(m, i, n - 1 - i);
	*(plan->back ? &out->before : &out->after) = more;
	for (int i = 0; n > 0 && i < 2; i++) {
		size_t at = i ? n - 1 : 0;

		out->ends[i] = key_of(plan, &m->rows[at]);
		if (m->keys) {
			out->ends[i].name = m->keys[at].name;
			out->ends[i].name_len = m->keys[at].name_len;
		}
	}
}

/*
 * Finds out whether there are rows on the side that the page was not read
 * towards.  If the page reached the end on its own side, the total tells.
 */
static int
look_back(struct db *db, const struct list_plan *plan, struct found *out,
	  struct arena *a, struct fault *f)
{
	bool *side = plan->back ? &out->after : &out->before;
	bool more = plan->back ? out->before : out->after;
	struct list_plan other = *plan;
	struct met m;
	bool newer;

	if (!plan->keyed || !more) {
		*side = plan->keyed && out->total > (int64_t)out->count;
		return 0;
	}
	other.back = !plan->back;
	other.limit = 0;
	newer = plan->sort == SORT_CREATED ? other.up != other.back
					   : other.back;
	other.key.id += newer ? -1 : 1; /* so that the key's own row counts */
	if (meet(db, &other, &m, a, f))
		return -1;
	*side = m.count > 0;
	return 0;
}

static int
count_matches(struct db *db, const struct list_plan *plan, int64_t *out,
	      struct fault *f)
{
	struct status_range take = plan_statuses(plan);
	struct arg needle = needle_arg(plan);

	return db_int(db, out, STMT_CAMPAIGN_COUNT,
		      ARGS(ARG_INT(plan->workspace_id), ARG_INT(take.first),
			   ARG_INT(take.last), needle, needle),
		      f);
}

static int
find_page(struct db *db, const struct list_plan *plan, struct found *out,
	  struct arena *a, struct fault *f)
{
	struct campaign_total all = { .workspace_id = plan->workspace_id };
	struct met m;

	if (meet(db, plan, &m, a, f))
		return -1;
	lay_out(plan, &m, out);
	if (figures_add(db, out->rows, out->count, &all, a, f))
		return -1;
	out->total = out->all = all.campaigns;
	out->archived = all.archived;
	if ((plan->status >= 0 || *plan->needle) &&
	    count_matches(db, plan, &out->total, f))
		return -1;
	return look_back(db, plan, out, a, f);
}

/* Reads all matches, at most one more than can be sorted. */
static int
read_matches(struct db *db, const struct list_plan *plan, struct matches *out,
	     struct arena *a, struct fault *f)
{
	struct status_range take = plan_statuses(plan);
	struct arg needle = needle_arg(plan);
	struct match *list =
		ARENA_ARRAY(a, SORT_FIGURES_MOST + 1, struct match);
	struct rows r;
	size_t n = 0;
	int got;

	if (db_query(db, &r, STMT_CAMPAIGN_MATCHES,
		     ARGS(ARG_INT(plan->workspace_id), ARG_INT(take.first),
			  ARG_INT(take.last), needle, needle,
			  ARG_INT(SORT_FIGURES_MOST + 1)),
		     f))
		return -1;
	while ((got = rows_next(&r, f)) > 0)
		list[n++] = (struct match){ rows_int(&r, 0), rows_int(&r, 1),
					    rows_int(&r, 2), 0 };
	*out = (struct matches){ list, n };
	return got;
}

int
find_by_sql(struct db *db, struct list_plan *plan, struct found *out,
	    struct arena *a, struct fault *f)
{
	struct matches all;

	plan->count_all = true;
	if (plan->sort >= SORT_FIGURES) {
		if (read_matches(db, plan, &all, a, f))
			return -1;
		if (all.count <= SORT_FIGURES_MOST) {
			plan_settle_key(plan);
			return find_by_figures(db, plan, &all, out, a, f);
		}
		plan_by_time(plan);
	}
	plan_settle_key(plan);
	return find_page(db, plan, out, a, f);
}
