/*
 * wizard_page.h - a step of the campaign wizard as it is shown, and what can be
 * asked of it; for those who show it (fill_wizard.h) and who answer it.
 */
#ifndef WEB_PAGES_WIZARD_PAGE_H
#define WEB_PAGES_WIZARD_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "campaign/wizard.h"
#include "campaign/window.h"

struct arena;
struct bot;
struct campaign;
struct needs;
struct number;
struct viewer;
struct upload;

struct wizard_page {
	const struct wizard *w;
	enum wizard_step step;
	const struct campaign *c; /* NULL: a new one */
	bool part;		  /* not inside the layout */
	const char *root;	  /* "/dashboard/campaigns/new" */
	const char *csrf;
	const char *back; /* where the person came from */
	const struct wizard_wrong *wrong;
	size_t wrong_count;
	const char *notice; /* what happened meanwhile; NULL: nothing */
	const char *stale;  /* the same, for the summary alone */
	const struct bot *bots;
	size_t bot_count;
	/* The workspace's numbers; the first 'match_count' of them match the
	 * search. */
	const struct number *numbers;
	size_t number_count, match_count;
	const char *search;
	const struct needs *needs;   /* where there are no bots or numbers */
	const struct upload *upload; /* NULL: none, or it was cancelled */
	const char *coming;	  /* the file that is uploading; NULL: none */
	bool listless;		  /* the file is missing, or was not accepted */
	bool told;		  /* other steps too show how the file ended */
	struct holidays holidays; /* of the workspace */
	const char *const *zones; /* to choose from */
	size_t zone_count;
	const struct viewer *viewer;
};

/* "1 contact", "2,000 contacts" */
const char *wizard_plural(int64_t n, const char *one, const char *many,
			  struct arena *a);
/* The label of the button that leads on: "Next", "Create Campaign". */
const char *wizard_page_button(const struct wizard_page *p);
/* What is wrong with a field, or NULL. */
const char *wizard_page_wrong(const struct wizard_page *p, const char *field);
/* "Nothing dials until you press Start." */
const char *wizard_page_calm(const struct wizard_page *p);
const char *wizard_page_title(const struct wizard_page *p);
bool wizard_page_is_locked(const struct wizard_page *p);
/* True when the step was left by Next and is still complete. */
bool wizard_page_is_done(const struct wizard_page *p, enum wizard_step step);
/* The contacts that the campaign has, or will have after Save. */
int64_t wizard_page_contacts(const struct wizard_page *p);
/* The file that the review shows: its id once it has been read, else "0". */
const char *wizard_page_file(const struct wizard_page *p);

#endif
