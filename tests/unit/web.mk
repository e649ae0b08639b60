# the pure half of the web: it links nothing but base
WEB_UNIT = \
	tests/unit/test_multipart \
	tests/unit/test_request \
	tests/unit/test_list_frame \
	tests/unit/test_fuzz_form \
	tests/unit/test_fuzz_multipart \
	tests/unit/test_fuzz_request \
	tests/unit/test_fuzz_session
check_PROGRAMS += $(WEB_UNIT)
tests_unit_test_multipart_LDADD = libserver.a $(BASE_LIBS)
tests_unit_test_request_LDADD = $(SERVER_LIBS)
tests_unit_test_list_frame_LDADD = $(WEB_LIBS)
tests_unit_test_fuzz_form_SOURCES = tests/fuzz/form.c tests/fuzz/replay.c
tests_unit_test_fuzz_form_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/form"'
tests_unit_test_fuzz_form_LDADD = libserver.a $(BASE_LIBS)
tests_unit_test_fuzz_multipart_SOURCES = tests/fuzz/multipart.c tests/fuzz/replay.c
tests_unit_test_fuzz_multipart_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/multipart"'
tests_unit_test_fuzz_multipart_LDADD = libserver.a $(BASE_LIBS)
tests_unit_test_fuzz_request_SOURCES = tests/fuzz/request.c tests/fuzz/replay.c
tests_unit_test_fuzz_request_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/request"'
tests_unit_test_fuzz_request_LDADD = libpages.a libserver.a $(ROOM_LIBS)
tests_unit_test_fuzz_session_SOURCES = tests/fuzz/session.c tests/fuzz/replay.c
tests_unit_test_fuzz_session_CPPFLAGS = $(AM_CPPFLAGS) \
	-DCORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus/session"'
tests_unit_test_fuzz_session_LDADD = libserver.a $(BASE_LIBS)
