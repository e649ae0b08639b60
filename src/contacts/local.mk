# contacts: lists of contacts, uploads, and the reading of files into lists
noinst_LIBRARIES += libcontacts.a
libcontacts_a_SOURCES = \
	src/contacts/contact_list.c src/contacts/contact_list.h \
	src/contacts/contact_vars.c src/contacts/contact_vars.h \
	src/contacts/dnc_import.c src/contacts/dnc_import.h \
	src/contacts/import.c src/contacts/import.h \
	src/contacts/import_feed.c src/contacts/import_feed.h \
	src/contacts/import_rows.c src/contacts/import_rows.h \
	src/contacts/import_store.c src/contacts/import_store.h \
	src/contacts/numbers.c src/contacts/numbers.h \
	src/contacts/rejects.c src/contacts/rejects.h \
	src/contacts/upload.c src/contacts/upload.h \
	src/contacts/upload_claim.c \
	src/contacts/upload_preview.c \
	src/contacts/upload_priv.h \
	src/contacts/upload_read.c \
	src/contacts/upload_rows.c
libcontacts_a_CPPFLAGS = $(AM_CPPFLAGS) $(CJSON_CFLAGS)
