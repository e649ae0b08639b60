/*
 * script.h - reads the files of migrations: their order and statements.
 */
#ifndef STORE_SCRIPT_H
#define STORE_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct fault;

struct script {
	const char *name;
	const char **statements;
	int count;
};

/*
 * Reads all NNN-name.sql of 'dir' in order.  FAULT_INVALID: no such directory,
 * no such file in it, two with the same number, a file without statements or
 * one whose last statement has no end.
 */
int scripts_read(const char *dir, struct arena *a, struct script **out,
		 size_t *count, struct fault *f);

/* Digest of the first 'n' statements. */
#define SCRIPT_DIGEST 32
void script_digest(const struct script *s, int n,
		   uint8_t out[static SCRIPT_DIGEST]);

#endif
