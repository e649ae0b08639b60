/* detail.h - the page of one campaign, which follows it as the list does. */
#ifndef WEB_PAGES_DETAIL_H
#define WEB_PAGES_DETAIL_H

#include <stdbool.h>

struct campaign;
struct fault;
struct reply;
struct request;

/* True when what was pressed stands there: its part is the answer. */
bool detail_is_asked(const struct request *q);

/* That part, <div id="campaign">, as the campaign is now. */
int detail_part(struct request *q, struct reply *r, const struct campaign *c,
		struct fault *f);

#endif
