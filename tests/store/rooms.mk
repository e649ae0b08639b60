# the rooms on a real MariaDB
check_PROGRAMS += \
	tests/store/test_account \
	tests/store/test_campaign \
	tests/store/test_clone \
	tests/store/test_search_index \
	tests/store/test_search_index_disk \
	tests/store/test_holiday \
	tests/store/test_installation \
	tests/store/test_lifecycle \
	tests/store/test_list \
	tests/store/test_search_text
WORLD_CPPFLAGS = $(AM_CPPFLAGS) -DSQL_DIR=\"$(abs_top_srcdir)/sql\"
WORLD_H = tests/store/bed.h tests/store/fine.h tests/store/world.h \
	tests/tap.h
tests_store_test_account_SOURCES = tests/store/test_account.c $(WORLD_H)
tests_store_test_account_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_account_LDADD = $(ROOM_LIBS)
tests_store_test_campaign_SOURCES = tests/store/test_campaign.c $(WORLD_H)
tests_store_test_campaign_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_campaign_LDADD = $(ROOM_LIBS)
tests_store_test_clone_SOURCES = tests/store/test_clone.c $(WORLD_H)
tests_store_test_clone_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_clone_LDADD = $(ROOM_LIBS)
tests_store_test_search_text_SOURCES = tests/store/test_search_text.c $(WORLD_H)
tests_store_test_search_text_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_search_text_LDADD = $(ROOM_LIBS)
tests_store_test_holiday_SOURCES = tests/store/test_holiday.c $(WORLD_H)
tests_store_test_holiday_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_holiday_LDADD = $(ROOM_LIBS)
tests_store_test_installation_SOURCES = tests/store/test_installation.c \
	$(WORLD_H)
tests_store_test_installation_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_installation_LDADD = $(ROOM_LIBS)
tests_store_test_lifecycle_SOURCES = tests/store/test_lifecycle.c $(WORLD_H)
tests_store_test_lifecycle_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_lifecycle_LDADD = $(ROOM_LIBS)
check_PROGRAMS += tests/store/test_wizard
tests_store_test_wizard_SOURCES = tests/store/test_wizard.c $(WORLD_H)
tests_store_test_wizard_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_wizard_LDADD = $(ROOM_LIBS)
check_PROGRAMS += tests/store/test_import
tests_store_test_import_SOURCES = tests/store/test_import.c $(WORLD_H)
nodist_EXTRA_tests_store_test_import_SOURCES = as_cxx.cc
tests_store_test_import_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_import_LDADD = $(ROOM_LIBS)
LIST_H = $(WORLD_H) tests/store/list_bed.h
tests_store_test_list_SOURCES = tests/store/test_list.c $(LIST_H)
tests_store_test_list_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_list_LDADD = $(ROOM_LIBS)
INDEX_BED_H = $(LIST_H) tests/store/index_bed.h
tests_store_test_search_index_SOURCES = tests/store/test_search_index.c $(INDEX_BED_H)
tests_store_test_search_index_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_search_index_LDADD = $(ROOM_LIBS)
tests_store_test_search_index_disk_SOURCES = tests/store/test_search_index_disk.c \
	$(INDEX_BED_H)
tests_store_test_search_index_disk_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_search_index_disk_LDADD = $(ROOM_LIBS)
check_PROGRAMS += tests/store/test_import_large
tests_store_test_import_large_SOURCES = tests/store/test_import_large.c \
	$(WORLD_H)
nodist_EXTRA_tests_store_test_import_large_SOURCES = as_cxx.cc
tests_store_test_import_large_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_import_large_LDADD = $(ROOM_LIBS)
