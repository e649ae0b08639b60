/*
 * multipart.h - multipart/form-data (RFC 7578) as a stream: bytes come in
 * pieces of any size, parts go out.  Nothing grows with the body.
 *
 * Names are valid UTF-8 without control characters.  Those of files are what a
 * person knows them by, whatever the browser made of quotes and paths: without
 * a path, "_" for what is no character, and at most 255 characters.
 */
#ifndef WEB_SERVER_MULTIPART_H
#define WEB_SERVER_MULTIPART_H

#include <stddef.h>

struct fault;
struct multipart;

#define MULTIPART_HEADER_MAX 8192 /* bytes of one part's header */
#define MULTIPART_PARTS_MAX 128
#define MULTIPART_NAME_MAX 255 /* characters of a file's name */

/* Each returns 0 to go on, or -1 with *f set to stop. */
struct multipart_hooks {
	/* A part begins; 'file' is NULL when it is none, "" when the person
	 * chose none. */
	int (*part)(void *arg, const char *name, const char *file,
		    struct fault *f);
	int (*data)(void *arg, const char *p, size_t len, struct fault *f);
	int (*end)(void *arg, struct fault *f); /* of that part */
	void *arg;
};

/* 'type' is the Content-Type.  NULL: it is another one, or lacks a boundary. */
struct multipart *multipart_open(const char *type,
				 const struct multipart_hooks *h);
void multipart_close(struct multipart *m);

/*
 * FAULT_INVALID: it is not what it says, or multipart_end() came before the
 * last boundary; else what a hook gave.  After a fault only close it.
 */
int multipart_feed(struct multipart *m, const char *p, size_t len,
		   struct fault *f);
int multipart_end(struct multipart *m, struct fault *f);

#endif
