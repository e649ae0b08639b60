# forms with files, without the rest of the web
check_PROGRAMS += tests/web/test_file_upload
nodist_EXTRA_tests_web_test_file_upload_SOURCES = as_cxx.cc
tests_web_test_file_upload_LDADD = $(WEB_LIBS) -lpthread
