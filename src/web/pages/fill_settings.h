/* fill_settings.h - settings of a campaign as people read them. */
#ifndef WEB_PAGES_FILL_SETTINGS_H
#define WEB_PAGES_FILL_SETTINGS_H

#include <stdbool.h>

struct arena;
struct field;

/* "no_answer" is "No answer". */
const char *word_words(const char *word, struct arena *a);

/* True when 'word' is in a list like "mon,tue". */
bool has_word(const char *list, const char *word);

/* The "5" of busy in "busy=5,error=9", or "". */
const char *map_entry(const char *text, const char *word, struct arena *a);

/* May it be left empty? */
bool is_optional(const struct field *fd);

/* What field_text() gives in words: "Mon, Tue", "30 min", "Busy 5 min", "None";
 * "Missing" for what may not be empty. */
const char *setting_words(const struct field *fd, const char *text,
			  struct arena *a);

#endif
