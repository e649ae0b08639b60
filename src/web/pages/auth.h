/*
 * auth.h - signing in and out; its routes are auth_routes.
 */
#ifndef WEB_PAGES_AUTH_H
#define WEB_PAGES_AUTH_H

/*
 * Makes the hash that a password is checked against when the e-mail address is
 * unknown.  Call it once, before the process forks.
 */
void auth_open(void);

#endif
