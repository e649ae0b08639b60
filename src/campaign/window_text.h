/*
 * window_text.h - windows in words for people, in the campaign's zone 'z'.
 * Pure.
 */
#ifndef CAMPAIGN_WINDOW_TEXT_H
#define CAMPAIGN_WINDOW_TEXT_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct opening;
struct window;
struct window_state;
struct zone;

/* 'word' and a time: "09:00", "09:00 tomorrow", "Mon 09:00", "10:00 on 1 Dec";
 * a word that ends in "at" loses it before a weekday. */
void window_moment(const char *word, int64_t at, struct zone *z, int64_t now,
		   char *out, size_t size);

/* A short note: "opens 09:00", "opens 09:00 tomorrow", "opens Mon 09:00", and a
 * week or more ahead "opens 10:00 on 1 Dec". */
void window_note(const struct window_state *s, struct zone *z, int64_t now,
		 char *out, size_t size);

/* The same while it is open: "until 18:00"; "": closed, or never closes. */
void window_until(const struct window_state *s, struct zone *z, int64_t now,
		  char *out, size_t size);

/* "Mon–Fri 09:00–12:00 and 13:00–17:00, Europe/London"; "every day", "all
 * day". */
const char *window_hours(const struct window *w, const char *zone_name,
			 struct arena *a);

/* "open now, closes in 2 h 10 min (Mon 30 Nov, 18:00)", "closed now, opens Mon
 * 30 Nov, 09:00, in 3 days", "open now, never closes", "never opens". */
const char *window_now(const struct window_state *s, struct zone *z,
		       int64_t now, struct arena *a);

/* When something ends: "Mon 30 Nov, 18:00", with the year if it is not this
 * one; midnight is 24:00 of the day before. */
const char *end_words(int64_t at, struct zone *z, int64_t now,
		      struct arena *a);

/*
 * "Mon 30 Nov, 09:00–18:00", "Fri 27 Nov, 22:00–06:00 next day"; when the
 * clocks change on its day before it ends, or in the night before, "Sun 29 Mar,
 * 09:00–18:00 (clocks go forward an hour)".
 */
const char *opening_words(const struct opening *o, struct zone *z,
			  struct arena *a);

/* Days since 1970-01-01: "Thu 24 Dec 2026". */
const char *day_words(int64_t day, struct arena *a);

#endif
