# events and endpoints, on a real MariaDB
HOOK_TESTS = \
	tests/hook/test_endpoint \
	tests/hook/test_event
check_PROGRAMS += $(HOOK_TESTS)
tests_hook_test_endpoint_LDADD = $(WORLD_LIBS)
tests_hook_test_event_LDADD = $(WORLD_LIBS)
