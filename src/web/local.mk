# web: worker pool, request, reply, routes, one file a page
noinst_LIBRARIES += libweb.a
libweb_a_SOURCES = \
	src/web/auth.c src/web/auth.h \
	src/web/campaigns.c \
	src/web/detail.c src/web/detail.h \
	src/web/fill_campaigns.c src/web/fill_campaigns.h \
	src/web/fill_holidays.c src/web/fill_holidays.h \
	src/web/fill_layout.c src/web/fill_layout.h \
	src/web/fill_list.c src/web/fill_list.h \
	src/web/fill_settings.c src/web/fill_settings.h \
	src/web/fill_wizard.c src/web/fill_wizard.h \
	src/web/fill_wizard_contacts.c \
	src/web/fill_wizard_fields.c \
	src/web/fill_wizard_means.c \
	src/web/fill_wizard_review.c \
	src/web/generation.c src/web/generation.h \
	src/web/hold.c \
	src/web/holidays.c \
	src/web/home.c \
	src/web/list.c src/web/list.h \
	src/web/list_query.c src/web/list_query.h \
	src/web/many.c \
	src/web/multipart.c src/web/multipart.h \
	src/web/receive.c src/web/receive.h \
	src/web/fcgi_write.c src/web/fcgi_write.h \
	src/web/reply.c src/web/reply.h \
	src/web/request.c src/web/request.h \
	src/web/route.c src/web/route.h \
	src/web/serve.c src/web/serve.h \
	src/web/session.c src/web/session.h \
	src/web/session_copy.c src/web/session_copy.h \
	src/web/settings.c \
	src/web/shelf.c src/web/shelf.h \
	src/web/sitting.c src/web/sitting.h \
	src/web/sitting_form.c \
	src/web/toast.c src/web/toast.h \
	src/web/wizard.c \
	src/web/wizard_save.c src/web/wizard_save.h \
	src/web/wizard_upload.c src/web/wizard_upload.h
libweb_a_CPPFLAGS = $(AM_CPPFLAGS) $(FCGI_CFLAGS)
WEB_LIBS = libweb.a $(VIEW_LIBS) $(ROOM_LIBS) $(FCGI_LIBS)

bin_PROGRAMS += outdial-web
outdial_web_SOURCES = src/web/main.c
nodist_EXTRA_outdial_web_SOURCES = as_cxx.cc
outdial_web_LDADD = $(WEB_LIBS)
