# outdial-dialler: plans, places and records calls
noinst_LIBRARIES += libdialler.a
libdialler_a_SOURCES = \
	src/dialler/heartbeat.c \
	src/dialler/reconcile_calls.c \
	src/dialler/carrier_shares.c \
	src/dialler/call_control.c src/dialler/call_control.h \
	src/dialler/call_report.c src/dialler/call_report.h \
	src/dialler/call_state.c \
	src/dialler/calls.c src/dialler/calls.h \
	src/dialler/cps.c src/dialler/cps.h \
	src/dialler/credit.c src/dialler/credit.h \
	src/dialler/dialler.c src/dialler/dialler.h \
	src/dialler/hooks.c \
	src/dialler/imports.c \
	src/dialler/job_reader.c \
	src/dialler/trunk.c \
	src/dialler/trunk_share.c src/dialler/trunk_share.h \
	src/dialler/trunk_conf.c src/dialler/trunk_conf.h \
	src/dialler/trunk_ends.c \
	src/dialler/trunk_guard.c src/dialler/trunk_guard.h \
	src/dialler/trunk_resync.c \
	src/dialler/trunk_events.c \
	src/dialler/trunk_list.c \
	src/dialler/loop.c src/dialler/loop.h \
	src/dialler/message.c src/dialler/message.h \
	src/dialler/dispatch.c \
	src/dialler/planner.c src/dialler/planner.h \
	src/dialler/plan_capacity.c \
	src/dialler/plan_loop.c \
	src/dialler/plan_pace.c \
	src/dialler/plan_run.c \
	src/dialler/queue.c src/dialler/queue.h \
	src/dialler/record.c \
	src/dialler/seats.c src/dialler/seats.h \
	src/dialler/sweep.c \
	src/dialler/process_lock.c src/dialler/process_lock.h \
	src/dialler/wakeups.c src/dialler/wakeups.h
libdialler_a_CPPFLAGS = $(AM_CPPFLAGS) $(UV_CFLAGS)
DIALLER_LIBS = libdialler.a libcarrier.a $(ROOM_LIBS) $(UV_LIBS) $(CURL_LIBS) \
	-lpthread

bin_PROGRAMS += outdial-dialler
outdial_dialler_SOURCES = src/dialler/main.c
outdial_dialler_LDADD = $(DIALLER_LIBS)
