# unit tests: pure code, one program a file
BASE_UNIT = \
	tests/unit/test_arena \
	tests/unit/test_buf \
	tests/unit/test_cidr \
	tests/unit/test_clock \
	tests/unit/test_conf \
	tests/unit/test_cpu_pressure \
	tests/unit/test_csv \
	tests/unit/test_csv_write \
	tests/unit/test_fault \
	tests/unit/test_field \
	tests/unit/test_json \
	tests/unit/test_json_read \
	tests/unit/test_log \
	tests/unit/test_secret \
	tests/unit/test_text \
	tests/unit/test_totp \
	tests/unit/test_zone \
	tests/unit/test_zone_reference
check_PROGRAMS += $(BASE_UNIT)
tests_unit_test_zone_reference_SOURCES = tests/unit/test_zone_reference.c \
	tests/unit/zone_reference.cc
tests_unit_test_zone_reference_LDADD = $(BASE_LIBS) $(CCTZ_LIBS)

# what fuzzing found once, tried again
BASE_FUZZ = \
	tests/unit/test_fuzz_conf \
	tests/unit/test_fuzz_csv \
	tests/unit/test_fuzz_json \
	tests/unit/test_fuzz_seal \
	tests/unit/test_fuzz_text \
	tests/unit/test_fuzz_tzif
check_PROGRAMS += $(BASE_FUZZ)
tests_unit_test_fuzz_conf_SOURCES = tests/fuzz/conf.c tests/fuzz/replay.c
tests_unit_test_fuzz_conf_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/conf"'
tests_unit_test_fuzz_csv_SOURCES = tests/fuzz/csv.c tests/fuzz/replay.c
tests_unit_test_fuzz_csv_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/csv"'
tests_unit_test_fuzz_json_SOURCES = tests/fuzz/json.c tests/fuzz/replay.c
tests_unit_test_fuzz_json_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/json"'
tests_unit_test_fuzz_seal_SOURCES = tests/fuzz/seal.c tests/fuzz/replay.c
tests_unit_test_fuzz_seal_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/seal"'
tests_unit_test_fuzz_text_SOURCES = tests/fuzz/text.c tests/fuzz/replay.c
tests_unit_test_fuzz_text_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/text"'
tests_unit_test_fuzz_tzif_SOURCES = tests/fuzz/tzif.c tests/fuzz/replay.c
tests_unit_test_fuzz_tzif_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/tzif"'
