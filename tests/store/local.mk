# MariaDB and Redis themselves
STORE_TESTS = \
	tests/store/test_bulk \
	tests/store/test_connect \
	tests/store/test_crash \
	tests/store/test_db \
	tests/store/test_lock \
	tests/store/test_migrate \
	tests/store/test_redis \
	tests/store/test_stream \
	tests/store/test_tx \
	tests/store/test_unknown
check_PROGRAMS += $(STORE_TESTS)
tests_store_test_bulk_LDADD = $(STORE_LIBS)
tests_store_test_connect_LDADD = $(STORE_LIBS)
tests_store_test_crash_LDADD = $(STORE_LIBS)
tests_store_test_db_LDADD = $(STORE_LIBS)
tests_store_test_lock_LDADD = $(STORE_LIBS)
tests_store_test_migrate_LDADD = $(STORE_LIBS)
tests_store_test_redis_LDADD = $(STORE_LIBS)
tests_store_test_stream_LDADD = $(STORE_LIBS)
tests_store_test_tx_LDADD = $(STORE_LIBS)
tests_store_test_unknown_LDADD = $(STORE_LIBS)
