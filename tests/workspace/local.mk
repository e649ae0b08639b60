# people, sign-in, holidays and do-not-call lists, on a real MariaDB
WORKSPACE_TESTS = \
	tests/workspace/test_account \
	tests/workspace/test_dnc \
	tests/workspace/test_holiday
check_PROGRAMS += $(WORKSPACE_TESTS)
tests_workspace_test_account_LDADD = $(WORLD_LIBS)
tests_workspace_test_dnc_LDADD = $(WORLD_LIBS)
tests_workspace_test_holiday_LDADD = $(WORLD_LIBS)
