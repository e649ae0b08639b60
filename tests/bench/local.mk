# peers of the benches
check_PROGRAMS += tests/bench/raw_calls
tests_bench_raw_calls_SOURCES = tests/bench/raw_calls.c
tests_bench_raw_calls_CPPFLAGS = $(AM_CPPFLAGS) $(MARIADB_CFLAGS)
tests_bench_raw_calls_LDADD = $(MARIADB_LIBS) -lpthread
