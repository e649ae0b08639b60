/*
 * fill_wizard.h - the five steps of the campaign wizard, and the summary beside
 * them; see web/server/layout.h.
 */
#ifndef WEB_PAGES_FILL_WIZARD_H
#define WEB_PAGES_FILL_WIZARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "campaign/wizard.h"
#include "campaign/window.h"
#include "view/view.h"

struct bot;
struct campaign;
struct field;
struct number;
struct viewer;
struct upload;

#define NUMBERS_SHOWN 100 /* of the pool, on one page */

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
	const struct upload *upload; /* NULL: none, or it was cancelled */
	const char *coming;	  /* the file that is uploading; NULL: none */
	bool listless;		  /* the file is missing, or was not accepted */
	bool told;		  /* other steps too show how the file ended */
	struct holidays holidays; /* of the workspace */
	const char *const *zones; /* to choose from */
	size_t zone_count;
	const struct viewer *viewer;
};

/* page_wizard.tpl: <div id="wizard"> */
void fill_wizard(struct view *v, const void *page);

/* part_wizard_summary.tpl: <aside id="means"> */
void fill_wizard_summary(struct view *v, const void *page);

/* The contacts that the campaign has, or will have after Save. */
int64_t wizard_page_contacts(const struct wizard_page *p);

/* part_wizard_contacts.tpl: <div id="contacts">, the card of the file */
void fill_wizard_contacts(struct view *v, const void *page);

/* page_wizard_resume.tpl: continue with the earlier entries, or start anew? */
void fill_wizard_resume(struct view *v, const void *page);

/* part_wizard_field.tpl */
struct wizard_field {
	const struct wizard_page *page;
	const struct field *field;
};
void fill_wizard_field(struct view *v, const void *field);

/* part_wizard_numbers.tpl */
void fill_wizard_numbers(struct view *v, const void *page);

/* part_wizard_review.tpl: the sections of the review */
void fill_wizard_review(struct view *v, const void *page);
/* part_wizard_review_section.tpl: for the numbers, and for the contact list */
void fill_wizard_pool(struct view *v, const void *page);
void fill_wizard_list(struct view *v, const void *page);
/* The file that the review shows: its id once it has been read, else "0". */
const char *wizard_page_file(const struct wizard_page *p);

/* For fill_wizard.c and its files. */
struct arena;
/* "1 contact", "2,000 contacts" */
const char *wizard_plural(int64_t n, const char *one, const char *many,
			  struct arena *a);
void fill_wizard_fields(struct view *v, const struct wizard_page *p);
/* The n-th field of a step, in the order of its inputs, or NULL. */
const struct field *wizard_field_at(enum wizard_step step, size_t n);
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
/* An entry as readable text: "Mon, Tue", "30 min", "None". */
const char *wizard_entry_words(const struct wizard_page *p, size_t field);

#endif
