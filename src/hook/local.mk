# hook: events of a workspace, sent to its endpoints and read by its programs
noinst_LIBRARIES += libhook.a
libhook_a_SOURCES = \
	src/hook/address.c src/hook/address.h \
	src/hook/batch.c \
	src/hook/batch_save.c \
	src/hook/deliver.c src/hook/deliver.h src/hook/deliver_priv.h \
	src/hook/delivery.c src/hook/delivery.h \
	src/hook/endpoint.c src/hook/endpoint.h \
	src/hook/event_read.c src/hook/event_read.h \
	src/hook/reason.c src/hook/reason.h \
	src/hook/sender.c src/hook/sender.h \
	src/hook/signature.c src/hook/signature.h \
	src/hook/sweep.c
libhook_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS)
