# carrier tests: the contract of every kind, and the real outdial-sim
carrier_tests = \
	tests/carrier/test_ami_faults \
	tests/carrier/test_contract \
	tests/carrier/test_garbage \
	tests/carrier/test_load \
	tests/carrier/test_recover \
	tests/carrier/test_restart \
	tests/carrier/test_sim \
	tests/carrier/test_sim_client
check_PROGRAMS += $(carrier_tests)
noinst_LIBRARIES += tests/carrier/librig.a
tests_carrier_librig_a_SOURCES = \
	tests/carrier/kinds.c \
	tests/carrier/rig.c tests/carrier/rig.h
RIG_LIBS = tests/carrier/librig.a $(CARRIER_LIBS)
tests_carrier_test_ami_faults_LDADD = $(RIG_LIBS)
tests_carrier_test_contract_LDADD = $(RIG_LIBS)
tests_carrier_test_garbage_LDADD = $(RIG_LIBS)
tests_carrier_test_load_LDADD = $(RIG_LIBS)
tests_carrier_test_recover_LDADD = $(RIG_LIBS)
tests_carrier_test_restart_LDADD = $(RIG_LIBS)
tests_carrier_test_sim_LDADD = $(RIG_LIBS)
tests_carrier_test_sim_client_LDADD = $(RIG_LIBS)
tests_carrier_librig_a_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFAKE_AMI='"$(abs_top_srcdir)/tests/carrier/fake_ami.mjs"'
