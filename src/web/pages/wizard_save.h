/*
 * wizard_save.h - the wizard's Save, and the answers when something else
 * changed first; see wizard.c.
 */
#ifndef WEB_PAGES_WIZARD_SAVE_H
#define WEB_PAGES_WIZARD_SAVE_H

#include "web/pages/wizard_request.h"

struct fault;
struct reply;
struct request;

/* Create Campaign or Save Changes: answers with a redirect to the next page, or
 * with the review and what is wrong. */
int wizard_save(struct wizard_request *s, struct reply *r, struct fault *f);

/* Answers a form with a conflict (not CONFLICT_NONE): nothing of it is stored
 * yet, and a notice on the step says why; when the draft is gone, a toast on
 * the page that the person came from does. */
int wizard_answer_conflict(struct wizard_request *s, struct reply *r,
			   enum wizard_conflict conflict, struct fault *f);

/* After a fault of wizard_request_open(): redirects to the page of a campaign
 * that cannot be edited now; else returns -1. */
int wizard_answer_not_editable(struct request *q, struct reply *r,
			       struct fault *f);

#endif
