/*
 * fcgi_write.h - an answer, straight to the connection.
 *
 * libfcgi copies what is written into records of 8 KB and makes a system call
 * for each, and one for the end.  Here the pieces go out from where they lie,
 * in records as large as FastCGI has them, mostly in one call.
 */
#ifndef WEB_SERVER_FCGI_WRITE_H
#define WEB_SERVER_FCGI_WRITE_H

#include <stdbool.h>
#include <stddef.h>

struct bytes;

/* Some of the standard output of request 'id', its end, or both at once; false
 * when the peer has gone or does not read. */
bool fcgi_write_part(int fd, int id, const struct bytes *piece, size_t count);
bool fcgi_write_end(int fd, int id);
bool fcgi_write_reply(int fd, int id, const struct bytes *piece, size_t count);

#endif
