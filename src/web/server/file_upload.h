/*
 * file_upload.h - a form that brings a file: its texts go to q->form, its file
 * to the disk, as they come.
 *
 * The form is multipart/form-data; "csrf" stands before the file, which is the
 * part "file".  Nothing is stored before the token was right, and nothing
 * stays when it was not the whole file.
 */
#ifndef WEB_SERVER_FILE_UPLOAD_H
#define WEB_SERVER_FILE_UPLOAD_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct fault;
struct request;

#define RECEIVE_MAX INT64_C(1073741824) /* bytes of the file */
#define RECEIVE_TEXT_MAX 16384		/* bytes of all texts together */
#define RECEIVED_FILE 33		/* of a name in the directory */

struct received {
	const char *name;	  /* as the person knows it */
	char file[RECEIVED_FILE]; /* random: its name in the directory */
	int64_t size;		  /* bytes */
};

/*
 * May this request bring its file?  Asked before the body is there, too.
 * FAULT_INVALID with q->refused 429 when the workspace has too much waiting, or
 * 507 when the disk would be nearly full.
 */
int file_upload_may(struct request *q, struct fault *f);

/*
 * Once it has returned 0 the file is on the disk for certain.
 * FAULT_DENIED: the token.  FAULT_INVALID: field "file" (none chosen, empty,
 * two), or q->refused 400, 411, 413, 415, or 507 when the disk is full.
 */
int file_upload_file(struct request *q, const char *dir, struct received *out,
		     struct fault *f);

/*
 * The whole of a small file, which is removed, as text of out->size bytes.
 * FAULT_INVALID: it is larger than 'max'.
 */
int receive_take(const char *dir, const struct received *r, size_t max,
		 const char **text, struct arena *a, struct fault *f);

/* Removes a file of the directory by its name there. */
void file_upload_drop(const char *dir, const char *file);

#endif
