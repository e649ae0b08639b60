# campaigns, on a real MariaDB
CAMPAIGN_TESTS = \
	tests/campaign/test_campaign \
	tests/campaign/test_clone \
	tests/campaign/test_lifecycle \
	tests/campaign/test_second_person \
	tests/campaign/test_upload_sent \
	tests/campaign/test_upload_take \
	tests/campaign/test_wizard
check_PROGRAMS += $(CAMPAIGN_TESTS)
tests_campaign_test_campaign_LDADD = $(WORLD_LIBS)
tests_campaign_test_clone_LDADD = $(WORLD_LIBS)
tests_campaign_test_lifecycle_LDADD = $(WORLD_LIBS)
tests_campaign_test_second_person_LDADD = $(WORLD_LIBS)
tests_campaign_test_upload_sent_LDADD = $(WORLD_LIBS)
tests_campaign_test_upload_take_LDADD = $(WORLD_LIBS)
tests_campaign_test_wizard_LDADD = $(WORLD_LIBS)
