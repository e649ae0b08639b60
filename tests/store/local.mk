# store and room tests on a real MariaDB and Redis
store_tests = tests/store/test_bulk tests/store/test_connect \
	tests/store/test_crash tests/store/test_db tests/store/test_lock \
	tests/store/test_migrate tests/store/test_redis \
	tests/store/test_stream tests/store/test_tx \
	tests/store/test_unknown
check_PROGRAMS += $(store_tests)

store_bed = tests/store/bed.h tests/store/fine.h tests/tap.h
store_server = tests/store/fine.h tests/store/server.h tests/tap.h

tests_store_test_bulk_SOURCES = tests/store/test_bulk.c $(store_bed)
tests_store_test_bulk_LDADD = $(STORE_LIBS)
tests_store_test_connect_SOURCES = tests/store/test_connect.c $(store_bed)
tests_store_test_connect_LDADD = $(STORE_LIBS)
tests_store_test_crash_SOURCES = tests/store/test_crash.c $(store_server)
tests_store_test_crash_LDADD = $(STORE_LIBS)
tests_store_test_db_SOURCES = tests/store/test_db.c $(store_bed)
tests_store_test_db_LDADD = $(STORE_LIBS)
tests_store_test_lock_SOURCES = tests/store/test_lock.c $(store_bed)
tests_store_test_lock_LDADD = $(STORE_LIBS)
tests_store_test_redis_SOURCES = tests/store/test_redis.c $(store_server)
tests_store_test_redis_LDADD = $(STORE_LIBS)
tests_store_test_stream_SOURCES = tests/store/test_stream.c $(store_server)
tests_store_test_stream_LDADD = $(STORE_LIBS)
tests_store_test_tx_SOURCES = tests/store/test_tx.c tests/store/tx_bed.h \
	$(store_bed)
tests_store_test_tx_LDADD = $(STORE_LIBS)
tests_store_test_unknown_SOURCES = tests/store/test_unknown.c \
	tests/store/tx_bed.h $(store_bed)
tests_store_test_unknown_LDADD = $(STORE_LIBS)
tests_store_test_migrate_SOURCES = tests/store/test_migrate.c $(store_bed)
tests_store_test_migrate_LDADD = $(STORE_LIBS)
