# the rooms on a real MariaDB
ROOM_TESTS = \
	tests/store/test_account \
	tests/store/test_campaign \
	tests/store/test_change \
	tests/store/test_change_run \
	tests/store/test_clone \
	tests/store/test_contact_hours \
	tests/store/test_hold \
	tests/store/test_holiday \
	tests/store/test_import \
	tests/store/test_import_large \
	tests/store/test_installation \
	tests/store/test_ledger \
	tests/store/test_ledger_faults \
	tests/store/test_ledger_load \
	tests/store/test_ledger_nodes \
	tests/store/test_ledger_rules \
	tests/store/test_ledger_schedule \
	tests/store/test_ledger_week \
	tests/store/test_lifecycle \
	tests/store/test_list \
	tests/store/test_number_cap \
	tests/store/test_workspace_stats \
	tests/store/test_schedule \
	tests/store/test_search_index \
	tests/store/test_search_index_disk \
	tests/store/test_search_text \
	tests/store/test_upload \
	tests/store/test_upload_take \
	tests/store/test_verify \
	tests/store/test_verify_sim_log \
	tests/store/test_wizard
check_PROGRAMS += $(ROOM_TESTS)
noinst_LIBRARIES += tests/store/libworld.a
tests_store_libworld_a_SOURCES = tests/store/sql_dir.c
tests_store_libworld_a_CPPFLAGS = $(AM_CPPFLAGS) \
	-DSQL_DIR='"$(abs_top_srcdir)/sql"'
WORLD_LIBS = tests/store/libworld.a $(ROOM_LIBS)
tests_store_test_account_LDADD = $(WORLD_LIBS)
tests_store_test_campaign_LDADD = $(WORLD_LIBS)
tests_store_test_change_LDADD = $(WORLD_LIBS)
tests_store_test_change_run_LDADD = $(WORLD_LIBS)
tests_store_test_clone_LDADD = $(WORLD_LIBS)
tests_store_test_contact_hours_LDADD = $(WORLD_LIBS)
tests_store_test_hold_LDADD = $(WORLD_LIBS)
tests_store_test_holiday_LDADD = $(WORLD_LIBS)
tests_store_test_import_LDADD = $(WORLD_LIBS)
tests_store_test_import_large_LDADD = $(WORLD_LIBS)
tests_store_test_installation_LDADD = $(WORLD_LIBS)
tests_store_test_ledger_LDADD = $(WORLD_LIBS)
tests_store_test_ledger_faults_LDADD = $(WORLD_LIBS)
tests_store_test_ledger_load_LDADD = $(WORLD_LIBS)
tests_store_test_ledger_nodes_LDADD = $(WORLD_LIBS)
tests_store_test_ledger_rules_LDADD = $(WORLD_LIBS)
tests_store_test_ledger_schedule_LDADD = $(WORLD_LIBS)
tests_store_test_ledger_week_LDADD = $(WORLD_LIBS)
tests_store_test_lifecycle_LDADD = $(WORLD_LIBS)
tests_store_test_list_LDADD = $(WORLD_LIBS)
tests_store_test_number_cap_LDADD = $(WORLD_LIBS)
tests_store_test_workspace_stats_LDADD = $(WORLD_LIBS)
tests_store_test_schedule_LDADD = $(WORLD_LIBS)
tests_store_test_search_index_LDADD = $(WORLD_LIBS)
tests_store_test_search_index_disk_LDADD = $(WORLD_LIBS)
tests_store_test_search_text_LDADD = $(WORLD_LIBS)
tests_store_test_upload_LDADD = $(WORLD_LIBS)
tests_store_test_upload_take_LDADD = $(WORLD_LIBS)
tests_store_test_verify_LDADD = $(WORLD_LIBS)
tests_store_test_verify_sim_log_LDADD = $(WORLD_LIBS)
tests_store_test_wizard_LDADD = $(WORLD_LIBS)
