/* fill_figures.h - what each figure of a campaign means, in words. */
#ifndef WEB_PAGES_FILL_FIGURES_H
#define WEB_PAGES_FILL_FIGURES_H

#include "view/view.h"

/* The pages that show figures. */
enum figures_page { FIGURES_OVERVIEW = 1, FIGURES_PERFORMANCE = 2 };

/* part_figures.tpl at {{>WORDS}}: those of that page. */
void fill_figure_words(struct view *v, enum figures_page page);

#endif
