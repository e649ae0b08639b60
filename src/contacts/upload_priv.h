/*
 * upload_priv.h - what the files of upload share; inside contacts only.
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
 * What is kept of the rows of a file: the first ones as they are, and those
 * that were rejected, until they are stored.
 */
struct upload_rows {
	struct buf preview; /* JSON that lacks "]}"; "" before the header */
	unsigned shown;	    /* rows in it */
	struct buf header;  /* of the rejected rows, until there is one */
	struct buf rejects; /* that wait to be stored */
	size_t columns;
	int64_t bytes; /* of rejected rows in all */
	bool full;     /* no more of them are kept */
};

/* An import hook. */
void upload_row(struct upload_rows *u, const struct csv_row *row,
		enum import_fate fate, const char *why);

/* The JSON so far, or NULL. */
const char *upload_preview(const struct upload_rows *u, struct arena *a);

/* It will not change any more. */
bool upload_is_shown(const struct upload_rows *u);

void upload_rows_free(struct upload_rows *u);

/* One reading of a file. */
struct reading {
	struct db *db;
	struct upload_job job;
	const struct import_hooks *given; /* read, and row or NULL */
	struct upload_rows rows;
	int64_t taken_at; /* bytes read then */
	int64_t read;	  /* bytes so far */
	/* What the next note says. */
	struct import_counts counts; /* at the end: all, if it was stored */
	const char *preview;	     /* NULL: it is stored already */
	struct buf rejects;
	struct arena *arena; /* of the preview */
	bool whole;	     /* the preview will not change any more */
	int64_t pieces;	     /* of rejected rows, stored */
	bool lost;	     /* the row is not ours any more */
};

void reading_open(struct reading *r, struct db *db,
		  const struct import_hooks *given);

/* All but the last step: fills the list, and notes how far it is. */
int reading_fill(struct reading *r, struct fault *f);

/* Inside a transaction: the last note, and that it is done; or that it failed,
 * with this sentence, and the list is condemned. */
int reading_done(struct db *db, struct reading *r, struct fault *f);
int reading_fail(struct db *db, struct reading *r, const char *problem,
		 struct fault *f);

void reading_close(struct reading *r);

/* Inside a transaction: the job's list, empty and nobody else's, and the
 * country. */
int upload_new_list(struct db *db, struct upload_job *job, struct fault *f);

#endif
