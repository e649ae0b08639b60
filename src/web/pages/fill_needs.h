/*
 * fill_needs.h - what a workspace still needs before a campaign can start, in
 * the order in which it is added: with links for administrators, and whom to
 * ask for all others.
 */
#ifndef WEB_PAGES_FILL_NEEDS_H
#define WEB_PAGES_FILL_NEEDS_H

#include "view/view.h"
#include "workspace/account.h"

struct needs;

/* part_needs.tpl */
struct needs_part {
	const struct needs *needs;
	enum role role;
};
void fill_needs(struct view *v, const void *part);

#endif
