# view tests: templates and the functions that fill them; no server.
# The C++ compiler links them, because of nodist_EXTRA_..._SOURCES.
check_PROGRAMS += tests/view/test_view tests/view/test_pages \
	tests/view/test_wizard
tests_view_test_view_SOURCES = tests/view/test_view.c tests/tap.h
nodist_EXTRA_tests_view_test_view_SOURCES = as_cxx.cc
tests_view_test_view_LDADD = $(VIEW_LIBS) -lpthread
GOLDEN_CPPFLAGS = $(AM_CPPFLAGS) \
	-DTEMPLATES='"$(abs_top_srcdir)/templates"' \
	-DGOLDEN='"$(abs_top_srcdir)/tests/view/golden"'
GOLDEN_H = tests/view/golden.h tests/tap.h
tests_view_test_pages_SOURCES = tests/view/test_pages.c $(GOLDEN_H)
nodist_EXTRA_tests_view_test_pages_SOURCES = as_cxx.cc
tests_view_test_pages_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_pages_LDADD = $(WEB_LIBS)
tests_view_test_wizard_SOURCES = tests/view/test_wizard.c $(GOLDEN_H)
nodist_EXTRA_tests_view_test_wizard_SOURCES = as_cxx.cc
tests_view_test_wizard_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_wizard_LDADD = $(WEB_LIBS)
