# unit tests: pure parts of the carrier layer
CARRIER_UNIT = \
	tests/unit/test_idmap \
	tests/unit/test_lines \
	tests/unit/test_outcome_map \
	tests/unit/test_ami \
	tests/unit/test_fuzz_ami \
	tests/unit/test_fuzz_ami_message \
	tests/unit/test_fuzz_sim
check_PROGRAMS += $(CARRIER_UNIT)
tests_unit_test_idmap_LDADD = $(CARRIER_LIBS)
tests_unit_test_lines_LDADD = $(CARRIER_LIBS)
tests_unit_test_outcome_map_LDADD = $(CARRIER_LIBS)
tests_unit_test_ami_LDADD = $(CARRIER_LIBS)
tests_unit_test_fuzz_ami_message_SOURCES = tests/fuzz/ami_message.c \
	tests/fuzz/replay.c
tests_unit_test_fuzz_ami_message_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/ami_message"'
tests_unit_test_fuzz_ami_message_LDADD = $(CARRIER_LIBS)
fuzz_client = tests/fuzz/client.c tests/fuzz/client.h tests/fuzz/replay.c
tests_unit_test_fuzz_ami_SOURCES = tests/fuzz/ami.c $(fuzz_client)
tests_unit_test_fuzz_ami_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/ami"'
tests_unit_test_fuzz_ami_LDADD = $(CARRIER_LIBS)
tests_unit_test_fuzz_sim_SOURCES = tests/fuzz/sim.c $(fuzz_client)
tests_unit_test_fuzz_sim_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/sim"'
tests_unit_test_fuzz_sim_LDADD = $(CARRIER_LIBS)
