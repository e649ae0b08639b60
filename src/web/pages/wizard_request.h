/*
 * wizard_request.h - one request of somebody who sits at the campaign wizard:
 * what was begun, what belongs to it, what the form says.  For wizard.c and its
 * files.
 */
#ifndef WEB_PAGES_WIZARD_REQUEST_H
#define WEB_PAGES_WIZARD_REQUEST_H

#include <stdbool.h>

#include "campaign/campaign.h"
#include "campaign/wizard.h"
#include "contacts/upload.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_wizard.h"
#include "workspace/account.h"

#define WIZARD_NEW HOME_PATH "/new"

struct fault;
struct reply;
struct request;

struct wizard_request {
	struct request *q;
	struct actor who;
	struct wizard_page page;
	struct wizard w;
	struct campaign c; /* of an edit, with its pool */
	int64_t *pool;
	size_t pool_count;
	struct upload upload;
	struct viewer reader;
	struct wizard_wrong wrong[WIZARD_WRONG_MOST];
	const char *go; /* the button; "next" */
	bool moved;	/* the campaign is not what the form was shown for */
};

/*
 * Loads it, for the step of the route.  FAULT_ABSENT: no such campaign;
 * FAULT_CONFLICT: it cannot be edited now.
 */
int wizard_request_open(struct request *q, struct wizard_request *s,
			struct fault *f);

/*
 * Takes the form of the step over what was entered.  *outrun: the form was
 * shown in another revision than the one that is kept.  FAULT_CONFLICT: it
 * changes what is locked.
 */
int wizard_request_read(struct wizard_request *s, bool *outrun,
			struct fault *f);

/* What is not kept yet begins with the revision that its form was shown in;
 * false: that is none to begin with. */
bool wizard_request_begin(struct wizard_request *s);

/* Keeps it (wizard_keep()). */
int wizard_request_keep(struct wizard_request *s, bool next, struct fault *f);

/* What is wrong in a step (STEP_REVIEW: in all) goes to s->page.wrong. */
void wizard_request_check(struct wizard_request *s, enum wizard_step step);

/* One more that is wrong. */
void wizard_request_add_wrong(struct wizard_request *s, const char *field,
			      const char *text);

/* What its file is worth, when that has changed: see page.listless. */
void wizard_request_look(struct wizard_request *s);

/* The first step that is not done. */
enum wizard_step wizard_request_first_open(const struct wizard_request *s);

/* "/dashboard/campaigns/new/numbers" */
const char *wizard_request_path(const struct wizard_request *s,
				enum wizard_step step);

/* Goes to another step, in this answer or by a redirect. */
int wizard_request_go(struct wizard_request *s, struct reply *r,
		      enum wizard_step step, struct fault *f);

/* The page of the step as it is; 422 or 409 to who has no script. */
int wizard_request_show(struct wizard_request *s, struct reply *r, int status,
			struct fault *f);

#endif
