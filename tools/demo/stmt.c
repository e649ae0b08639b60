#include "tools/demo/stmt.h"

const struct stmt demo_stmts[DEMO_STMT_COUNT] = {
#define STMT(name, takes, gives, text) { #name, takes, gives, text },
#include "sql/all.def"

#include "tools/demo/demo.def"
#undef STMT
};
