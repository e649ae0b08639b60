# outdial-dialler: plans, places and records calls
noinst_LIBRARIES += libdialler.a
libdialler_a_SOURCES = \
	src/dialler/cps.c src/dialler/cps.h
libdialler_a_CPPFLAGS = $(AM_CPPFLAGS) $(UV_CFLAGS)
