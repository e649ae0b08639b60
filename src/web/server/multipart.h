/*
 * multipart.h - a streaming parser of multipart/form-data (RFC 7578): it takes
 * bytes in pieces of any size and passes on parts.  Its memory is constant.
 *
 * Names are valid UTF-8 without control characters.  A file's name is unquoted
 * and stripped of its path, has "_" for each control character and each byte
 * that is not UTF-8, and is at most 255 characters long.
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
	/* A part begins; 'file' is NULL when it is a text, "" when the person
	 * chose no file. */
	int (*part)(void *arg, const char *name, const char *file,
		    struct fault *f);
	int (*data)(void *arg, const char *p, size_t len, struct fault *f);
	int (*end)(void *arg, struct fault *f); /* of that part */
	void *arg;
};

/* 'type' is the Content-Type.  Returns NULL if that is not
 * multipart/form-data with a valid boundary. */
struct multipart *multipart_open(const char *type,
				 const struct multipart_hooks *h);
void multipart_close(struct multipart *m);

/*
 * FAULT_INVALID: the body is malformed, or multipart_end() is called before the
 * last boundary; else the fault of a hook.  After a fault only
 * multipart_close() may be called.
 */
int multipart_feed(struct multipart *m, const char *p, size_t len,
		   struct fault *f);
int multipart_end(struct multipart *m, struct fault *f);

#endif
