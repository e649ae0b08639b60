# the pure half of the web: it links nothing but base
check_PROGRAMS += tests/unit/test_multipart
tests_unit_test_multipart_SOURCES = tests/unit/test_multipart.c tests/tap.h
tests_unit_test_multipart_LDADD = libweb.a $(BASE_LIBS)
