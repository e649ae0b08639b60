# peers of the benches
check_PROGRAMS += tests/bench/raw_dial
tests_bench_raw_dial_SOURCES = tests/bench/raw_dial.c tests/bench/raw_dial.def
tests_bench_raw_dial_LDADD = $(ROOM_LIBS)

# days that are simulated, for the bench “pacing” and a unit test
PACING_SIM = tests/bench/pacing/ours.c tests/bench/pacing/ours.h \
	tests/bench/pacing/peers.c tests/bench/pacing/peers.h \
	tests/bench/pacing/sim.c tests/bench/pacing/sim.h
check_PROGRAMS += tests/bench/pacing/pacing
tests_bench_pacing_pacing_SOURCES = $(PACING_SIM) \
	tests/bench/pacing/oracle.c tests/bench/pacing/oracle.h \
	tests/bench/pacing/pacing.c
tests_bench_pacing_pacing_LDADD = $(ROOMS) $(BASE_LIBS) -lm
