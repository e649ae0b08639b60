/*
 * window.h - when a campaign may call: hours of working days in a zone
 * (doc/product.md 3.4), from a moment on, up to a day, but on no holiday.
 * Pure; 'now' is an argument.  Words for people are in window_text.h.
 *
 * Hours that end before their start cross midnight and belong to the day they
 * open on: whether that day is a working day, a holiday or the last day decides
 * about them.  00:00-24:00 is the whole day; window_check() refuses an end
 * equal to the start.  Where the clocks go back, hours that they show twice are
 * open, or closed, twice.
 *
 * A zone that the system does not know is NULL: nothing opens in it, and
 * nothing is over.
 *
 * Every question about openings is answered here.  campaign_window() makes a
 * window of a campaign's settings.
 */
#ifndef CAMPAIGN_WINDOW_H
#define CAMPAIGN_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "campaign/more_windows.h"

struct fault;
struct zone;

/* Days since 1970-01-01, ascending, each once. */
struct holidays {
	const int64_t *days;
	size_t count;
};
#define NO_HOLIDAYS ((struct holidays){ .count = 0 })

struct window {
	int start, end;	    /* minutes of the day, 0-1440 */
	uint32_t days;	    /* bit 0 Monday */
	struct spans more;  /* further hours of the same days */
	int64_t not_before; /* minutes since 1970-01-01 in its zone; 0: none */
	int64_t last_day;   /* days since then; 0: none */
	struct holidays holidays; /* not owned */
};

/* FAULT_INVALID names the setting: hours that are empty or overlap, no day, a
 * last day before the first. */
int window_check(const struct window *w, struct fault *f);
/*
 * The same, one rule at a time, for a caller that reports all that is wrong.
 * window_rule() returns 0, -1 with *f set, or 1 when there is no n-th rule.
 * window_rule_reads() tells whether that rule reads a setting: skip the rule
 * when the setting could not be read.
 */
int window_rule(const struct window *w, size_t n, struct fault *f);
bool window_rule_reads(size_t n, const char *field);

/* The hours at the place of a contact that is in another zone.  The first
 * moment and the last day are those of the campaign's own window, which has to
 * be open too. */
struct window window_of_place(const struct window *w);

struct window_state {
	bool open;
	int64_t opened;	 /* when this day's opening began; 0 when closed */
	int64_t closes;	 /* when calling must end: openings without a gap
			    count as one; INT64_MAX: never */
	int64_t next;	 /* closed: when it opens; INT64_MAX: never */
};

struct window_state window_at(const struct window *w, struct zone *z,
			      int64_t now);

/*
 * When a single_day run is over: the end of the last opening of its day.  That
 * is the day of the opening that 'started' lies in or, if closed then, of the
 * next one.  A whole day ends at its midnight.  INT64_MAX: nothing opens.
 */
int64_t window_single_day_end(const struct window *w, struct zone *z,
			      int64_t started);

/* When any run is over: the end of the last opening up to the last day;
 * INT64_MAX: there is no last day; 0: nothing opens until then. */
int64_t window_over(const struct window *w, struct zone *z);

/* 'at' itself if open then, else the next opening. */
int64_t window_on_or_after(const struct window *w, struct zone *z, int64_t at);

/* One day's hours, cut at not_before.  Where the clocks go back within them,
 * window_openings() includes the closed time between the two passes. */
struct opening {
	int64_t from, to;
};

/* The openings that end after 'now', in order, at most 'most'; returns how
 * many. */
size_t window_openings(const struct window *w, struct zone *z, int64_t now,
		       struct opening *out, size_t most);

/* The i-th hours of a day in order of their start, of 1 + w->more.count. */
struct span window_hours_at(const struct window *w, size_t i);

/* Open at any time of any day that is not a holiday. */
bool window_is_round_the_clock(const struct window *w);

/* When a run ends by its hours: with the day of 'day_from', if it is not 0 and
 * so a single-day run's, or when window_over() says; INT64_MAX: never. */
int64_t window_run_end(const struct window *w, struct zone *z,
		       int64_t day_from);

#endif
