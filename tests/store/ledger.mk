# the ledger of calls on a real MariaDB
LEDGER_STORE = \
	tests/store/test_ledger \
	tests/store/test_ledger_faults \
	tests/store/test_ledger_load \
	tests/store/test_ledger_nodes \
	tests/store/test_ledger_rules \
	tests/store/test_ledger_schedule \
	tests/store/test_ledger_week \
	tests/store/test_change \
	tests/store/test_change_run \
	tests/store/test_contact_hours \
	tests/store/test_hold \
	tests/store/test_number_cap \
	tests/store/test_pulse \
	tests/store/test_schedule
check_PROGRAMS += $(LEDGER_STORE)
LEDGER_H = $(WORLD_H) tests/store/ledger_bed.h
tests_store_test_ledger_SOURCES = tests/store/test_ledger.c $(LEDGER_H)
tests_store_test_ledger_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_ledger_LDADD = $(ROOM_LIBS)
tests_store_test_ledger_faults_SOURCES = tests/store/test_ledger_faults.c $(LEDGER_H)
tests_store_test_ledger_faults_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_ledger_faults_LDADD = $(ROOM_LIBS)
tests_store_test_ledger_load_SOURCES = tests/store/test_ledger_load.c $(LEDGER_H)
tests_store_test_ledger_load_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_ledger_load_LDADD = $(ROOM_LIBS)
tests_store_test_ledger_rules_SOURCES = tests/store/test_ledger_rules.c $(LEDGER_H)
tests_store_test_ledger_rules_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_ledger_rules_LDADD = $(ROOM_LIBS)
tests_store_test_ledger_nodes_SOURCES = tests/store/test_ledger_nodes.c $(LEDGER_H)
tests_store_test_ledger_nodes_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_ledger_nodes_LDADD = $(ROOM_LIBS)
tests_store_test_ledger_week_SOURCES = tests/store/test_ledger_week.c $(LEDGER_H)
tests_store_test_ledger_week_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_ledger_week_LDADD = $(ROOM_LIBS)
tests_store_test_hold_SOURCES = tests/store/test_hold.c $(LEDGER_H)
tests_store_test_hold_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_hold_LDADD = $(ROOM_LIBS)
tests_store_test_contact_hours_SOURCES = tests/store/test_contact_hours.c $(LEDGER_H)
tests_store_test_contact_hours_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_contact_hours_LDADD = $(ROOM_LIBS)
tests_store_test_number_cap_SOURCES = tests/store/test_number_cap.c $(LEDGER_H)
tests_store_test_number_cap_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_number_cap_LDADD = $(ROOM_LIBS)
tests_store_test_pulse_SOURCES = tests/store/test_pulse.c $(LEDGER_H)
tests_store_test_pulse_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_pulse_LDADD = $(ROOM_LIBS)
CHANGE_H = $(LEDGER_H) tests/store/change_bed.h
tests_store_test_change_SOURCES = tests/store/test_change.c $(CHANGE_H)
tests_store_test_change_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_change_LDADD = $(ROOM_LIBS)
tests_store_test_schedule_SOURCES = tests/store/test_schedule.c $(CHANGE_H)
tests_store_test_schedule_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_schedule_LDADD = $(ROOM_LIBS)
tests_store_test_change_run_SOURCES = tests/store/test_change_run.c $(CHANGE_H)
tests_store_test_change_run_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_change_run_LDADD = $(ROOM_LIBS)
tests_store_test_ledger_schedule_SOURCES = tests/store/test_ledger_schedule.c \
	tests/wall_clock.h $(CHANGE_H)
tests_store_test_ledger_schedule_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_ledger_schedule_LDADD = $(ROOM_LIBS)
