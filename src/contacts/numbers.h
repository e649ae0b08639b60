/*
 * numbers.h - reads phone numbers that do not come in a file, as those of a
 * file of the same workspace would be read (contact_read_phone()).
 */
#ifndef CONTACTS_NUMBERS_H
#define CONTACTS_NUMBERS_H

#include <stdint.h>

struct db;
struct fault;
struct phone_reader;

/* With the workspace's default country; phone_close() frees it. */
int numbers_open(struct db *db, int64_t workspace_id, struct phone_reader **out,
		 struct fault *f);

/* Reads one number: its digits.  FAULT_INVALID, of that field, says why it is
 * none. */
int number_read(struct db *db, int64_t workspace_id, const char *text,
		const char *field, char digits[static 16],
		struct fault *f);

#endif
