/*
 * viewer.h - the person that a page is made for.
 */
#ifndef WEB_PAGES_VIEWER_H
#define WEB_PAGES_VIEWER_H

#include <stdbool.h>
#include <stdint.h>

#include "view/view.h"
#include "workspace/account.h"

struct arena;
struct request;
struct zones;

/* The viewer of a list: all that its text depends on besides the rows. */
struct viewer {
	enum role role;
	struct view_zone zone; /* the workspace's */
	struct zones *zones;   /* for the campaigns' zones */
	int64_t now;
	struct arena *arena;
};

/* True when rows have buttons for this role. */
bool viewer_may_act(const struct viewer *r);

/* Today in the workspace's zone, in days since 1970-01-01. */
int64_t viewer_today(const struct viewer *r);

/* The viewer of the page that is requested: who has signed in. */
struct viewer viewer_of(struct request *q);

#endif
