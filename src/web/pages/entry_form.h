/*
 * entry_form.h - a form made from the field table of what is entered: its
 * inputs, what was typed, and what is wrong with it.
 */
#ifndef WEB_PAGES_ENTRY_FORM_H
#define WEB_PAGES_ENTRY_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/field.h"
#include "view/view.h"

struct arena;
struct fault;
struct request;

#define FORM_INPUTS_MOST 16

struct form_choice {
	const char *value, *text;
};

struct form_input {
	const struct field *field;
	const char *text;		   /* as typed */
	const char *wrong;		   /* a sentence; NULL: nothing */
	const char *label, *help;	   /* instead of the field's; NULL */
	const struct form_choice *choices; /* a list to choose from; NULL */
	size_t choice_count;
	const char
		*choose; /* the list's first line, which is no choice; NULL */
	bool fixed;	 /* shown, but not changed */
	bool lines;	 /* a text of many lines, which its reader checks */
};

struct entry_form {
	struct form_input inputs[FORM_INPUTS_MOST];
	size_t count;
	struct arena *arena;
};

/* The form of the members of *base. */
void entry_form_of(struct entry_form *form, const struct record *r,
		   const void *base, struct arena *a);

/* The input of a field, or NULL. */
struct form_input *entry_form_find(struct entry_form *form, const char *name);

/* Reads what was sent for each input into *base and keeps it as typed; -1 when
 * some of it is wrong, which the inputs say, with *f set to the first. */
int entry_form_read(struct entry_form *form, const struct request *q,
		    void *base, struct fault *f);

/* Shows a fault at the input of its field; false when it has none there. */
bool entry_form_blame(struct entry_form *form, const struct fault *f);
bool entry_form_is_wrong(const struct entry_form *form);

/* Includes part_form_field.tpl at {{>FIELD}} once for each input. */
void fill_entry_form(struct view *v, const struct entry_form *form);

/* part_form_field.tpl */
void fill_form_input(struct view *v, const void *input);

#endif
