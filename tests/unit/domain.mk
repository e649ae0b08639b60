# the pure half of domain: no database
DOMAIN_UNIT = \
	tests/unit/test_call_id \
	tests/unit/test_campaign \
	tests/unit/test_config \
	tests/unit/test_lifecycle \
	tests/unit/test_outcome \
	tests/unit/test_window
DOMAIN_UNIT_LIBS = libdomain.a $(BASE_LIBS) $(CJSON_LIBS)
check_PROGRAMS += $(DOMAIN_UNIT)
tests_unit_test_call_id_LDADD = $(DOMAIN_UNIT_LIBS)
tests_unit_test_campaign_LDADD = $(DOMAIN_UNIT_LIBS)
tests_unit_test_config_LDADD = $(DOMAIN_UNIT_LIBS)
tests_unit_test_lifecycle_LDADD = $(DOMAIN_UNIT_LIBS)
tests_unit_test_outcome_LDADD = $(DOMAIN_UNIT_LIBS)
tests_unit_test_window_LDADD = $(DOMAIN_UNIT_LIBS)
