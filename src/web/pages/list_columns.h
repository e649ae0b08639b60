/*
 * list_columns.h - the columns of the campaign list: one table makes the
 * headings and fills the cells of each row.
 *
 * The cells are written out in part_campaign_row.tpl, because a row would take
 * a third more time with a template for each cell, and a twentieth more with a
 * marker for each label.  tests/view/test_pages.c compares them with the table.
 */
#ifndef WEB_PAGES_LIST_COLUMNS_H
#define WEB_PAGES_LIST_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "view/view.h"

struct campaign;
struct campaign_list;
struct viewer;

struct list_column {
	const char *key;   /* of the heading: class col-KEY, id sort-KEY */
	const char *label; /* the heading */
	const char *css;   /* class of the cells */
	bool labelled;	   /* their data-label is the heading: a phone, which
			    * has no headings, shows it above the value */
	bool acting;	   /* only shown to who may act */
	int sort;	   /* enum campaign_sort, or -1: none */
	const char *up, *down; /* which rows come first */
	/* Sets what the cell's markers hold; NULL: what every row has. */
	void (*fill)(struct view *row, const struct campaign *c,
		     const struct viewer *r);
};

/* As they stand in a row. */
extern const struct list_column list_columns[];
extern const size_t list_column_count;

/* The headings: {{#COLUMN}} of part_campaign_list.tpl. */
void fill_list_headings(struct view *v, const struct campaign_list *l);

/* part_campaign_row.tpl: <tr id="c-ID"> */
struct campaign_row {
	const struct campaign *c;
	const struct viewer *viewer;
	const char *mark; /* stands around it; NULL: nothing */
};
void fill_campaign_row(struct view *v, const void *row);

#endif
