/*
 * upload.h - turns an uploaded file into a contact list, all of it or nothing
 * (doc/product.md 4.5).
 *
 *   waiting    the file is in upload_dir of a node and waits to be read
 *   reading    that node fills a new list with its rows
 *   done       the list is complete; no campaign has it until campaign_create()
 *              or campaign_change() takes it
 *   failed     'problem' is a sentence that tells why
 *   cancelled  by a person, before a campaign took the list
 *
 * The reader of a file has a token, and updates its heartbeat with every chunk
 * it stores.  A reader whose token differs from that of the row can no longer
 * write anything; when a reader is dead, another one begins with a new list.
 * list_sweep() erases lists that no campaign can take any more.
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

/* 0: no such time, campaign or list; node "": `outdial` reads the file. */
struct upload {
	int64_t id, workspace_id, campaign_id, list_id;
	unsigned state;	     /* enum upload_state */
	const char *name;    /* of the file on the person's computer */
	const char *problem; /* why it failed, or "" */
	const char *preview; /* JSON {"header":[],"rows":[[]]}, or NULL */
	const char *node, *created_by;
	int64_t size;		     /* bytes */
	struct import_counts counts; /* so far */
	int64_t created_at, started_at, beat_at, ended_at;
	int64_t now; /* the database's clock */
	int64_t for_campaign; /* that takes the contacts by itself; 0: none, or
				 it has them */
};

/* True while it is waiting or being read; false for NULL. */
bool upload_is_at_work(const struct upload *u);

#define UPLOAD_NAME_MAX 255 /* characters */
#define UPLOAD_FILE_MAX 64  /* bytes, with its NUL */

/* The least role that may upload and cancel; it may also edit campaigns. */
#define UPLOAD_ROLE ROLE_SUPERVISOR

/* A file that has arrived. */
struct upload_file {
	const char *name; /* as people see it */
	const char *file; /* its name in upload_dir of 'node' */
	const char *node;
	int64_t size; /* bytes */
	int64_t for_campaign; /* campaign/campaign_import.h; 0: none */
};

/* Adds a waiting upload.  FAULT_DENIED: the role. */
int upload_add(struct db *db, const struct actor *who,
	       const struct upload_file *file, int64_t *id, struct fault *f);

/* FAULT_ABSENT also for an upload of another workspace. */
int upload_load(struct db *db, int64_t workspace_id, int64_t id,
		struct upload *out, struct arena *a, struct fault *f);

/* The first rows of the file; FAULT_ABSENT: they have not been read yet. */
struct upload_head {
	size_t columns, rows;
	const char **header;
	const char **cells; /* rows * columns */
};
int upload_head(const struct upload *u, struct upload_head *out,
		struct arena *a, struct fault *f);

/*
 * Cancels an upload that is waiting, being read, or done and not taken; its
 * reader stops at the next chunk.  FAULT_CONFLICT: it has ended; FAULT_ABSENT,
 * FAULT_DENIED.
 */
int upload_cancel(struct db *db, const struct actor *who, int64_t id,
		  struct fault *f);

/*
 * The name, in upload_dir of 'node', of the file of an ended upload, which is
 * no longer needed.  FAULT_ABSENT: the file is not on that node.
 */
int upload_ended_file(struct db *db, int64_t workspace_id, int64_t id,
		      const char *node, char file[static UPLOAD_FILE_MAX],
		      struct fault *f);

/* FAULT_CONFLICT while a file that a campaign will take waits or is read. */
int upload_check_none_comes(struct db *db, int64_t workspace_id,
			    int64_t campaign_id, struct fault *f);

/* The bytes of a workspace's files that are waiting or being read. */
int upload_pending_bytes(struct db *db, int64_t workspace_id, int64_t *bytes,
			 struct fault *f);

/*
 * Writes the rejected rows as a file of rejects.h, piece by piece.  'write'
 * returns -1 to stop, which is not a fault: the result is then 1.
 * FAULT_ABSENT: no such upload, or nothing was rejected.
 */
int upload_write_rejects(struct db *db, int64_t workspace_id, int64_t id,
			 int (*write)(void *arg, const char *p, size_t len),
			 void *arg, struct fault *f);

/* An upload to be read, for the node that has its file. */
struct upload_job {
	int64_t id, workspace_id, list_id;
	int64_t token;
	char country[3]; /* of its workspace */
	char file[UPLOAD_FILE_MAX];
};

/*
 * Claims the oldest upload that waits on this node or whose reader is dead;
 * after three tries it fails instead.  Returns 1: claimed, 0: there is none,
 * -1: a fault.
 */
int upload_claim(struct db *db, const char *node, struct upload_job *job,
		 struct fault *f);

/*
 * Reads the file to its end.  *became is UPLOAD_DONE, UPLOAD_FAILED, or
 * UPLOAD_CANCELLED when this reader has lost the upload.  -1: a fault of the
 * database, or one of 'read' other than FAULT_INVALID and FAULT_CONFLICT; the
 * state is then still "reading", and the caller calls upload_release().
 */
int upload_read(struct db *db, const struct upload_job *job,
		int64_t (*read)(void *arg, char *out, size_t size,
				struct fault *f),
		void *arg, unsigned *became, struct fault *f);

/* Gives up the claim: the upload waits again; 'counts': this was one of its
 * tries.  Does nothing when the upload no longer belongs to this job. */
int upload_release(struct db *db, const struct upload_job *job, bool counts,
		   struct fault *f);

/* The same for every upload that this node was reading: the caller knows that
 * their reader is dead. */
int upload_release_node(struct db *db, const char *node, struct fault *f);

/* The state of the upload of a file; FAULT_ABSENT: no row names the file. */
int upload_state_of_file(struct db *db, const char *file, unsigned *state,
			 struct fault *f);

/*
 * Ends uploads that will not be read any more (the command died, or a node has
 * been away for a day), and erases those that ended over 30 days ago, a little
 * at a time.  *left: there is more to erase, so call again.
 */
int upload_sweep(struct db *db, bool *left, struct fault *f);

#endif
