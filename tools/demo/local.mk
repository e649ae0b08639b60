# outdial-demo: the demo workspace of a stack; not installed
noinst_PROGRAMS = outdial-demo
outdial_demo_SOURCES = \
	tools/demo/data.c \
	tools/demo/demo.c tools/demo/demo.h \
	tools/demo/history.c \
	tools/demo/main.c \
	tools/demo/stmt.c tools/demo/stmt.h tools/demo/demo.def \
	src/ctl/password.c src/ctl/password.h
outdial_demo_LDADD = $(ROOM_LIBS)
