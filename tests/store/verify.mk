# the books of the ledger
check_PROGRAMS += tests/store/test_verify tests/store/test_verify_sim_log
VERIFY_BED_H = tests/store/verify_bed.h $(WORLD_H)
tests_store_test_verify_SOURCES = tests/store/test_verify.c $(VERIFY_BED_H)
tests_store_test_verify_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_verify_LDADD = $(ROOM_LIBS)
tests_store_test_verify_sim_log_SOURCES = tests/store/test_verify_sim_log.c $(VERIFY_BED_H)
tests_store_test_verify_sim_log_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_verify_sim_log_LDADD = $(ROOM_LIBS)
