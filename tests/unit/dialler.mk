# the pure half of the ledger and of the dialler
DIALLER_UNIT = \
	tests/unit/test_call_control \
	tests/unit/test_trunk_guard \
	tests/unit/test_calls \
	tests/unit/test_cps \
	tests/unit/test_job \
	tests/unit/test_number_pool \
	tests/unit/test_pacing \
	tests/unit/test_pacing_day \
	tests/unit/test_pacing_memory \
	tests/unit/test_queue \
	tests/unit/test_seal \
	tests/unit/test_share
check_PROGRAMS += $(DIALLER_UNIT)
tests_unit_test_call_control_LDADD = $(DIALLER_LIBS)
tests_unit_test_trunk_guard_LDADD = $(DIALLER_LIBS)
tests_unit_test_cps_LDADD = libdialler.a $(BASE_LIBS)
tests_unit_test_job_LDADD = $(ROOMS) $(BASE_LIBS)
tests_unit_test_number_pool_LDADD = $(ROOMS) $(BASE_LIBS)
tests_unit_test_pacing_LDADD = $(ROOMS) $(BASE_LIBS) -lm
tests_unit_test_pacing_day_SOURCES = tests/unit/test_pacing_day.c $(PACING_SIM)
tests_unit_test_pacing_day_LDADD = $(ROOMS) $(BASE_LIBS) -lm
tests_unit_test_pacing_memory_LDADD = $(ROOMS) $(BASE_LIBS) -lm
tests_unit_test_seal_LDADD = $(BASE_LIBS)
tests_unit_test_share_LDADD = $(ROOMS) $(BASE_LIBS)
tests_unit_test_calls_LDADD = libdialler.a $(ROOMS) $(BASE_LIBS)
tests_unit_test_queue_LDADD = libdialler.a $(BASE_LIBS) -lpthread
