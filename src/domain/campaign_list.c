/* The list of campaigns: a page by its key, out of the database. */
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "domain/campaign_list.h"
#include "domain/campaign_repo.h"
#include "domain/stmt.h"
#include "store/db.h"

#define NAME_COLUMN 32 /* of CAMPAIGN_NAMED: the name_key */

/* More than any name_key: no text begins with this byte. */
static const uint8_t name_end[] = { 0xff, 0xff, 0xff, 0xff };

/* Rows as they are met, one more than a page has at most. */
struct met {
	struct campaign *rows;
	struct campaign_key *keys; /* theirs; only where there are names */
	size_t count, room;
};

/* One stretch of the list in time order, of one status or all. */
struct stretch {
	int status;
	bool newer; /* from the place upwards in time */
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
	     const struct stretch *s, struct met *m, struct arena *a,
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
	args[n] = args[n + 1] = args[n + 2] = ARG_TIME(s->at);
	n += 3;
	args[n++] = ARG_INT(s->id);
	if (search)
		args[n++] = needle_arg(plan);
	args[n++] = ARG_INT(m->room - m->count);
	if (db_query(db, &r, stmts[one][search][s->newer], args, n, f))
		return -1;
	return take_rows(&r, m, a, f);
}

/* The whole of a status, or of the list, from its beginning in that way. */
static struct stretch
whole(int status, bool newer)
{
	return (struct stretch){ status, newer, newer ? 0 : KEY_TIME_MAX,
				 newer ? -1 : KEY_ID_MAX + 1 };
}

static struct stretch
past_key(const struct list_plan *plan, int status, bool newer)
{
	struct stretch s = whole(status, newer);

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
	struct stretch s = past_key(plan, plan->status, plan->up != plan->back);

	return meet_stretch(db, plan, &s, m, a, f);
}

/* One status after another, each newest first. */
static int
meet_by_status(struct db *db, const struct list_plan *plan, struct met *m,
	       struct arena *a, struct fault *f)
{
	bool row = plan->key.edge == KEY_ROW, rising = plan->up != plan->back;
	int step = rising ? 1 : -1;
	int64_t s = row	     ? plan->key.value
		    : rising ? 0
			     : CAMPAIGN_STATUS_MAX - 1;

