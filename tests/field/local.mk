# field tests that need no server
check_PROGRAMS += tests/field/test_round
tests_field_test_round_SOURCES = tests/field/test_round.c tests/tap.h
nodist_EXTRA_tests_field_test_round_SOURCES = as_cxx.cc
tests_field_test_round_LDADD = $(ROOMS) $(BASE_LIBS) $(PHONENUMBER_LIBS)
