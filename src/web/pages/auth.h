/*
 * auth.h - signing in and out; its routes are auth_routes.
 */
#ifndef WEB_PAGES_AUTH_H
#define WEB_PAGES_AUTH_H

/*
 * Makes the hash that the password of an unknown person is checked against.
 * Once in a process, before it forks.
 */
void auth_open(void);

#endif
