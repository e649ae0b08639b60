/*
 * record.h - an answer, straight to the connection.
 *
 * libfcgi copies what is written into records of 8 KB and makes a system call
 * for each, and one for the end.  Here the pieces go out from where they lie,
 * in records as large as FastCGI has them, mostly in one call.
 */
#ifndef WEB_RECORD_H
#define WEB_RECORD_H

#include <stdbool.h>
#include <stddef.h>

struct bytes;

/* Some of the standard output of request 'id', its end, or both at once; false
 * when the peer has gone or does not read. */
bool record_part(int fd, int id, const struct bytes *piece, size_t count);
bool record_end(int fd, int id);
bool record_write(int fd, int id, const struct bytes *piece, size_t count);

#endif
