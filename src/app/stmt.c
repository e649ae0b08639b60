#include "app/stmt.h"

const struct stmt stmt_table[STMT_COUNT] = {
#define STMT(name, takes, gives, text) { #name, takes, gives, text },
#include "sql/all.def"
#undef STMT
};