	for (; s >= 0 && s < CAMPAIGN_STATUS_MAX && m->count < m->room;
	     s += step) {
		struct stretch st = row && s == plan->key.value
					    ? past_key(plan, (int)s, plan->back)
					    : whole((int)s, plan->back);

		if (plan->status >= 0 && s != plan->status)
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
	struct stretch s = past_key(plan, -1, plan->back);
	struct arg name = ARG_BIN(name_end, rising ? 0 : sizeof(name_end));
	struct arg status = ARG_INT(plan->status), needle = needle_arg(plan);
	struct rows r;

	if (plan->key.edge == KEY_ROW)
		name = ARG_BIN(plan->key.name, plan->key.name_len);
	m->keys = ARENA_ARRAY(a, m->room, struct campaign_key);
	if (db_query(db, &r, stmts[plan->up][plan->back],
		     ARGS(ARG_INT(plan->workspace_id), name, name,
			  ARG_TIME(s.at), ARG_TIME(s.at), ARG_INT(s.id), status,
			  status, needle, needle, ARG_INT(m->room)),
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

/* A page that is found: its rows as they are shown, and what is around it. */
struct found {
	struct campaign *rows;
	size_t count;
	bool before, after;	     /* there are more on that side */
	struct campaign_key ends[2]; /* of the first row and the last */
};

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

/* Takes the page out of the rows that were met. */
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
 * Is there something on the side that the page was not read towards?  Where
 * the page has reached one end, the rest is on the other.
 */
static int
look_back(struct db *db, const struct list_plan *plan, int64_t total,
	  struct found *out, struct arena *a, struct fault *f)
{
	bool *side = plan->back ? &out->after : &out->before;
	bool more = plan->back ? out->before : out->after;
	struct list_plan other = *plan;
	struct met m;
	bool newer;

	if (!plan->keyed || !more) {
		*side = plan->keyed && total > (int64_t)out->count;
		return 0;
	}
	other.back = !plan->back;
	other.limit = 0;
	newer = plan->sort == SORT_CREATED ? other.up != other.back
					   : other.back;
	other.key.id += newer ? -1 : 1; /* the key's own row counts */
	if (meet(db, &other, &m, a, f))
		return -1;
	*side = m.count > 0;
	return 0;
}

static int
count_matches(struct db *db, const struct list_plan *plan, int64_t *out,
	      struct fault *f)
{
	struct arg ws = ARG_INT(plan->workspace_id), needle = needle_arg(plan);

	if (plan->status < 0)
		return db_int(db, out, STMT_CAMPAIGN_COUNT,
			      ARGS(ws, needle, needle), f);
	return db_int(db, out, STMT_CAMPAIGN_COUNT_STATUS,
		      ARGS(ws, ARG_INT(plan->status), needle, needle), f);
}

static int
find_by_sql(struct db *db, const struct list_plan *plan, struct found *out,
	    struct campaign_page *p, struct arena *a, struct fault *f)
{
	struct met m;

	if (meet(db, plan, &m, a, f))
		return -1;
	lay_out(plan, &m, out);
	if (figures_add(db, out->rows, out->count, plan->workspace_id, p, f))
		return -1;
	p->total = p->all;
	if ((plan->status >= 0 || *plan->needle) &&
	    count_matches(db, plan, &p->total, f))
		return -1;
	return look_back(db, plan, p->total, out, a, f);
}

/* All that match, or one more than can be sorted. */
static int
read_matches(struct db *db, const struct list_plan *plan, struct match **out,
	     size_t *count, struct arena *a, struct fault *f)
{
	struct arg status = ARG_INT(plan->status), needle = needle_arg(plan);
	struct match *list =
		ARENA_ARRAY(a, SORT_FIGURES_MOST + 1, struct match);
	struct rows r;
	size_t n = 0;
	int got;

	if (db_query(db, &r, STMT_CAMPAIGN_MATCHES,
		     ARGS(ARG_INT(plan->workspace_id), status, status, needle,
			  needle, ARG_INT(SORT_FIGURES_MOST + 1)),
		     f))
		return -1;
	while ((got = rows_next(&r, f)) > 0)
		list[n++] = (struct match){ rows_int(&r, 0), rows_int(&r, 1),
					    rows_int(&r, 2), 0 };
	*out = list;
	*count = n;
	return got;
}

static int
find_by_figures(struct db *db, const struct list_plan *plan, struct match *list,
		size_t count, struct found *out, struct campaign_page *p,
		struct arena *a, struct fault *f)
{
	int64_t ids[PAGE_MAX];
	struct cut cut;

	if (figures_sort(db, plan, list, count, f))
		return -1;
	cut = figures_cut(plan, list, count);
	*out = (struct found){ .rows = ARENA_ARRAY(a, cut.count + 1,
						   struct campaign),
			       .before = cut.before,
			       .after = cut.after };
	for (size_t i = 0; i < cut.count; i++)
		ids[i] = list[cut.from + i].id;
	for (int i = 0; cut.count > 0 && i < 2; i++) {
		const struct match *m =
			&list[cut.from + (i ? cut.count - 1 : 0)];

		out->ends[i] = (struct campaign_key){ .sort = plan->sort,
						      .at = m->at,
						      .id = m->id,
						      .value = m->value };
	}
	p->total = (int64_t)count;
	if (rows_by_id(db, plan->workspace_id, ids, cut.count, out->rows,
		       &out->count, a, f))
		return -1;
	return figures_add(db, out->rows, out->count, plan->workspace_id, p, f);
}

/* The key; one of another order only where the order itself may change: to
 * figures, or back from them. */
static int
read_key(const struct campaign_query *q, struct list_plan *plan,
	 struct arena *a, struct fault *f)
{
	bool after = q->after && *q->after, before = q->before && *q->before;
	const char *text = after ? q->after : q->before;

	plan->key = (struct campaign_key){ .sort = q->sort, .edge = KEY_FIRST };
	plan->keyed = after || before;
	plan->back = before;
	if (after && before)
		return fault_set(f, FAULT_INVALID,
				 "A page of the list stands after a place or "
				 "before one, not both.");
	if (!plan->keyed || !campaign_key_read(text, q->sort, &plan->key, a, f))
		return 0;
	return q->sort < SORT_PROGRESS || campaign_key_read(text, SORT_CREATED,
							    &plan->key, a, f)
		       ? -1
		       : 0;
}

/* A key of the order that it did not come to is none. */
static void
settle_key(struct list_plan *plan)
{
	if (plan->key.sort == plan->sort)
		return;
	plan->key =
		(struct campaign_key){ .sort = plan->sort, .edge = KEY_FIRST };
	plan->keyed = plan->back = false;
}

static int
make_plan(const struct campaign_query *q, struct list_plan *plan,
	  struct arena *a, struct fault *f)
{
	const char *s = q->search ? text_trim(a, q->search) : "";

	*plan = (struct list_plan){ .workspace_id = q->workspace_id,
				    .needle = *s ? text_fold(a, s) : "",
				    .status = q->status,
				    .sort = q->sort,
				    .up = q->up,
				    .limit = PAGE_MAX };
	if (q->limit > 0 && q->limit < PAGE_MAX)
		plan->limit = (size_t)q->limit;
	return read_key(q, plan, a, f);
}

static int
find(struct db *db, struct list_plan *plan, struct found *out,
     struct campaign_page *p, struct arena *a, struct fault *f)
{
	struct match *list;
	size_t count;

	if (plan->sort >= SORT_PROGRESS) {
		if (read_matches(db, plan, &list, &count, a, f))
			return -1;
		if (count <= SORT_FIGURES_MOST) {
			settle_key(plan);
			return find_by_figures(db, plan, list, count, out, p, a,
					       f);
		}
		plan->sort = SORT_CREATED;
		plan->up = false;
	}
	settle_key(plan);
	return find_by_sql(db, plan, out, p, a, f);
}

/* A page without rows leads back to where there are some. */
static void
set_ways(const struct list_plan *plan, const struct found *in,
	 struct campaign_page *p, struct arena *a)
{
	struct campaign_key edge = { .sort = plan->sort,
				     .edge = plan->back ? KEY_FIRST
							: KEY_LAST };

	if (in->count == 0 && plan->keyed && p->total > 0)
		*(plan->back ? &p->next : &p->prev) =
			campaign_key_text(&edge, a);
	if (in->count == 0)
		return;
	if (in->before)
		p->prev = campaign_key_text(&in->ends[0], a);
	if (in->after)
		p->next = campaign_key_text(&in->ends[1], a);
}

int
campaign_list(struct db *db, const struct campaign_query *q,
	      struct campaign_page *out, struct arena *a, struct fault *f)
{
	struct campaign_page p = { 0 };
	struct list_plan plan;
	struct found found;

	if (make_plan(q, &plan, a, f) || find(db, &plan, &found, &p, a, f))
		return -1;
	p.rows = found.rows;
	p.count = found.count;
	p.sort = plan.sort;
	p.up = plan.up;
	p.by_figures = p.total <= SORT_FIGURES_MOST;
	set_ways(&plan, &found, &p, a);
	*out = p;
	return 0;
}
