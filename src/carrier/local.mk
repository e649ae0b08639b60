# carrier: what a carrier offers, and the client of each kind
noinst_LIBRARIES += libcarrier.a
libcarrier_a_SOURCES = \
	src/carrier/idmap.c src/carrier/idmap.h \
	src/carrier/carrier.h \
	src/carrier/lines.c src/carrier/lines.h \
	src/carrier/outcome.c src/carrier/outcome.h
CARRIER_LIBS = libcarrier.a $(BASE_LIBS)
