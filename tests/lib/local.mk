# what the tests of the rooms begin with: a migrated database
noinst_LIBRARIES += tests/lib/libworld.a
tests_lib_libworld_a_SOURCES = tests/lib/sql_dir.c
tests_lib_libworld_a_CPPFLAGS = $(AM_CPPFLAGS) \
	-DSQL_DIR='"$(abs_top_srcdir)/sql"'
WORLD_LIBS = tests/lib/libworld.a $(ROOM_LIBS)
