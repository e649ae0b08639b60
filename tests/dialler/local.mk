# parts of the dialler on a real MariaDB
DIALLER_STORE = \
	tests/dialler/test_record \
	tests/dialler/test_shares
check_PROGRAMS += $(DIALLER_STORE)
tests_dialler_test_record_SOURCES = tests/dialler/test_record.c $(LEDGER_H)
nodist_EXTRA_tests_dialler_test_record_SOURCES = as_cxx.cc
tests_dialler_test_record_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_dialler_test_record_LDADD = $(DIALLER_LIBS)
tests_dialler_test_shares_SOURCES = tests/dialler/test_shares.c $(LEDGER_H)
nodist_EXTRA_tests_dialler_test_shares_SOURCES = as_cxx.cc
tests_dialler_test_shares_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_dialler_test_shares_LDADD = $(DIALLER_LIBS)
