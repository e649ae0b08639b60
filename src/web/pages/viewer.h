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

/* All that the text of a list depends on besides its rows. */
struct viewer {
	enum role role;
	struct view_zone zone; /* the workspace's */
	struct zones *zones;   /* for those of campaigns */
	int64_t now;
	struct arena *arena;
};

/* Whether a row has buttons at all. */
bool viewer_may_act(const struct viewer *r);

/* The day where the workspace is, since 1970-01-01. */
int64_t viewer_today(const struct viewer *r);

/* Who has signed in. */
struct viewer viewer_of(struct request *q);

#endif
