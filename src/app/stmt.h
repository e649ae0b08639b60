/*
 * stmt.h - the numbers of all statements of the program.  The text of each is
 * a line in src/sql (files ending in .def): STMT(NAME, takes, gives, text).
 */
#ifndef APP_STMT_H
#define APP_STMT_H

#include "app/outcome.h"
#include "store/db.h"

enum {
#define STMT(name, takes, gives, text) STMT_##name,
#include "sql/all.def"
#undef STMT
	STMT_COUNT
};

extern const struct stmt stmt_table[STMT_COUNT];

#endif
