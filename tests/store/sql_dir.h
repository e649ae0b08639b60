/*
 * sql_dir.h - the migrations in the source tree.
 */
#ifndef TESTS_STORE_SQL_DIR_H
#define TESTS_STORE_SQL_DIR_H

extern const char sql_dir[];

#endif
