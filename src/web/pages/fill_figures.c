#include "web/pages/fill_figures.h"

#include <stddef.h>

#include "base/arena.h"

#define BOTH (FIGURES_OVERVIEW | FIGURES_PERFORMANCE)

/* clang-format off */
static const struct {
	int pages; /* of enum figures_page */
	const char *label, *text;
} figures[] = {
	{ FIGURES_OVERVIEW, "Processed", "Contacts with a finished call, a number that cannot be called, or an exclusion." },
	{ FIGURES_OVERVIEW, "Connected", "Contacts who have spoken to the bot." },
	{ BOTH, "Calls finished", "Calls that the carrier took and that are over. Blocked and congested calls, and those that were withdrawn, are not counted." },
	{ BOTH, "Answer Rate", "Of the calls finished, those that a person answered. A machine is no answer if carrier or bot say that it was one." },
	{ FIGURES_OVERVIEW, "Completion Rate", "Of all contacts, those with a final outcome." },
	{ FIGURES_OVERVIEW, "Goal Rate", "Of the calls for which a bot reported a disposition, those with one of the campaign’s goals; the latest report of each counts." },
	{ BOTH, "Abandoned", "Of the calls that were picked up, those that found no bot free, in all runs of the campaign; in 60 minutes, in this run. Regulators allow at most 3% over 30 days." },
	{ FIGURES_OVERVIEW, "Done about", "When the last contact is finished, if as many answer and they talk as long as in this run so far, with its concurrency, retries and calling hours." },
	{ FIGURES_OVERVIEW, "Calls/sec", "Calls that ended in the last 60 seconds, a second." },
	{ FIGURES_OVERVIEW, "Connected/hr", "Conversations that ended in the last 60 minutes." },
	{ FIGURES_OVERVIEW, "Avg Ring Time", "Of the calls that ended in the last 60 minutes." },
	{ FIGURES_OVERVIEW, "Pass", "The first calls to all contacts are pass 1, their second calls pass 2, and so on." },
	{ FIGURES_PERFORMANCE, "Picked up", "Calls that a person or a machine picked up; the share is the answer-seizure ratio." },
	{ FIGURES_PERFORMANCE, "Connected", "Calls that ended after a conversation with the bot." },
	{ FIGURES_PERFORMANCE, "Short calls", "Connected calls of at most 6 seconds. Many of them make carriers suspicious." },
	{ FIGURES_PERFORMANCE, "Blocked", "Calls that the network refused because of their number. They are not counted as calls, and the contact waits again." },
	{ FIGURES_PERFORMANCE, "Congestion", "Calls that the carrier had no room for. They are not counted as calls, and the contact waits again." },
};
/* clang-format on */

void
fill_figure_words(struct view *v, enum figures_page page)
{
	v = view_include(v, "WORDS", "part_figures.tpl");
	for (size_t i = 0; i < ARRAY_LEN(figures); i++) {
		struct view *figure;

		if (!(figures[i].pages & (int)page))
			continue;
		figure = view_section(v, "FIGURE");
		view_str(figure, "LABEL", figures[i].label);
		view_str(figure, "TEXT", figures[i].text);
	}
}
