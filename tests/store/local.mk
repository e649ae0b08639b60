# store and domain tests on a real MariaDB and Redis
store_tests = tests/store/test_crash tests/store/test_db tests/store/test_tx
check_PROGRAMS += $(store_tests)

tests_store_test_db_SOURCES = tests/store/test_db.c tests/store/bed.h \
	tests/tap.h
tests_store_test_db_LDADD = $(STORE_LIBS)
tests_store_test_tx_SOURCES = tests/store/test_tx.c tests/store/bed.h \
	tests/tap.h
tests_store_test_tx_LDADD = $(STORE_LIBS)
tests_store_test_crash_SOURCES = tests/store/test_crash.c \
	tests/store/server.h tests/tap.h
tests_store_test_crash_LDADD = $(STORE_LIBS)
