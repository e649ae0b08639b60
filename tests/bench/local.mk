# peers of the benches
check_PROGRAMS += tests/bench/raw_dial
tests_bench_raw_dial_SOURCES = tests/bench/raw_dial.c tests/bench/raw_dial.def
tests_bench_raw_dial_LDADD = $(ROOM_LIBS)
