/* detail.h - the page of one campaign, updated live like the list. */
#ifndef WEB_PAGES_DETAIL_H
#define WEB_PAGES_DETAIL_H

#include <stdbool.h>

struct campaign;
struct fault;
struct reply;
struct request;

/* Reads the campaign in the address, of the workspace of who has signed in. */
int detail_campaign(struct request *q, struct campaign *c, struct fault *f);

/* True when the pressed button is on this page, so its part is the answer. */
bool detail_is_asked(const struct request *q);

/* Answers with that part, <div id="campaign">, as the campaign is now. */
int detail_part(struct request *q, struct reply *r, const struct campaign *c,
		struct fault *f);

#endif
