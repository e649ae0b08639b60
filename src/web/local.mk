# web: worker pool, request, reply, routes, one file a page
noinst_LIBRARIES += libweb.a
libweb_a_SOURCES = \
	src/web/fill_campaigns.c src/web/fill_campaigns.h \
	src/web/fill_layout.c src/web/fill_layout.h
WEB_LIBS = libweb.a $(VIEW_LIBS) $(DOMAIN_LIBS)
