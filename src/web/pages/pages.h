/*
 * pages.h - all pages, for main.c: the server itself knows none of them.
 */
#ifndef WEB_PAGES_PAGES_H
#define WEB_PAGES_PAGES_H

#include "web/server/route.h"

struct fault;

/* The route tables of the pages' files. */
extern const struct route account_routes[];
extern const struct route api_key_routes[];
extern const struct route alarm_routes[];
extern const struct route activity_routes[];
extern const struct route audit_routes[];
extern const struct route auth_routes[];
extern const struct route bulk_routes[];
extern const struct route campaign_routes[];
extern const struct route catalog_routes[];
extern const struct route code_routes[];
extern const struct route config_routes[];
extern const struct route contact_routes[];
extern const struct route contacts_all_routes[];
extern const struct route contacts_routes[];
extern const struct route detail_routes[];
extern const struct route dnc_list_routes[];
extern const struct route dnc_routes[];
extern const struct route factor_routes[];
extern const struct route hold_routes[];
extern const struct route holiday_routes[];
extern const struct route home_routes[];
extern const struct route integration_routes[];
extern const struct route invitation_routes[];
extern const struct route erasure_routes[];
extern const struct route retention_routes[];
extern const struct route call_routes[];
extern const struct route performance_routes[];
extern const struct route run_routes[];
extern const struct route settings_routes[];
extern const struct route user_routes[];
extern const struct route webhook_routes[];
extern const struct route wizard_routes[];
extern const struct route workspace_routes[];

/* All of them, for route_add(). */
extern const struct route *const page_routes[];

/*
 * Expands every template once, and makes the hash that a password is checked
 * against when the e-mail address is unknown.  Call it once, before the process
 * forks.  FAULT_BROKEN: a template is missing or broken.
 */
int pages_load(struct fault *f);

#endif
