/*
 * sql_dir.h - the migrations in the source tree.
 */
#ifndef TESTS_LIB_SQL_DIR_H
#define TESTS_LIB_SQL_DIR_H

extern const char sql_dir[];

#endif
