# app: what every room above needs: settings, statements, notifications
noinst_LIBRARIES += libapp.a
libapp_a_SOURCES = \
	src/app/carrier_kind.c src/app/carrier_kind.h \
	src/app/config.c src/app/config.h \
	src/app/grants.c src/app/grants.h \
	src/app/installation.c src/app/installation.h \
	src/app/notify.c src/app/notify.h \
	src/app/stored_secret.c src/app/stored_secret.h \
	src/app/outcome.c src/app/outcome.h \
	src/app/stmt.c src/app/stmt.h
