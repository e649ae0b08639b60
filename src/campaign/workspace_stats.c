#include "campaign/workspace_stats.h"

#include <stdbool.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/zone.h"
#include "base/zone_cache.h"
#include "campaign/alarm.h"
#include "campaign/campaign.h"
#include "campaign/schedule.h"

static int64_t
midnight(struct zone *z, int64_t now)
{
	struct civil c;

	zone_civil(z, now, &c);
	return zone_instant(z, c.year, c.month, c.day, 0);
}

/* What STATS_COUNT gives. */
struct stats_row {
	int64_t held_at;
	const char *held_by;
	int64_t cps, this_minute, last_minute, ended, answered;
	const char *holidays;
	bool alarms;
	int64_t webhooks_down;
};
/* clang-format off */
static const struct field fields[] = {
	{ FIELD(stats_row, held_at) },
	{ FIELD(stats_row, held_by) },
	{ FIELD(stats_row, cps) },
	{ FIELD(stats_row, this_minute) },
	{ FIELD(stats_row, last_minute) },
	{ FIELD(stats_row, ended) },
	{ FIELD(stats_row, answered) },
	{ FIELD(stats_row, holidays) },
	{ FIELD(stats_row, alarms) },
	{ FIELD(stats_row, webhooks_down) },
};
/* clang-format on */
static const struct record stats_record = RECORD(fields);

static void
fill_counts(const struct stats_row *r, int64_t now, struct workspace_stats *p)
{
	int64_t left = US_PER_MINUTE - now % US_PER_MINUTE;

	p->held_at = r->held_at;
	p->held_by = r->held_by;
	p->allowed = 60 * r->cps;
	p->per_minute =
		r->this_minute +
		(r->last_minute * left + US_PER_MINUTE / 2) / US_PER_MINUTE;
	p->ended = r->ended;
	p->answered = r->answered;
	p->webhooks_down = r->webhooks_down;
}

static int
read_counts(struct db *db, const struct workspace_stats_query *q,
	    struct stats_row *out, struct arena *a, struct fault *f)
{
	struct zone *zone = zones_shown(q->zones, q->zone);
	/* No time zone's yesterday is before that. */
	struct arg holidays = ARG_INT(q->now / US_PER_DAY - 2);
	struct arg id = ARG_INT(q->workspace_id);
	struct arg minute = ARG_INT(q->now / US_PER_MINUTE);
	struct arg last = ARG_INT(q->now / US_PER_MINUTE - 1);
	struct arg day = ARG_INT(midnight(zone, q->now) / US_PER_MINUTE);
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_STATS_COUNT,
		     ARGS(holidays, id, id, minute, minute, id, last, day, id),
		     f))
		return -1;
	*out = (struct stats_row){ .held_at = 0 };
	got = rows_fetch(&r, &stats_record, out, a, f);
	rows_close(&r);
	if (got == 0)
		return fault_set(f, FAULT_ABSENT,
				 "There is no such workspace.");
	return got < 0 ? -1 : 0;
}

/* Adds 'n' campaigns with the same window, which is in that state. */
static void
add_window(struct workspace_stats *p, const struct window_state *s, int64_t n,
	   const char *zone)
{
	int64_t at = s->open ? s->closes : s->next;

	p->running += n;
	/* Once a window is open, opening times no longer count. */
	if (s->open && !p->open) {
		p->changes_at = INT64_MAX;
		p->zone = NULL;
	}
	if (s->open)
		p->open += n;
	if ((s->open || !p->open) && at < p->changes_at) {
		p->changes_at = at;
		p->zone = zone;
	}
}

static int
read_windows(struct db *db, const struct workspace_stats_query *q,
	     struct holidays h, struct workspace_stats *p, struct arena *a,
	     struct fault *f)
{
	struct campaign_settings set = { 0 };
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_STATS_WINDOWS, ARGS(ARG_INT(q->workspace_id)),
		     f))
		return -1;
	while ((got = rows_fetch(&r, &schedule_record, &set, a, f)) > 0) {
		struct window w = campaign_window(&set, h);
		struct window_state s =
			window_at(&w, zones_get(q->zones, set.zone), q->now);

		add_window(p, &s, rows_int(&r, SCHEDULE_COLUMNS), set.zone);
	}
	return got;
}

int
workspace_stats_read(struct db *db, const struct workspace_stats_query *q,
		     struct workspace_stats *out, struct arena *a,
		     struct fault *f)
{
	struct workspace_stats p = { .changes_at = INT64_MAX };
	struct stats_row counts;

	if (read_counts(db, q, &counts, a, f))
		return -1;
	fill_counts(&counts, q->now, &p);
	if (read_windows(db, q, holidays_read(counts.holidays, a), &p, a, f))
		return -1;
	if (counts.alarms &&
	    alarm_list(db, q->workspace_id, &p.alarms, &p.alarm_count, a, f))
		return -1;
	*out = p;
	return 0;
}

int
workspace_stats_sweep(struct db *db, struct fault *f)
{
	return db_exec(db, NULL, STMT_STATS_SWEEP, NO_ARGS, f);
}
