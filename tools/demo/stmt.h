/*
 * stmt.h - the numbers of the statements of outdial-demo: those of the product
 * (app/stmt.h), and after them its own (demo.def).
 */
#ifndef TOOLS_DEMO_STMT_H
#define TOOLS_DEMO_STMT_H

#include "app/stmt.h"

enum {
	DEMO_STMT_BEFORE = STMT_COUNT - 1,
#define STMT(name, takes, gives, text) STMT_##name,
#include "tools/demo/demo.def"
#undef STMT
	DEMO_STMT_COUNT
};

extern const struct stmt demo_stmts[DEMO_STMT_COUNT];

#endif
