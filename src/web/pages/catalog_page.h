/*
 * catalog_page.h - the page on which a bot, a carrier or a number is added or
 * changed; for the handlers of catalog.c.
 */
#ifndef WEB_PAGES_CATALOG_PAGE_H
#define WEB_PAGES_CATALOG_PAGE_H

#include "web/pages/catalog_view.h"
#include "web/pages/entry_form.h"
#include "web/pages/fill_catalog.h"
#include "workspace/catalog.h"

struct fault;
struct reply;
struct request;

#define ENTRY_ACTS_MOST 3

struct catalog_edit {
	struct request *q;
	const struct catalog_view *view;
	union catalog_entry entry; /* id 0: a new one */
	struct entry_form form;
	struct entry_page page;
	struct entry_act acts[ENTRY_ACTS_MOST];
};

/* A new entry with its defaults; of numbers, many. */
int catalog_edit_new(struct request *q, const struct catalog_view *v,
		     struct catalog_edit *e, struct fault *f);

/* The entry that the path names; FAULT_ABSENT. */
int catalog_edit_load(struct request *q, const struct catalog_view *v,
		      struct catalog_edit *e, struct fault *f);

int catalog_edit_show(struct catalog_edit *e, struct reply *r, struct fault *f);

/* Shows the form again with what was typed, and the fault at its input or
 * above the form; returns -1 for a fault that has no place there. */
int catalog_edit_refuse(struct catalog_edit *e, struct reply *r,
			struct fault *f);

#endif
