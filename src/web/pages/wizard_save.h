/*
 * wizard_save.h - the wizard's Save, and what whoever comes late is told; see
 * wizard.c.
 */
#ifndef WEB_PAGES_WIZARD_SAVE_H
#define WEB_PAGES_WIZARD_SAVE_H

struct fault;
struct reply;
struct request;
struct wizard_request;

/* Create Campaign or Save Changes: the page that this leads to, or the review
 * with what stands in its way. */
int wizard_save(struct wizard_request *s, struct reply *r, struct fault *f);

/*
 * The form was shown before another tab, or somebody else, went on: nothing of
 * it is kept yet, and the person sees both.
 */
int wizard_outrun(struct wizard_request *s, struct reply *r, struct fault *f);

/* After a fault of wizard_request_open(): a campaign that runs is not edited,
 * so back to where it says so. */
int wizard_turn_away(struct request *q, struct reply *r, struct fault *f);

#endif
