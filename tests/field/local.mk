# field tests that need no server
FIELD_TESTS = tests/field/test_round
check_PROGRAMS += $(FIELD_TESTS)
nodist_EXTRA_tests_field_test_round_SOURCES = as_cxx.cc
tests_field_test_round_LDADD = $(ROOMS) $(BASE_LIBS) $(PHONENUMBER_LIBS)
