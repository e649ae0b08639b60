/*
 * sign_in_code.h - the second step of a sign-in: a code of the second factor;
 * its routes are code_routes.
 */
#ifndef WEB_PAGES_SIGN_IN_CODE_H
#define WEB_PAGES_SIGN_IN_CODE_H

struct account;
struct fault;
struct reply;
struct request;

/*
 * Asks for the code of somebody whose password, of this hash, was right.  The
 * form carries who that is, sealed for 5 minutes; another password makes it
 * void.
 */
int code_ask(struct request *q, struct reply *r, const struct account *who,
	     const char *hash, struct fault *f);

#endif
