/*
 * window.h - when a campaign may call: hours of working days in a zone
 * (product.md 3 step 3).  Pure; 'now' is an argument.
 *
 * end <= start crosses midnight and belongs to the day it opened; 00:00-24:00
 * is the whole day; equal is refused by window_check().
 */
#ifndef DOMAIN_WINDOW_H
#define DOMAIN_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;
struct zone;

struct window {
	int start, end; /* minutes of the day, 0-1440 */
	uint32_t days;	/* bit 0 Monday */
};

int window_check(const struct window *w, struct fault *f);

struct window_state {
	bool open;
	int64_t opened;	 /* when this day's opening began; 0 when closed */
	int64_t closes;	 /* when calling must end: whole days in a row count as
			    one; INT64_MAX: never (24 h, all days) */
	int64_t next;	 /* closed: when it opens; INT64_MAX: never */
};

struct window_state window_at(const struct window *w, struct zone *z,
			      int64_t now);

/*
 * When a single_day run is over: the end of the opening that 'started' lies in
 * or, if closed then, of the next one.  A whole day ends at its midnight.
 */
int64_t window_single_day_end(const struct window *w, struct zone *z,
			      int64_t started);

/* 'at' itself if open then, else the next opening. */
int64_t window_on_or_after(const struct window *w, struct zone *z, int64_t at);

/* "opens 09:00", "opens 09:00 tomorrow", "opens Mon 09:00": a short note.
 * 'z' is the campaign's zone. */
void window_note(const struct window_state *s, struct zone *z, int64_t now,
		 char *out, size_t size);

/* The same while it is open: "until 18:00"; "": closed, or never closes. */
void window_until(const struct window_state *s, struct zone *z, int64_t now,
		  char *out, size_t size);

#endif
