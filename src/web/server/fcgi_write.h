/*
 * fcgi_write.h - writes an answer straight to the connection.
 *
 * libfcgi copies the output into records of 8 KB and makes a system call for
 * each, and one for the end.  Here the pieces are written without a copy, in
 * records of the largest size, mostly in one call.
 */
#ifndef WEB_SERVER_FCGI_WRITE_H
#define WEB_SERVER_FCGI_WRITE_H

#include <stdbool.h>
#include <stddef.h>

struct bytes;

/* Write some of the standard output of request 'id', its end, or both; false
 * when the peer has gone or does not read. */
bool fcgi_write_part(int fd, int id, const struct bytes *piece, size_t count);
bool fcgi_write_end(int fd, int id);
bool fcgi_write_reply(int fd, int id, const struct bytes *piece, size_t count);

#endif
