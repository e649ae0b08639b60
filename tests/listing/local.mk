# the list and its index, on a real MariaDB
LISTING_TESTS = \
	tests/listing/test_list \
	tests/listing/test_search_index \
	tests/listing/test_search_index_disk \
	tests/listing/test_search_text
check_PROGRAMS += $(LISTING_TESTS)
tests_listing_test_list_LDADD = $(WORLD_LIBS)
tests_listing_test_search_index_LDADD = $(WORLD_LIBS)
tests_listing_test_search_index_disk_LDADD = $(WORLD_LIBS)
tests_listing_test_search_text_LDADD = $(WORLD_LIBS)
