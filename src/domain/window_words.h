/*
 * window_words.h - windows in words, as people read them; in the campaign's
 * zone 'z'.  Pure.
 */
#ifndef DOMAIN_WINDOW_WORDS_H
#define DOMAIN_WINDOW_WORDS_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct window_state;
struct zone;

/* "opens 09:00", "opens 09:00 tomorrow", "opens Mon 09:00", and a week or more
 * on "opens 10:00 on 1 Dec": a short note. */
void window_note(const struct window_state *s, struct zone *z, int64_t now,
		 char *out, size_t size);

/* The same while it is open: "until 18:00"; "": closed, or never closes. */
void window_until(const struct window_state *s, struct zone *z, int64_t now,
		  char *out, size_t size);

/* Days since 1970-01-01: "Thu 24 Dec 2026". */
const char *day_words(int64_t day, struct arena *a);

#endif
