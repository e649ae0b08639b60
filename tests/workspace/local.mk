# people, sign-in and holidays, on a real MariaDB
WORKSPACE_TESTS = \
	tests/workspace/test_account \
	tests/workspace/test_api_key \
	tests/workspace/test_holiday
check_PROGRAMS += $(WORKSPACE_TESTS)
tests_workspace_test_account_LDADD = $(WORLD_LIBS)
tests_workspace_test_api_key_LDADD = $(WORLD_LIBS)
tests_workspace_test_holiday_LDADD = $(WORLD_LIBS)
