/*
 * grants.h - what the account of the running programs may do in the database,
 * and no more: what is written once (the audit log, attempts) it cannot
 * change, and the schema belongs to the account that migrates.
 */
#ifndef APP_GRANTS_H
#define APP_GRANTS_H

struct buf;
struct db;
struct fault;

/*
 * Statements for whoever may grant, one a line, for every table of this
 * database.  account: "outdial" (at localhost) or "outdial@10.0.0.%";
 * FAULT_INVALID when it cannot be one.
 */
int grants_write(struct db *db, const char *account, struct buf *out,
		 struct fault *f);

#endif
