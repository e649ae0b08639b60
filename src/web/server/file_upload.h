/*
 * file_upload.h - a form with a file: its texts go to q->form and its file to
 * the disk as they arrive; or a body that is a file.
 *
 * The form is multipart/form-data; "csrf" comes before the file, which is the
 * part "file".  Nothing is stored before the token is checked, and an
 * incomplete file is removed.
 */
#ifndef WEB_SERVER_FILE_UPLOAD_H
#define WEB_SERVER_FILE_UPLOAD_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct fault;
struct request;

#define FILE_UPLOAD_MAX INT64_C(1073741824) /* bytes of the file */
#define FILE_UPLOAD_TEXT_MAX 16384	    /* bytes of all texts together */
#define RECEIVED_FILE 33		    /* of a name in the directory */

struct uploaded_file {
	const char *name;	  /* to show; see multipart.h */
	char file[RECEIVED_FILE]; /* random: its name in the directory */
	int64_t size;		  /* bytes */
};

/*
 * Checks that there is room for the file, also before the body has arrived.
 * FAULT_INVALID with q->refused 429 when too many bytes of the workspace's
 * files wait to be read, or 507 when the disk would be nearly full.
 */
int file_upload_may(struct request *q, struct fault *f);

/*
 * Receives the form; when it returns 0 the file is synced to the disk.
 * FAULT_DENIED: the token is wrong.  FAULT_INVALID: field "file" (none chosen,
 * empty, two), or q->refused 400, 411, 413, 415, or 507 when the disk is full.
 */
int file_upload_file(struct request *q, const char *dir,
		     struct uploaded_file *out, struct fault *f);

/*
 * Receives a file that is the whole body, of that type ("text/csv"): as
 * file_upload_file(), without a token, and without a name to show.
 */
int file_upload_body(struct request *q, const char *dir, const char *type,
		     struct uploaded_file *out, struct fault *f);

/*
 * Reads a small file as NUL-terminated text of r->size bytes, and removes it.
 * FAULT_INVALID: it is larger than 'max'.
 */
int file_upload_take(const char *dir, const struct uploaded_file *r, size_t max,
		     const char **text, struct arena *a, struct fault *f);

/* Removes a file of the directory by its name there. */
void file_upload_drop(const char *dir, const char *file);

/*
 * Cancels an upload for q->actor as upload_cancel() does.  Its file is removed
 * at once if it is on this node, else there, within a minute.
 */
int file_upload_cancel(struct request *q, int64_t id, struct fault *f);

#endif
