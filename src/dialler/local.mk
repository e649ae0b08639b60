# outdial-dialler: plans, places and records calls
noinst_LIBRARIES += libdialler.a
libdialler_a_SOURCES = \
	src/dialler/beat.c \
	src/dialler/beat_calls.c \
	src/dialler/beat_shares.c \
	src/dialler/board.c src/dialler/board.h \
	src/dialler/calls.c src/dialler/calls.h \
	src/dialler/cps.c src/dialler/cps.h \
	src/dialler/dialler.c src/dialler/dialler.h \
	src/dialler/imports.c \
	src/dialler/jobs.c src/dialler/jobs.h \
	src/dialler/line.c src/dialler/line_cell.h \
	src/dialler/line_adopt.c \
	src/dialler/line_events.c \
	src/dialler/line_list.c \
	src/dialler/loop.c src/dialler/loop.h \
	src/dialler/message.c src/dialler/message.h \
	src/dialler/place.c \
	src/dialler/plan.c src/dialler/planner.h \
	src/dialler/plan_room.c \
	src/dialler/plan_run.c \
	src/dialler/queue.c src/dialler/queue.h \
	src/dialler/record.c \
	src/dialler/seats.c src/dialler/seats.h \
	src/dialler/sweep.c \
	src/dialler/twin.c src/dialler/twin.h \
	src/dialler/wakes.c src/dialler/wakes.h
libdialler_a_CPPFLAGS = $(AM_CPPFLAGS) $(UV_CFLAGS)
DIALLER_LIBS = libdialler.a libcarrier.a $(ROOM_LIBS) $(UV_LIBS) -lpthread

bin_PROGRAMS += outdial-dialler
outdial_dialler_SOURCES = src/dialler/main.c
nodist_EXTRA_outdial_dialler_SOURCES = as_cxx.cc
outdial_dialler_LDADD = $(DIALLER_LIBS)
