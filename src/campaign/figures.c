/* The figures of campaigns that the lists, the pages and the command show. */
#include "campaign/figures.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"
#include "campaign/campaign.h"
#include "campaign/repo.h"
#include "store/db.h"

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
 * Fills 'places' arguments with the keys of the rows that have a run, or of
 * those that have none.  The last key is repeated; 0, which no row has, stands
 * for no keys at all.
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

/* A row of CAMPAIGN_FIGURES; what 'key' and 'count' are depends on its kind. */
enum { SHARD, RUN_PART, DRAFT_PART, HELD, HOLIDAY, ALL };
enum { ON_HOLD = 1, UNMANNED = 2 }; /* the bits of HELD */
struct figures_row {
	int64_t kind, key, count;
	struct campaign_figures fig;
};
/* clang-format off */
static const struct field fields[] = {
	{ FIELD(figures_row, kind) },
	{ FIELD(figures_row, key) },
	{ FIELD(figures_row, count) },
#define X(figure) { FIELD(figures_row, fig.figure) },
	SHARD_FIGURES(X)
#undef X
};
/* clang-format on */
static const struct record figures_record = RECORD(fields);

static void
add_shard(struct campaign_figures *fig, const struct campaign_figures *shard)
{
#define X(figure) fig->figure += shard->figure;
	SHARD_FIGURES(X)
#undef X
}

/* Inserts a day in ascending order. */
static void
add_holiday(struct holidays *h, int64_t day, struct arena *a)
{
	int64_t *days =
		arena_grow(a, (int64_t *)h->days, h->count, sizeof(*days));
	size_t i = h->count++;

	for (; i && days[i - 1] > day; i--)
		days[i] = days[i - 1];
	days[i] = day;
	h->days = days;
}

static void
add_line(struct campaign *rows, size_t count, const struct figures_row *line,
	 struct campaign_total *all)
{
	struct campaign *c;

	if (all && line->kind == ALL) {
		all->campaigns = line->count;
		all->archived = line->key - line->count;
	}
	for (size_t i = 0; line->kind == HELD && i < count; i++) {
		rows[i].held = line->count & ON_HOLD;
		rows[i].unmanned = line->count & UNMANNED;
	}
	if (line->kind > DRAFT_PART)
		return;
	c = find_row(rows, count, line->key, line->kind != DRAFT_PART);
	if (c && line->kind == SHARD)
		add_shard(&c->fig, &line->fig);
	else if (c)
		c->fig.total += line->count;
}

int
figures_add(struct db *db, struct campaign *rows, size_t count,
	    struct campaign_total *all, struct arena *a, struct fault *f)
{
	size_t places = count <= 1 && !all    ? 1
			: count <= PAGE_USUAL ? PAGE_USUAL
					      : PAGE_MAX;
	int stmt = places == 1		  ? STMT_CAMPAIGN_FIGURES
		   : places == PAGE_USUAL ? STMT_CAMPAIGN_FIGURES_25
					  : STMT_CAMPAIGN_FIGURES_100;
	struct arg args[3 * PAGE_MAX + 3];
	struct holidays holidays = NO_HOLIDAYS;
	struct figures_row line;
	struct rows r;
	int got;

	if (count == 0 && !all)
		return 0;
	collect_keys(rows, count, true, args, places);
	memcpy(args + places, args, places * sizeof(args[0]));
	collect_keys(rows, count, false, args + 2 * places, places);
	args[3 * places] = ARG_INT(count ? rows[0].workspace_id : 0);
	args[3 * places + 1] = args[3 * places];
	args[3 * places + 2] = ARG_INT(all ? all->workspace_id : 0);
	if (db_query(db, &r, stmt, args, 3 * places + (places > 1 ? 3 : 2), f))
		return -1;
	while ((got = rows_fetch(&r, &figures_record, &line, NULL, f)) > 0) {
		if (line.kind == HOLIDAY)
			add_holiday(&holidays, line.count, a);
		else
			add_line(rows, count, &line, all);
	}
	for (size_t i = 0; i < count; i++)
		rows[i].holidays = holidays;
	return got;
}

int
campaign_load(struct db *db, int64_t workspace_id, int64_t id,
	      struct campaign *out, struct arena *a, struct fault *f)
{
	struct campaign c;

	if (campaign_row(db, workspace_id, id, &c, a, f) ||
	    figures_add(db, &c, 1, NULL, a, f))
		return -1;
	*out = c;
	return 0;
}

/* Puts the rows in the order of ids, without those that were not found. */
static void
put_in_order(struct campaign *rows, size_t count, const int64_t *ids,
	     size_t places, size_t *found)
{
	size_t n = 0;

	for (size_t i = 0; i < places; i++) {
		for (size_t k = n; k < count; k++) {
			struct campaign c = rows[k];

			if (c.id != ids[i])
				continue;
			rows[k] = rows[n];
			rows[n++] = c;
			break;
		}
	}
	*found = n;
}

int
campaigns_by_id(struct db *db, const struct campaign_ids *which,
		struct campaign *out, size_t *found, struct arena *a,
		struct fault *f)
{
	size_t count = which->count, n = 0;
	size_t places = count <= PAGE_USUAL ? PAGE_USUAL : PAGE_MAX;
	struct arg args[PAGE_MAX + 1] = { ARG_INT(which->workspace_id) };
	struct rows r;
	int got = 0;

	for (size_t i = 0; i < places; i++)
		args[i + 1] = ARG_INT(i < count ? which->ids[i] : 0);
	*found = 0;
	if (count == 0)
		return 0;
	if (db_query(db, &r,
		     places == PAGE_USUAL ? STMT_CAMPAIGN_ROWS_25
					  : STMT_CAMPAIGN_ROWS_100,
		     args, places + 1, f))
		return -1;
	while (n < count && (got = campaign_fetch(&r, &out[n], a, f)) > 0)
		n++;
	rows_close(&r);
	if (got < 0)
		return -1;
	put_in_order(out, n, which->ids, count, found);
	return 0;
}

int
campaign_waiting(struct db *db, const struct campaign *c, int64_t *out,
		 struct fault *f)
{
	int64_t settled;

	if (db_int(db, &settled, STMT_CAMPAIGN_SETTLED,
		   ARGS(ARG_INT(c->current_run)), f))
		return -1;
	*out = c->fig.total > settled ? c->fig.total - settled : 0;
	return 0;
}
