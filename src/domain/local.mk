# domain: the product; no HTTP, no HTML, no carriers, no clocks
noinst_LIBRARIES += libdomain.a
libdomain_a_SOURCES = \
	src/domain/stmt.c src/domain/stmt.h
DOMAIN_LIBS = libdomain.a $(STORE_LIBS)
