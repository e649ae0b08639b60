/*
 * grants.h - the database privileges of the running programs' account, and no
 * more: it cannot change what is written only once (the audit log, attempts),
 * nor the schema, which belongs to the account that migrates.
 */
#ifndef APP_GRANTS_H
#define APP_GRANTS_H

struct buf;
struct db;
struct fault;

/*
 * Writes GRANT statements, one per line, for every table of this database; an
 * account with the right to grant runs them.  account: "outdial" (at localhost)
 * or "outdial@10.0.0.%"; FAULT_INVALID when it is not an account name.
 */
int grants_write(struct db *db, const char *account, struct buf *out,
		 struct fault *f);

#endif
