# parts of the dialler on a real MariaDB
DIALLER_STORE = \
	tests/dialler/test_record \
	tests/dialler/test_shares
check_PROGRAMS += $(DIALLER_STORE)
tests_dialler_test_record_LDADD = tests/lib/libworld.a $(DIALLER_LIBS)
tests_dialler_test_shares_LDADD = tests/lib/libworld.a $(DIALLER_LIBS)
