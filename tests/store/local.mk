# store and domain tests on a real MariaDB and Redis
store_tests = tests/store/test_db
check_PROGRAMS += $(store_tests)

tests_store_test_db_SOURCES = tests/store/test_db.c tests/store/bed.h \
	tests/tap.h
tests_store_test_db_LDADD = $(STORE_LIBS)
