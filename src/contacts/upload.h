/*
 * upload.h - a file becomes a contact list, the whole of it or nothing does
 * (doc/product.md 4.5).
 *
 *   waiting    it lies in upload_dir of a node and waits to be read
 *   reading    that node fills a new list with its rows
 *   done       the list is whole; it belongs to nobody until a campaign takes
 *              it, which campaign_create() and campaign_change() do
 *   failed     'problem' is the sentence that says why
 *   cancelled  by a person, before a campaign had it
 *
 * Whoever reads it has a token and tells that it lives at every chunk it
 * stores.  A reader that is dead, or whose token is not that of the row, can
 * write nothing any more; another one begins with a new list.  Lists that
 * nobody can take any more are erased by list_sweep().
 */
#ifndef CONTACTS_UPLOAD_H
#define CONTACTS_UPLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contacts/import.h"

struct actor;
struct arena;
struct db;
struct fault;

enum upload_state {
	UPLOAD_WAITING,
	UPLOAD_READING,
	UPLOAD_DONE,
	UPLOAD_FAILED,
	UPLOAD_CANCELLED,
	UPLOAD_STATE_MAX
};
extern const char *const upload_state_words[]; /* "waiting", ... */

/* 0: no such time, or nobody; node "": the command reads it. */
struct upload {
	int64_t id, workspace_id, campaign_id, list_id;
	unsigned state;	     /* enum upload_state */
	const char *name;    /* of the file, as the person knows it */
	const char *problem; /* why it failed, or "" */
	const char *preview; /* JSON {"header":[],"rows":[[]]}, or NULL */
	const char *node, *created_by;
	int64_t size;		     /* bytes */
	struct import_counts counts; /* so far */
	int64_t created_at, started_at, beat_at, ended_at;
	int64_t now; /* the database's clock */
};

/* Waiting or being read; NULL is neither. */
bool upload_is_at_work(const struct upload *u);

#define UPLOAD_NAME_MAX 255 /* characters */
#define UPLOAD_FILE_MAX 64  /* bytes, with its NUL */

/* Who may upload and cancel: who may edit campaigns. */
#define UPLOAD_ROLE ROLE_SUPERVISOR

/*
 * A file that lies in upload_dir of 'node' under the name 'file', and that
 * 'who' calls 'name'; it waits to be read.  FAULT_DENIED: the role.
 */
int upload_add(struct db *db, const struct actor *who, const char *name,
	       const char *file, const char *node, int64_t size, int64_t *id,
	       struct fault *f);

/* FAULT_ABSENT also for one of another workspace. */
int upload_load(struct db *db, int64_t workspace_id, int64_t id,
		struct upload *out, struct arena *a, struct fault *f);

/* The first rows of the file; FAULT_ABSENT: nobody has read them yet. */
struct upload_head {
	size_t columns, rows;
	const char **header;
	const char **cells; /* rows * columns */
};
int upload_head(const struct upload *u, struct upload_head *out,
		struct arena *a, struct fault *f);

/*
 * Waiting, being read, or done and taken by nobody; its reader stops at its
 * next chunk.  FAULT_CONFLICT: it has ended; FAULT_ABSENT, FAULT_DENIED.
 */
int upload_cancel(struct db *db, const struct actor *who, int64_t id,
		  struct fault *f);

/*
 * The name in upload_dir of 'node' that the file of an upload has which is
 * over: nobody needs it any more.  FAULT_ABSENT: it lies elsewhere.
 */
int upload_file_over(struct db *db, int64_t workspace_id, int64_t id,
		     const char *node, char file[static UPLOAD_FILE_MAX],
		     struct fault *f);

/* Bytes of the files of a workspace that wait or are being read. */
int upload_bytes(struct db *db, int64_t workspace_id, int64_t *bytes,
		 struct fault *f);

/*
 * The rejected rows as a file of rejects.h, piece by piece.  'write' returns -1
 * to stop, which is not a fault: the answer is then 1.  FAULT_ABSENT: no such
 * upload, or nothing was rejected.
 */
int upload_rejects(struct db *db, int64_t workspace_id, int64_t id,
		   int (*write)(void *arg, const char *p, size_t len),
		   void *arg, struct fault *f);

/* For the node that a file lies on: one to be read. */
struct upload_job {
	int64_t id, workspace_id, list_id;
	int64_t token;
	char country[3]; /* of its workspace */
	char file[UPLOAD_FILE_MAX];
};

/*
 * The oldest that waits on this node, or whose reader is dead; at its fourth
 * time it fails instead.  1: claimed, 0: there is none, -1: a fault.
 */
int upload_claim(struct db *db, const char *node, struct upload_job *job,
		 struct fault *f);

/*
 * Reads it to its end: *became is UPLOAD_DONE, UPLOAD_FAILED, or
 * UPLOAD_CANCELLED when it was taken away from this reader.  -1: the database,
 * or 'read' gave neither FAULT_INVALID nor FAULT_CONFLICT; then it is still
 * being read, and the caller gives it back.
 */
int upload_run(struct db *db, const struct upload_job *job,
	       int64_t (*read)(void *arg, char *out, size_t size,
			       struct fault *f),
	       void *arg, unsigned *became, struct fault *f);

/* Back to those that wait; 'counts': it was a try.  Nothing happens when it
 * is not this job's any more. */
int upload_return(struct db *db, const struct upload_job *job, bool counts,
		  struct fault *f);

/* Whatever this node was reading waits again: its reader is known to be
 * dead. */
int upload_reset(struct db *db, const char *node, struct fault *f);

/* Its state by the name of its file; FAULT_ABSENT: no row names it. */
int upload_of_file(struct db *db, const char *file, unsigned *state,
		   struct fault *f);

/*
 * Ends what nobody will read any more (the command died; a node has not been
 * there for a day), and erases what ended over 30 days ago, a little at a
 * time; *left: call again, there is more.
 */
int upload_sweep(struct db *db, bool *left, struct fault *f);

#endif
