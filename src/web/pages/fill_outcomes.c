/* fill_outcomes.c - how the attempts of a run have ended, as bars. */

#include "web/pages/fill_outcomes.h"

#include "app/outcome.h"
#include "base/words.h"
#include "campaign/run_counters.h"

const char *const live_state_labels[] = { "Queued", "Dialling", "Ringing",
					  "In a call" };

/* In the order of the list of outcomes; those that there were. */
bool
fill_outcomes(struct view *v, const struct run_counters *c, const char *of,
	      struct arena *a)
{
	int64_t all = 0, n;

	for (unsigned o = 1; o < OUTCOME_MAX; o++)
		all += c->of[run_counter_of_outcome(o)];
	if (all <= 0)
		return false;
	v = view_include(v, "OUTCOMES", "part_outcomes.tpl");
	view_str(v, "OF", of);
	for (unsigned o = 1; o < OUTCOME_MAX; o++) {
		struct view *row;

		n = c->of[run_counter_of_outcome(o)];
		if (n <= 0)
			continue;
		row = view_section(v, "OUTCOME");
		view_str(row, "LABEL", word_words(outcome_words[o], a));
		view_count(row, "COUNT", n);
		view_tenths(row, "PERCENT", (int)(n * 1000 / all));
		view_int(row, "WIDTH", n * 100 / all);
	}
	return true;
}
