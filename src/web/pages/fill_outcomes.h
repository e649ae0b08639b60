/* fill_outcomes.h - how the attempts of a run have ended; see
 * web/server/layout.h. */
#ifndef WEB_PAGES_FILL_OUTCOMES_H
#define WEB_PAGES_FILL_OUTCOMES_H

#include <stdbool.h>

#include "view/view.h"

struct arena;
struct run_counters;

/* What a call does, in words, by enum live_state. */
extern const char *const live_state_labels[];

/* part_outcomes.tpl at {{>OUTCOMES}}, if any attempt has ended; 'of' names the
 * table for those who do not see it. */
bool fill_outcomes(struct view *v, const struct run_counters *c, const char *of,
		   struct arena *a);

#endif
