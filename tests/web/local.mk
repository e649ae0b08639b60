# forms with files, without the rest of the web
check_PROGRAMS += tests/web/test_file_upload
tests_web_test_file_upload_LDADD = $(WEB_LIBS) -lpthread
# workbooks, by a reader of their own
check_PROGRAMS += tests/web/test_xlsx
tests_web_test_xlsx_CPPFLAGS = $(AM_CPPFLAGS) \
	-DSHEET='"$(abs_top_srcdir)/tests/web/sheet.py"'
tests_web_test_xlsx_LDADD = $(WEB_LIBS) -lpthread
