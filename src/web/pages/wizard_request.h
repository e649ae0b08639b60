/*
 * wizard_request.h - one request to the campaign wizard: the entries kept so
 * far, what they refer to, and the form.  For wizard.c and its files.
 */
#ifndef WEB_PAGES_WIZARD_REQUEST_H
#define WEB_PAGES_WIZARD_REQUEST_H

#include <stdbool.h>

#include "campaign/campaign.h"
#include "campaign/wizard.h"
#include "contacts/upload.h"
#include "web/pages/viewer.h"
#include "web/pages/wizard_page.h"
#include "workspace/account.h"
#include "workspace/needs.h"

#define WIZARD_NEW HOME_PATH "/new"

struct fault;
struct reply;
struct request;

/* What others changed after the form was shown; wizard_answer_conflict() says
 * so.  That the campaign cannot be edited any more is a fault of
 * wizard_request_open(). */
enum wizard_conflict {
	CONFLICT_NONE,
	CONFLICT_STALE_FORM,	/* another tab changed the entries */
	CONFLICT_STALE_VERSION, /* another person changed the campaign */
	CONFLICT_DRAFT_GONE,	/* the entries were saved or discarded */
	CONFLICT_OTHER_FILE,	/* the review showed another contact list */
	CONFLICT_MAX
};

struct wizard_request {
	struct request *q;
	struct actor who;
	struct wizard_page page;
	struct wizard w;
	struct campaign c; /* the campaign that is edited, and its pool */
	int64_t *pool;
	size_t pool_count;
	struct upload upload;
	struct viewer viewer;
	struct needs needs; /* where there are no bots or numbers */
	struct wizard_wrong wrong[WIZARD_WRONG_MOST];
	bool has_choices; /* of wizard_request_load_choices() */
	const char *go;	  /* the button that was pressed; "next" */
};

/*
 * Loads the campaign, the entries and their file, for the step of the route.
 * FAULT_ABSENT: there is no such campaign; FAULT_CONFLICT: it cannot be edited
 * now.
 */
int wizard_request_open(struct request *q, struct wizard_request *s,
			struct fault *f);

/*
 * Loads what the steps offer: bots, numbers, holidays and time zones; once a
 * request.  For what draws or checks them: an upload and the poll of its
 * progress do without.
 */
int wizard_request_load_choices(struct wizard_request *s, struct fault *f);

/*
 * Reads the step's form over the entries; the numbers need the choices, and
 * load them.  *conflict: what has changed since it was shown, but for the file.
 * FAULT_CONFLICT: it changes a locked field.
 */
int wizard_request_read(struct wizard_request *s,
			enum wizard_conflict *conflict, struct fault *f);

/* The conflict of a form whose revision is not the stored one:
 * CONFLICT_DRAFT_GONE on the review when nothing is stored, else
 * CONFLICT_STALE_FORM. */
enum wizard_conflict wizard_request_stale(const struct wizard_request *s);

/* Takes the form's revision as the first one of entries not stored yet; false:
 * they are stored, or it is not a first revision. */
bool wizard_request_begin(struct wizard_request *s);

/* Stores the entries (wizard_keep()). */
int wizard_request_keep(struct wizard_request *s, bool next, struct fault *f);

/* Lists what is wrong in a step (STEP_REVIEW: in all) in s->page.wrong; loads
 * the choices if the step has any. */
int wizard_request_check(struct wizard_request *s, enum wizard_step step,
			 struct fault *f);

/* Adds one to s->page.wrong; the text is copied. */
void wizard_request_add_wrong(struct wizard_request *s, const char *field,
			      const char *text);

/* Sets page.listless anew, after the file or the entries have changed. */
void wizard_request_look(struct wizard_request *s);

/* The first step that is not done. */
enum wizard_step wizard_request_first_open(const struct wizard_request *s);

/* "/dashboard/campaigns/new/numbers" */
const char *wizard_request_path(const struct wizard_request *s,
				enum wizard_step step);

/* Leads to another step, in this answer or by a redirect. */
int wizard_request_go(struct wizard_request *s, struct reply *r,
		      enum wizard_step step, struct fault *f);

/* Loads the choices and answers with the page of the step; without htmx it has
 * 'status'. */
int wizard_request_show(struct wizard_request *s, struct reply *r, int status,
			struct fault *f);

#endif
