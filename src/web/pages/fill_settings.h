/* fill_settings.h - a campaign's settings as readable text. */
#ifndef WEB_PAGES_FILL_SETTINGS_H
#define WEB_PAGES_FILL_SETTINGS_H

#include <stdbool.h>

struct arena;
struct field;

/* True when 'word' is in a list like "mon,tue". */
bool has_word(const char *list, const char *word);

/* The "5" of busy in "busy=5,error=9", or "". */
const char *map_entry(const char *text, const char *word, struct arena *a);

/* True when the field may be left empty. */
bool is_optional(const struct field *fd);

/* The text of field_text() in words: "Mon, Tue", "30 min", "Busy 5 min";
 * "None" when it is empty, or "Missing" when it may not be. */
const char *setting_words(const struct field *fd, const char *text,
			  struct arena *a);

#endif
