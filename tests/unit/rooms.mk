# the pure half of the rooms: no database
ROOMS_UNIT = \
	tests/unit/test_address \
	tests/unit/test_call_id \
	tests/unit/test_campaign \
	tests/unit/test_campaign_key \
	tests/unit/test_codecs \
	tests/unit/test_config \
	tests/unit/test_estimate \
	tests/unit/test_index_file \
	tests/unit/test_lifecycle \
	tests/unit/test_outcome \
	tests/unit/test_stmt \
	tests/unit/test_window \
	tests/unit/test_window_clock \
	tests/unit/test_zones \
	tests/unit/test_phone \
	tests/unit/test_import_rows \
	tests/unit/test_fuzz_rows \
	tests/unit/test_fuzz_index \
	tests/unit/test_fuzz_job \
	tests/unit/test_fuzz_settings
ROOMS_UNIT_LIBS = $(ROOMS) $(BASE_LIBS) $(CJSON_LIBS)
check_PROGRAMS += $(ROOMS_UNIT)
tests_unit_test_address_LDADD = $(ROOMS_UNIT_LIBS)
tests_unit_test_call_id_LDADD = $(ROOMS_UNIT_LIBS)
tests_unit_test_campaign_LDADD = $(ROOMS_UNIT_LIBS)
tests_unit_test_campaign_key_LDADD = $(ROOMS_UNIT_LIBS)
tests_unit_test_codecs_LDADD = $(ROOMS_UNIT_LIBS)
tests_unit_test_config_LDADD = $(ROOMS_UNIT_LIBS)
tests_unit_test_estimate_LDADD = $(ROOMS_UNIT_LIBS)
tests_unit_test_index_file_LDADD = $(ROOMS_UNIT_LIBS)
tests_unit_test_lifecycle_LDADD = $(ROOMS_UNIT_LIBS)
tests_unit_test_outcome_LDADD = $(ROOMS_UNIT_LIBS)
tests_unit_test_stmt_LDADD = $(ROOMS_UNIT_LIBS)
tests_unit_test_window_LDADD = $(ROOMS_UNIT_LIBS)
tests_unit_test_window_clock_LDADD = $(ROOMS_UNIT_LIBS)
tests_unit_test_zones_LDADD = $(ROOMS_UNIT_LIBS)
tests_unit_test_phone_LDADD = $(ROOMS) $(BASE_LIBS) $(PHONENUMBER_LIBS)
tests_unit_test_import_rows_LDADD = $(ROOMS) $(BASE_LIBS) \
	$(PHONENUMBER_LIBS)

# what fuzzing found once, tried again
tests_unit_test_fuzz_rows_SOURCES = tests/fuzz/rows.c tests/fuzz/replay.c
tests_unit_test_fuzz_rows_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/rows"'
tests_unit_test_fuzz_rows_LDADD = $(ROOMS) $(BASE_LIBS) \
	$(PHONENUMBER_LIBS)
tests_unit_test_fuzz_index_SOURCES = tests/fuzz/index.c tests/fuzz/replay.c
tests_unit_test_fuzz_index_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/index"'
tests_unit_test_fuzz_index_LDADD = $(ROOM_LIBS)
tests_unit_test_fuzz_job_SOURCES = tests/fuzz/job.c tests/fuzz/replay.c
tests_unit_test_fuzz_job_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/job"'
tests_unit_test_fuzz_job_LDADD = $(ROOMS) $(BASE_LIBS)
tests_unit_test_fuzz_settings_SOURCES = tests/fuzz/settings.c tests/fuzz/replay.c
tests_unit_test_fuzz_settings_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/settings"'
tests_unit_test_fuzz_settings_LDADD = $(ROOM_LIBS)
