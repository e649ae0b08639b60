# view tests: templates and the functions that fill them; no server.
# The C++ compiler links them, because of nodist_EXTRA_..._SOURCES.
check_PROGRAMS += tests/view/test_view tests/view/test_pages
tests_view_test_view_SOURCES = tests/view/test_view.c tests/tap.h
nodist_EXTRA_tests_view_test_view_SOURCES = as_cxx.cc
tests_view_test_view_LDADD = $(VIEW_LIBS) -lpthread
tests_view_test_pages_SOURCES = tests/view/test_pages.c tests/tap.h
nodist_EXTRA_tests_view_test_pages_SOURCES = as_cxx.cc
tests_view_test_pages_CPPFLAGS = $(AM_CPPFLAGS) \
	-DTEMPLATES='"$(abs_top_srcdir)/templates"' \
	-DGOLDEN='"$(abs_top_srcdir)/tests/view/golden"'
tests_view_test_pages_LDADD = $(WEB_LIBS)
