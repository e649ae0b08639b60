# the ledger of calls, and what needs calls to be seen, on a real MariaDB
LEDGER_TESTS = \
	tests/ledger/test_catalog_run \
	tests/ledger/test_breakdown \
	tests/ledger/test_call_now \
	tests/ledger/test_call_result \
	tests/ledger/test_alarm \
	tests/ledger/test_erasure \
	tests/ledger/test_retention \
	tests/ledger/test_change \
	tests/ledger/test_change_run \
	tests/ledger/test_contact_hours \
	tests/ledger/test_exclude \
	tests/ledger/test_hold \
	tests/ledger/test_ledger \
	tests/ledger/test_ledger_barred \
	tests/ledger/test_ledger_faults \
	tests/ledger/test_ledger_load \
	tests/ledger/test_ledger_nodes \
	tests/ledger/test_ledger_pacing \
	tests/ledger/test_ledger_rules \
	tests/ledger/test_ledger_schedule \
	tests/ledger/test_ledger_week \
	tests/ledger/test_number_cap \
	tests/ledger/test_workspace_stats \
	tests/ledger/test_schedule \
	tests/ledger/test_trigger \
	tests/ledger/test_trigger_race \
	tests/ledger/test_verify \
	tests/ledger/test_verify_sim_log
check_PROGRAMS += $(LEDGER_TESTS)
tests_ledger_test_catalog_run_LDADD = $(WORLD_LIBS)
tests_ledger_test_breakdown_LDADD = libreport.a $(WORLD_LIBS)
tests_ledger_test_call_now_LDADD = $(WORLD_LIBS)
tests_ledger_test_call_result_LDADD = $(WORLD_LIBS)
tests_ledger_test_alarm_LDADD = $(WORLD_LIBS)
tests_ledger_test_erasure_LDADD = $(WORLD_LIBS)
tests_ledger_test_retention_LDADD = $(WORLD_LIBS)
tests_ledger_test_change_LDADD = $(WORLD_LIBS)
tests_ledger_test_change_run_LDADD = $(WORLD_LIBS)
tests_ledger_test_contact_hours_LDADD = $(WORLD_LIBS)
tests_ledger_test_exclude_LDADD = $(WORLD_LIBS)
tests_ledger_test_hold_LDADD = $(WORLD_LIBS)
tests_ledger_test_ledger_LDADD = $(WORLD_LIBS)
tests_ledger_test_ledger_barred_LDADD = $(WORLD_LIBS)
tests_ledger_test_ledger_faults_LDADD = $(WORLD_LIBS)
tests_ledger_test_ledger_load_LDADD = $(WORLD_LIBS)
tests_ledger_test_ledger_nodes_LDADD = $(WORLD_LIBS)
tests_ledger_test_ledger_pacing_LDADD = $(WORLD_LIBS)
tests_ledger_test_ledger_rules_LDADD = $(WORLD_LIBS)
tests_ledger_test_ledger_schedule_LDADD = $(WORLD_LIBS)
tests_ledger_test_ledger_week_LDADD = $(WORLD_LIBS)
tests_ledger_test_number_cap_LDADD = $(WORLD_LIBS)
tests_ledger_test_workspace_stats_LDADD = $(WORLD_LIBS)
tests_ledger_test_schedule_LDADD = $(WORLD_LIBS)
tests_ledger_test_trigger_LDADD = $(WORLD_LIBS)
tests_ledger_test_trigger_race_LDADD = $(WORLD_LIBS)
tests_ledger_test_verify_LDADD = $(WORLD_LIBS)
tests_ledger_test_verify_sim_log_LDADD = $(WORLD_LIBS)
