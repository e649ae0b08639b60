# field tests that need no server
FIELD_TESTS = tests/field/test_round
check_PROGRAMS += $(FIELD_TESTS)
tests_field_test_round_LDADD = $(ROOMS) $(BASE_LIBS) $(PHONENUMBER_LIBS)
