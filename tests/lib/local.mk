# what the tests of the rooms begin with: a migrated database
noinst_LIBRARIES += tests/lib/libworld.a
tests_lib_libworld_a_SOURCES = tests/lib/sql_dir.c
tests_lib_libworld_a_CPPFLAGS = $(AM_CPPFLAGS) \
	-DSQL_DIR='"$(abs_top_srcdir)/sql"'
WORLD_LIBS = tests/lib/libworld.a $(ROOM_LIBS)
# adds contacts and excludes numbers, for tests of programs
check_PROGRAMS += tests/lib/steer
tests_lib_steer_LDADD = $(ROOM_LIBS)
