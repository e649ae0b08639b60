# carrier: what a carrier offers, and the client of each kind
noinst_LIBRARIES += libcarrier.a
libcarrier_a_SOURCES = \
	src/carrier/calls.c src/carrier/calls.h \
	src/carrier/idmap.c src/carrier/idmap.h \
	src/carrier/carrier.c src/carrier/carrier.h \
	src/carrier/lines.c src/carrier/lines.h \
	src/carrier/link.c src/carrier/link.h \
	src/carrier/place.c \
	src/carrier/outcome.c src/carrier/outcome.h \
	src/carrier/tracker.c src/carrier/tracker.h \
	src/carrier/ami/action.c src/carrier/ami/action.h \
	src/carrier/ami/ami.c src/carrier/ami/ami.h src/carrier/ami/ami_priv.h \
	src/carrier/ami/channel.c src/carrier/ami/events.c \
	src/carrier/ami/finish.c src/carrier/ami/place.c \
	src/carrier/ami/message.c src/carrier/ami/message.h \
	src/carrier/ami/session.c \
	src/carrier/ami/verdict.c src/carrier/ami/verdict.h \
	src/carrier/sim/sim.c src/carrier/sim/sim.h src/carrier/sim/sim_priv.h \
	src/carrier/sim/events.c \
	src/carrier/sim/wire.h
CARRIER_LIBS = libcarrier.a libapp.a $(BASE_LIBS)

# the simulated carrier itself, a program of its own
bin_PROGRAMS += outdial-sim
outdial_sim_SOURCES = \
	src/carrier/sim/main.c \
	src/carrier/sim/server.c src/carrier/sim/server.h \
	src/carrier/sim/exchange.c src/carrier/sim/exchange.h \
	src/carrier/sim/dice.c src/carrier/sim/dice.h \
	src/carrier/sim/count.c src/carrier/sim/count.h \
	src/carrier/sim/heap.c src/carrier/sim/heap.h \
	src/carrier/sim/log.c src/carrier/sim/log.h
outdial_sim_LDADD = $(CARRIER_LIBS) -lm
