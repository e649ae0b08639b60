/*
 * fill_wizard.h - the five steps of the campaign wizard, and the summary beside
 * them; see web/server/layout.h.
 */
#ifndef WEB_PAGES_FILL_WIZARD_H
#define WEB_PAGES_FILL_WIZARD_H

#include <stddef.h>

#include "view/view.h"
#include "web/pages/wizard_page.h"

struct field;

#define NUMBERS_SHOWN 100 /* of the pool, on one page */

/* page_wizard.tpl: <div id="wizard"> */
void fill_wizard(struct view *v, const void *page);

/* part_wizard_summary.tpl: <aside id="means"> */
void fill_wizard_summary(struct view *v, const void *page);

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

/* For fill_wizard.c and its files. */
void fill_wizard_fields(struct view *v, const struct wizard_page *p);
/* The n-th field of a step, in the order of its inputs, or NULL. */
const struct field *wizard_field_at(enum wizard_step step, size_t n);
/* An entry as readable text: "Mon, Tue", "30 min", "None". */
const char *wizard_entry_words(const struct wizard_page *p, size_t field);

#endif
