/*
 * upload_priv.h - shared by upload*.c; inside contacts only.
 */
#ifndef CONTACTS_UPLOAD_PRIV_H
#define CONTACTS_UPLOAD_PRIV_H

#include "base/buf.h"
#include "contacts/upload.h"
#include "store/tx.h"

struct arena;

#define UPLOAD_STOOD_STILL \
	"The import stood still for more than a minute and was given up."

/* In the order of COUNTS in sql/upload.def. */
#define UPLOAD_COUNTS(c)                                             \
	ARG_INT((c)->bytes), ARG_INT((c)->rows), ARG_INT((c)->good), \
		ARG_INT((c)->rejected), ARG_INT((c)->duplicate),     \
		ARG_INT((c)->unknown)

/*
 * The rows of a file that are kept: the first ones for the preview, and the
 * rejected ones until they are stored.
 */
struct upload_rows {
	struct buf preview; /* JSON that lacks "]}"; "" before the header */
	unsigned shown;	    /* rows in it */
	struct buf header;  /* for the first rejected row; then "" */
	struct buf rejects; /* rejected rows not stored yet */
	size_t columns;
	int64_t bytes; /* of all rejected rows */
	bool full;     /* no more rejected rows are kept */
};

/* The import hook 'row'. */
void upload_row(struct upload_rows *u, const struct csv_row *row,
		enum import_fate fate, const char *why);

/* The JSON so far, or NULL. */
const char *upload_preview(const struct upload_rows *u, struct arena *a);

/* True when the preview will not change any more. */
bool upload_is_shown(const struct upload_rows *u);

void upload_rows_free(struct upload_rows *u);

/* One reading of a file. */
struct reading {
	struct db *db;
	struct upload_job job;
	const struct import_hooks *given; /* read, and row or NULL */
	struct upload_rows rows;
	int64_t taken_at; /* bytes at the last 'take' */
	int64_t read;	  /* bytes so far */
	/* For the next note. */
	struct import_counts counts; /* at the end: of all that is stored */
	const char *preview;	     /* NULL: it is stored already */
	struct buf rejects;
	struct arena *arena; /* of the preview */
	bool whole;	     /* the preview will not change any more */
	int64_t pieces;	     /* of rejected rows, already stored */
	bool lost;	     /* another reader has it, or it ended */
};

void reading_open(struct reading *r, struct db *db,
		  const struct import_hooks *given);

/* Inside a transaction: makes the list and records it as an upload of its own that
 * is being read, for a campaign (0: for none yet), under r->job's token. */
int reading_begin(struct db *db, struct reading *r, const struct actor *who,
		  int64_t campaign_id, const char *name, struct fault *f);

/* Inside a transaction that adds contacts to the list: records what is in
 * r->counts.  FAULT_CONFLICT: somebody else has the upload, or it was given
 * up. */
int reading_note(struct db *db, struct reading *r, struct fault *f);

/* Fills the list and records the progress; all but the last step. */
int reading_fill(struct reading *r, struct fault *f);

/* Inside a transaction: write the last note and set the upload to done; or to
 * failed with this sentence, and condemn the list. */
int reading_done(struct db *db, struct reading *r, struct fault *f);
int reading_fail(struct db *db, struct reading *r, const char *problem,
		 struct fault *f);

void reading_close(struct reading *r);

/* Inside a transaction: creates the job's empty list, used by no other job, and
 * reads the country. */
int upload_create_list(struct db *db, struct upload_job *job, struct fault *f);

/* Deletes rejected rows of an earlier try or an old upload, to which no reader
 * can add. */
int upload_drop_rejects(struct db *db, int64_t id, bool *left, struct fault *f);

#endif
