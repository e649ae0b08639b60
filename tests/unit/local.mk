# unit tests: pure code, one program a file
check_PROGRAMS += tests/unit/test_arena
tests_unit_test_arena_SOURCES = tests/unit/test_arena.c tests/tap.h
tests_unit_test_arena_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_buf
tests_unit_test_buf_SOURCES = tests/unit/test_buf.c tests/tap.h
tests_unit_test_buf_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_clock
tests_unit_test_clock_SOURCES = tests/unit/test_clock.c tests/tap.h
tests_unit_test_clock_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_conf
tests_unit_test_conf_SOURCES = tests/unit/test_conf.c tests/tap.h
tests_unit_test_conf_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_cpu_pressure
tests_unit_test_cpu_pressure_SOURCES = tests/unit/test_cpu_pressure.c tests/tap.h
tests_unit_test_cpu_pressure_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_csv
tests_unit_test_csv_SOURCES = tests/unit/test_csv.c tests/tap.h
tests_unit_test_csv_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_csv_write
tests_unit_test_csv_write_SOURCES = tests/unit/test_csv_write.c tests/tap.h
tests_unit_test_csv_write_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_fault
tests_unit_test_fault_SOURCES = tests/unit/test_fault.c tests/tap.h
tests_unit_test_fault_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_field
tests_unit_test_field_SOURCES = tests/unit/test_field.c tests/tap.h
tests_unit_test_field_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_json
tests_unit_test_json_SOURCES = tests/unit/test_json.c tests/tap.h
tests_unit_test_json_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_log
tests_unit_test_log_SOURCES = tests/unit/test_log.c tests/tap.h
tests_unit_test_log_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_secret
tests_unit_test_secret_SOURCES = tests/unit/test_secret.c tests/tap.h
tests_unit_test_secret_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_text
tests_unit_test_text_SOURCES = tests/unit/test_text.c tests/tap.h
tests_unit_test_text_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_zone
tests_unit_test_zone_SOURCES = tests/unit/test_zone.c tests/tap.h
tests_unit_test_zone_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_zone_reference
tests_unit_test_zone_reference_SOURCES = tests/unit/test_zone_reference.c \
	tests/unit/zone_reference.cc tests/unit/zone_reference.h tests/tap.h
tests_unit_test_zone_reference_LDADD = $(BASE_LIBS) $(CCTZ_LIBS)

# what fuzzing found once, tried again
check_PROGRAMS += tests/unit/test_fuzz_conf
tests_unit_test_fuzz_conf_SOURCES = tests/fuzz/conf.c tests/fuzz/replay.c \
	tests/fuzz/fuzz.h tests/tap.h
tests_unit_test_fuzz_conf_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/conf"'
tests_unit_test_fuzz_conf_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_fuzz_csv
tests_unit_test_fuzz_csv_SOURCES = tests/fuzz/csv.c tests/fuzz/replay.c \
	tests/fuzz/fuzz.h tests/tap.h
tests_unit_test_fuzz_csv_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/csv"'
tests_unit_test_fuzz_csv_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_fuzz_seal
tests_unit_test_fuzz_seal_SOURCES = tests/fuzz/seal.c tests/fuzz/replay.c \
	tests/fuzz/fuzz.h tests/tap.h
tests_unit_test_fuzz_seal_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/seal"'
tests_unit_test_fuzz_seal_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_fuzz_text
tests_unit_test_fuzz_text_SOURCES = tests/fuzz/text.c tests/fuzz/replay.c \
	tests/fuzz/fuzz.h tests/tap.h
tests_unit_test_fuzz_text_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/text"'
tests_unit_test_fuzz_text_LDADD = $(BASE_LIBS)
check_PROGRAMS += tests/unit/test_fuzz_tzif
tests_unit_test_fuzz_tzif_SOURCES = tests/fuzz/tzif.c tests/fuzz/replay.c \
	tests/fuzz/fuzz.h tests/tap.h
tests_unit_test_fuzz_tzif_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/tzif"'
tests_unit_test_fuzz_tzif_LDADD = $(BASE_LIBS)
