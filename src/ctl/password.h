/*
 * password.h - reads a password that somebody types or a program sends.
 */
#ifndef CTL_PASSWORD_H
#define CTL_PASSWORD_H

struct arena;
struct fault;

/*
 * On a terminal it asks twice without echo, else it takes the first line of
 * standard input.  *out is in 'a'.  FAULT_INVALID: there was none, or the two
 * differ; FAULT_BROKEN: the terminal cannot be read.
 */
int password_read(const char **out, struct arena *a, struct fault *f);

#endif
