# carrier: what a carrier offers, and the client of each kind
noinst_LIBRARIES += libcarrier.a
libcarrier_a_SOURCES = \
	src/carrier/idmap.c src/carrier/idmap.h \
	src/carrier/carrier.c src/carrier/carrier.h \
	src/carrier/lines.c src/carrier/lines.h \
	src/carrier/outcome.c src/carrier/outcome.h \
	src/carrier/sim.c src/carrier/sim.h src/carrier/sim_private.h \
	src/carrier/sim_calls.c src/carrier/sim_calls.h \
	src/carrier/sim_events.c \
	src/carrier/sim_link.c src/carrier/sim_link.h \
	src/carrier/sim_wire.h
CARRIER_LIBS = libcarrier.a $(BASE_LIBS)

# the simulated carrier itself, a program of its own
bin_PROGRAMS += outdial-sim
outdial_sim_SOURCES = \
	src/carrier/sim_main.c \
	src/carrier/sim_server.c src/carrier/sim_server.h \
	src/carrier/sim_exchange.c src/carrier/sim_exchange.h \
	src/carrier/sim_dice.c src/carrier/sim_dice.h \
	src/carrier/sim_count.c src/carrier/sim_count.h \
	src/carrier/sim_heap.c src/carrier/sim_heap.h \
	src/carrier/sim_log.c src/carrier/sim_log.h
outdial_sim_LDADD = $(CARRIER_LIBS) -lm
