# forms with files, without the rest of the web
check_PROGRAMS += tests/web/test_file_upload
tests_web_test_file_upload_LDADD = $(WEB_LIBS) -lpthread
