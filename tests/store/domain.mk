# domain on a real MariaDB
DOMAIN_STORE = \
	tests/store/test_lifecycle
check_PROGRAMS += $(DOMAIN_STORE)
WORLD_CPPFLAGS = $(AM_CPPFLAGS) -DSQL_DIR=\"$(abs_top_srcdir)/sql\"
WORLD_H = tests/store/bed.h tests/store/world.h tests/tap.h
tests_store_test_lifecycle_SOURCES = tests/store/test_lifecycle.c $(WORLD_H)
tests_store_test_lifecycle_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_lifecycle_LDADD = $(DOMAIN_LIBS)
