# what is read of runs, on a real MariaDB
REPORT_TESTS = \
	tests/report/test_not_called \
	tests/report/test_report
check_PROGRAMS += $(REPORT_TESTS)
tests_report_test_not_called_LDADD = $(WORLD_LIBS)
tests_report_test_report_LDADD = $(WORLD_LIBS)
