/* Where the migrations are; compiled in, so that a test runs from anywhere. */
#include "tests/lib/sql_dir.h"

const char sql_dir[] = SQL_DIR;
