# view tests: templates and the functions that fill them; no server.
# The C++ compiler links them, because of nodist_EXTRA_..._SOURCES.
VIEW_TESTS = tests/view/test_audit tests/view/test_calls \
	tests/view/test_catalog \
	tests/view/test_config tests/view/test_contacts \
	tests/view/test_integration tests/view/test_monitor \
	tests/view/test_dnc tests/view/test_pages tests/view/test_people \
	tests/view/test_performance tests/view/test_privacy \
	tests/view/test_runs tests/view/test_settings tests/view/test_view \
	tests/view/test_webhooks tests/view/test_wizard
check_PROGRAMS += $(VIEW_TESTS)
tests_view_test_view_LDADD = $(VIEW_LIBS) -lpthread
GOLDEN_CPPFLAGS = $(AM_CPPFLAGS) \
	-DTEMPLATES='"$(abs_top_srcdir)/templates"' \
	-DGOLDEN='"$(abs_top_srcdir)/tests/view/golden"'
tests_view_test_catalog_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_catalog_LDADD = $(WEB_LIBS)
tests_view_test_calls_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_calls_LDADD = $(WEB_LIBS)
tests_view_test_contacts_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_contacts_LDADD = $(WEB_LIBS)
tests_view_test_integration_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_integration_LDADD = $(WEB_LIBS)
tests_view_test_monitor_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_monitor_LDADD = $(WEB_LIBS)
tests_view_test_performance_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_performance_LDADD = $(WEB_LIBS)
tests_view_test_runs_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_runs_LDADD = $(WEB_LIBS)
tests_view_test_config_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_config_LDADD = $(WEB_LIBS)
tests_view_test_dnc_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_dnc_LDADD = $(WEB_LIBS)
tests_view_test_pages_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_pages_LDADD = $(WEB_LIBS)
tests_view_test_people_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_people_LDADD = $(WEB_LIBS)
tests_view_test_webhooks_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_webhooks_LDADD = $(WEB_LIBS)
tests_view_test_audit_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_audit_LDADD = $(WEB_LIBS)
tests_view_test_privacy_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_privacy_LDADD = $(WEB_LIBS)
tests_view_test_settings_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_settings_LDADD = $(WEB_LIBS)
tests_view_test_wizard_CPPFLAGS = $(GOLDEN_CPPFLAGS)
tests_view_test_wizard_LDADD = $(WEB_LIBS)
