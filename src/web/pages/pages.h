/*
 * pages.h - all pages, for the server, which knows none of them.
 */
#ifndef WEB_PAGES_PAGES_H
#define WEB_PAGES_PAGES_H

#include "web/server/route.h"

struct fault;

/* The tables of the pages' files. */
extern const struct route auth_routes[];
extern const struct route bulk_routes[];
extern const struct route campaign_routes[];
extern const struct route detail_routes[];
extern const struct route hold_routes[];
extern const struct route holiday_routes[];
extern const struct route home_routes[];
extern const struct route settings_routes[];
extern const struct route wizard_routes[];

/* All of them, for route_init(). */
extern const struct route *const page_routes[];

/*
 * Once in a process, before it forks: tries every template, and makes the hash
 * that the password of an unknown person is checked against.
 */
int pages_load(struct fault *f);

#endif
