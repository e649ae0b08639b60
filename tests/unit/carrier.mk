# unit tests: pure parts of the carrier layer
check_PROGRAMS += tests/unit/test_idmap tests/unit/test_lines \
	tests/unit/test_outcome_map
tests_unit_test_idmap_LDADD = $(CARRIER_LIBS)
tests_unit_test_lines_LDADD = $(CARRIER_LIBS)
tests_unit_test_outcome_map_LDADD = $(CARRIER_LIBS)
