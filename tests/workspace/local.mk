# people, sign-in, bots, carriers, numbers and holidays, on a real MariaDB
WORKSPACE_TESTS = \
	tests/workspace/test_account \
	tests/workspace/test_catalog \
	tests/workspace/test_holiday \
	tests/workspace/test_number \
	tests/workspace/test_workspace
check_PROGRAMS += $(WORKSPACE_TESTS)
tests_workspace_test_account_LDADD = $(WORLD_LIBS)
tests_workspace_test_catalog_LDADD = $(WORLD_LIBS)
tests_workspace_test_holiday_LDADD = $(WORLD_LIBS)
tests_workspace_test_workspace_LDADD = $(WORLD_LIBS)
tests_workspace_test_number_LDADD = $(WORLD_LIBS)
