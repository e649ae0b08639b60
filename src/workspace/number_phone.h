/*
 * number_phone.h - reads a caller number as somebody types it, by the default
 * country of the workspace.
 */
#ifndef WORKSPACE_NUMBER_PHONE_H
#define WORKSPACE_NUMBER_PHONE_H

#include <stdint.h>

struct arena;
struct db;
struct fault;
struct phone_reader;

/* *out are the digits of E.164 without "+"; FAULT_INVALID of "phone". */
int number_phone_read(struct db *db, int64_t workspace_id, const char *text,
		      const char **out, struct arena *a, struct fault *f);

/* The reader of the workspace's country; the caller closes it. */
int number_phone_open(struct db *db, int64_t workspace_id,
		      struct phone_reader **out, struct arena *a,
		      struct fault *f);

#endif
