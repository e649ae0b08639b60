# phone: telephone numbers by the plans of libphonenumber
noinst_LIBRARIES += libphone.a
libphone_a_SOURCES = \
	src/phone/phone.c src/phone/phone.h \
	src/phone/phone_lib.cc \
	src/phone/phone_plan.cc \
	src/phone/phone_set.c src/phone/phone_set.h
