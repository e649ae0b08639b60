/*
 * table.h - what a list command prints: columns with a head, or with --json an
 * array of objects.
 */
#ifndef CTL_TABLE_H
#define CTL_TABLE_H

#include "ctl/ctl.h"

struct ctl_column {
	const char *key; /* its head, in capitals */
	bool number;
};

struct ctl_table {
	const struct ctl_column *columns;
	size_t count, rows;
	const char **cells; /* row after row; NULL prints as "" */
};

/* Returns CTL_DONE. */
int ctl_table_print(const struct ctl *c, const struct ctl_table *t);

#endif
