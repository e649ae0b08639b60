# people, sign-in, bots, carriers, numbers, holidays and do-not-call lists, on a
# real MariaDB
WORKSPACE_TESTS = \
	tests/workspace/test_account \
	tests/workspace/test_api_key \
	tests/workspace/test_audit \
	tests/workspace/test_catalog \
	tests/workspace/test_dnc \
	tests/workspace/test_holiday \
	tests/workspace/test_number \
	tests/workspace/test_own_account \
	tests/workspace/test_people \
	tests/workspace/test_second_factor \
	tests/workspace/test_workspace
check_PROGRAMS += $(WORKSPACE_TESTS)
tests_workspace_test_account_LDADD = $(WORLD_LIBS)
tests_workspace_test_catalog_LDADD = $(WORLD_LIBS)
tests_workspace_test_api_key_LDADD = $(WORLD_LIBS)
tests_workspace_test_audit_LDADD = $(WORLD_LIBS)
tests_workspace_test_dnc_LDADD = $(WORLD_LIBS)
tests_workspace_test_holiday_LDADD = $(WORLD_LIBS)
tests_workspace_test_workspace_LDADD = $(WORLD_LIBS)
tests_workspace_test_number_LDADD = $(WORLD_LIBS)
tests_workspace_test_own_account_LDADD = $(WORLD_LIBS)
tests_workspace_test_people_LDADD = $(WORLD_LIBS)
tests_workspace_test_second_factor_LDADD = $(WORLD_LIBS)
