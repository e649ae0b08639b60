/*
 * temp.h - names of temporary files and directories, in TMPDIR or /tmp, for
 * mkstemp() and mkdtemp(): "/tmp/outdial-zones-XXXXXX".
 */
#ifndef TESTS_TEMP_H
#define TESTS_TEMP_H

#include <stdio.h>
#include <stdlib.h>

/* Leaves room for a file of a short name, also in the path of a socket. */
#define TEMP_MAX 72

/* Ends the program when the name of TMPDIR is too long for that. */
static inline char *
temp_template(char out[static TEMP_MAX], const char *name)
{
	const char *dir = getenv("TMPDIR");
	int len = snprintf(out, TEMP_MAX, "%s/outdial-%s-XXXXXX",
			   dir && *dir ? dir : "/tmp", name);

	if (len < 0 || len >= TEMP_MAX) {
		printf("Bail out! The path of TMPDIR is too long.\n");
		exit(1);
	}
	return out;
}

#endif
