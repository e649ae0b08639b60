# the pure half of the ledger and of the dialler
DIALLER_UNIT = \
	tests/unit/test_cps \
	tests/unit/test_job \
	tests/unit/test_number_pool \
	tests/unit/test_pacing \
	tests/unit/test_share
check_PROGRAMS += $(DIALLER_UNIT)
tests_unit_test_cps_LDADD = libdialler.a $(BASE_LIBS)
tests_unit_test_job_LDADD = libdomain.a $(BASE_LIBS)
tests_unit_test_number_pool_LDADD = libdomain.a $(BASE_LIBS)
tests_unit_test_pacing_LDADD = libdomain.a $(BASE_LIBS)
tests_unit_test_share_LDADD = libdomain.a $(BASE_LIBS)
