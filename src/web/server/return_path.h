/*
 * return_path.h - where a client is led after an action: to a page of ours,
 * whatever a form or an address says.
 */
#ifndef WEB_SERVER_RETURN_PATH_H
#define WEB_SERVER_RETURN_PATH_H

struct request;

/* 'path' if it is one of our pages, else HOME_PATH. */
const char *return_path_check(const char *path);

/* The page to go back to, from the form's "back". */
const char *return_path_of(const struct request *q);

#endif
