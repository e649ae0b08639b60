/*
 * fill_catalog.h - the lists of bots, carriers and numbers, and the page of a
 * single entry, which the page of the workspace is too.
 */
#ifndef WEB_PAGES_FILL_CATALOG_H
#define WEB_PAGES_FILL_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "view/view.h"
#include "web/pages/catalog_view.h"
#include "web/pages/entry_form.h"

struct carrier_node;
struct needs;
struct number_line_fault;
struct viewer;

/* page_catalog.tpl */
struct catalog_page {
	const struct catalog_view *view;
	const struct viewer *viewer;
	const struct catalog_row *rows;
	size_t count;
	bool first;	    /* this is the first page */
	const char *next;   /* the address of the next one; NULL */
	const struct needs *needs; /* of the workspace, and whom to ask */
};
void fill_catalog(struct view *v, const void *page);

/* A button below the form. */
struct entry_act {
	const char *href, *word, *icon, *css;
	const char *ask; /* NULL: no question */
};

/* page_entry.tpl */
struct entry_page {
	const char *heading, *name; /* the title; the last of the crumbs */
	const char *about;
	const char *path, *list; /* the list it is in, and its title; NULL */
	const char *back;	 /* where Cancel leads */
	const char *action, *csrf;
	const char *save; /* the button; NULL: it can only be read */
	int64_t ver;
	const char *notice; /* why it was not saved; NULL */
	const char *lacks, *lacks_href, *lacks_label; /* instead of the form */
	const struct entry_form *form;
	const struct number_line_fault *faults;
	size_t fault_count;
	const char *use_heading, *uses;	  /* what uses it; NULL */
	const struct carrier_node *nodes; /* that reach it; NULL: not asked */
	size_t node_count;
	const struct entry_act *acts;
	size_t act_count;
	struct arena *arena;
};
void fill_entry(struct view *v, const void *page);

#endif
