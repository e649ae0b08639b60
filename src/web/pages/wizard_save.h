/*
 * wizard_save.h - the wizard's Save, and the answers when something else
 * changed first; see wizard.c.
 */
#ifndef WEB_PAGES_WIZARD_SAVE_H
#define WEB_PAGES_WIZARD_SAVE_H

struct fault;
struct reply;
struct request;
struct wizard_request;

/* Create Campaign or Save Changes: answers with a redirect to the next page, or
 * with the review and what is wrong. */
int wizard_save(struct wizard_request *s, struct reply *r, struct fault *f);

/*
 * Answers a form that was shown before another tab, or another person, made
 * changes: nothing of it is stored yet, and a notice says so.
 */
int wizard_outrun(struct wizard_request *s, struct reply *r, struct fault *f);

/* After a fault of wizard_request_open(): redirects to the page of a campaign
 * that cannot be edited now; else returns -1. */
int wizard_turn_away(struct request *q, struct reply *r, struct fault *f);

#endif
