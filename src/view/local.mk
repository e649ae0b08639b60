# view: structs into templates; C++ behind a C header.
noinst_LIBRARIES += libview.a
libview_a_SOURCES = src/view/tpl.cc src/view/view.c src/view/view.h
libview_a_CPPFLAGS = $(AM_CPPFLAGS) $(CTEMPLATE_CFLAGS)
VIEW_LIBS = libview.a $(BASE_LIBS) $(CTEMPLATE_LIBS)
