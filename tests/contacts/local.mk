# uploads, imports and do-not-call lists, on a real MariaDB
CONTACTS_TESTS = \
	tests/contacts/test_dnc_import \
	tests/contacts/test_import \
	tests/contacts/test_import_large \
	tests/contacts/test_upload
check_PROGRAMS += $(CONTACTS_TESTS)
tests_contacts_test_dnc_import_LDADD = $(WORLD_LIBS)
tests_contacts_test_import_LDADD = $(WORLD_LIBS)
tests_contacts_test_import_large_LDADD = $(WORLD_LIBS)
tests_contacts_test_upload_LDADD = $(WORLD_LIBS)
