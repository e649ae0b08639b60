/*
 * catalog_view.h - how bots, carriers and numbers are called and shown on their
 * pages; what they are is in workspace/catalog.h.
 */
#ifndef WEB_PAGES_CATALOG_VIEW_H
#define WEB_PAGES_CATALOG_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct catalog_kind;

#define BOTS_PATH "/dashboard/settings/bots"
#define CARRIERS_PATH "/dashboard/settings/carriers"
#define NUMBERS_PATH "/dashboard/settings/numbers"
#define WORKSPACE_PATH "/dashboard/settings/workspace"

enum catalog_place { PLACE_BOTS, PLACE_CARRIERS, PLACE_NUMBERS, PLACE_MAX };

#define CELLS_MOST 6

/* A line of a list. */
struct catalog_row {
	const void *entry;
	int64_t id;
	int64_t uses;  /* up to USES_MOST + 1 */
	int64_t nodes; /* diallers that reach it, of a carrier */
};

struct catalog_view {
	const struct catalog_kind *kind;
	const char *path, *title;
	const char *add; /* the button; also the title of its page */
	const char *about;
	const char *none, *none_text; /* an empty list: heading and text */
	const char
		*heads[CELLS_MOST + 1]; /* columns: the key, then the cells */
	bool can_switch;
	/* Questions; %s is the name. */
	const char *ask_remove, *ask_disable;
	const char *use_heading; /* of the card that says what uses it */
	/* What people call it, and the cells after that. */
	const char *(*name)(const void *entry, struct arena *a);
	void (*cells)(const struct catalog_row *row,
		      const char *out[static CELLS_MOST], struct arena *a);
};
extern const struct catalog_view catalog_views[PLACE_MAX];

/* True when it is enabled, and its state in a word. */
bool catalog_is_on(const struct catalog_view *v, const void *entry);
const char *catalog_state(const struct catalog_view *v, const void *entry,
			  const char **badge);

/* "None", "3", "more than 1,000" */
const char *catalog_uses_text(int64_t uses, struct arena *a);

#endif
