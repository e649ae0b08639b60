/*
 * import_rows.h - turns the rows of a CSV file into contacts, without a
 * database: finds the phone column, checks each row, and writes the variables
 * as JSON.  For import.c and dnc_import.c, and for contacts that come
 * otherwise.
 */
#ifndef CONTACTS_IMPORT_ROWS_H
#define CONTACTS_IMPORT_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "contacts/rejects.h"
#include "phone/phone.h"

struct arena;
struct csv_row;
struct fault;

/* Most bytes of a contact's variables as JSON: every carrier accepts these. */
#define CONTACT_VARS_MAX 8192

#define IMPORT_PHONE "phone_number" /* the column that a file must have */

/* For csv_open(). */
extern const char *const import_wanted[];

/* What an export of contacts says of each beside what an upload takes: columns
 * of these names are dropped when the file comes back (doc/product.md 5.13). */
enum result_column {
	RESULT_EXTERNAL_ID,
	RESULT_STATE,
	RESULT_ATTEMPTS,
	RESULT_OUTCOME,
	RESULT_DISPOSITION,
	RESULT_LAST_CALL,
	RESULT_COLUMNS
};
extern const char *const import_result_columns[]; /* NULL after the last */

/* The columns of a file, from its header. */
struct import_columns {
	size_t count, phone;
	const char **keys; /* "\"First name\":"; NULL: no variable */
	struct rejects_columns ours;
};

/* FAULT_INVALID: what is wrong with the header. */
int import_columns_read(struct import_columns *c, const struct csv_row *header,
			struct arena *a, struct fault *f);

/* The contact of a row; its buffers are reused for the next row. */
struct contact {
	struct phone phone;
	struct buf vars;    /* as JSON; "": none */
	struct buf written; /* "": just the digits, or "+" and the digits */
	struct buf why;	    /* why it is rejected or unknown; "": good */
};
#define CONTACT_INIT                                                   \
	{                                                              \
		.vars = BUF_INIT, .written = BUF_INIT, .why = BUF_INIT \
	}

/* 0, or -1 with the reason in out->why. */
int import_row_read(const struct import_columns *c, const struct csv_row *row,
		    struct phone_reader *reader, struct contact *out);

/* The same, of the phone number alone. */
int import_phone_read(const struct import_columns *c, const struct csv_row *row,
		      struct phone_reader *reader, struct contact *out);

/* The same for a phone number that stands alone, as a person writes it:
 * replaces out->phone, out->written and out->why.  'text' is terminated. */
int contact_read_phone(struct phone_reader *reader, const char *text,
		       size_t len, struct contact *out);

/* -1 with the reason in out->why when the variables are more than a call
 * carries. */
int contact_check_vars(struct contact *out);

void contact_free(struct contact *c);

#endif
