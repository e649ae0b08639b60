# uploads on a real MariaDB
check_PROGRAMS += tests/store/test_upload tests/store/test_upload_take
UPLOAD_H = $(WORLD_H) tests/store/upload_bed.h
tests_store_test_upload_SOURCES = tests/store/test_upload.c $(UPLOAD_H)
nodist_EXTRA_tests_store_test_upload_SOURCES = as_cxx.cc
tests_store_test_upload_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_upload_LDADD = $(ROOM_LIBS)
tests_store_test_upload_take_SOURCES = tests/store/test_upload_take.c \
	$(UPLOAD_H)
nodist_EXTRA_tests_store_test_upload_take_SOURCES = as_cxx.cc
tests_store_test_upload_take_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_upload_take_LDADD = $(ROOM_LIBS) -lpthread
