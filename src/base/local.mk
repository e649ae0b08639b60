# base: C and POSIX; no word of the product
noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	src/base/arena.c src/base/arena.h \
	src/base/buf.c src/base/buf.h src/base/bytes.h \
	src/base/cidr.c src/base/cidr.h \
	src/base/civil.c src/base/civil.h \
	src/base/clock.c src/base/clock.h \
	src/base/conf.c src/base/conf.h \
	src/base/cpu_pressure.c src/base/cpu_pressure.h \
	src/base/csv.c src/base/csv.h \
	src/base/csv_delimiter.c src/base/csv_delimiter.h \
	src/base/csv_guard.c src/base/csv_guard.h \
	src/base/csv_header.c src/base/csv_header.h \
	src/base/csv_write.c src/base/csv_write.h \
	src/base/encoding.c src/base/encoding.h \
	src/base/fault.c src/base/fault.h \
	src/base/host_port.c src/base/host_port.h \
	src/base/field.c src/base/field.h src/base/field_priv.h \
	src/base/field_allows.c src/base/field_json.c src/base/field_json.h \
	src/base/json.c src/base/json.h \
	src/base/json_read.c src/base/json_read.h \
	src/base/log.c src/base/log.h \
	src/base/near.c src/base/near.h src/base/numeric.h \
	src/base/seal.c src/base/seal.h \
	src/base/qr.c src/base/qr.h \
	src/base/secret.c src/base/secret.h \
	src/base/text.c src/base/text.h src/base/text_country.c \
	src/base/text_hidden.c src/base/text_sign.c \
	src/base/totp.c src/base/totp.h \
	src/base/tzif.c src/base/tzif.h \
	src/base/uuid.c src/base/uuid.h \
	src/base/words.c src/base/words.h \
	src/base/zone.c src/base/zone.h src/base/zone_names.c \
	src/base/zone_cache.c src/base/zone_cache.h
libbase_a_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS) $(ICU_CFLAGS) \
	$(INIH_CFLAGS) $(CJSON_CFLAGS) $(OATH_CFLAGS) $(QRENCODE_CFLAGS)
BASE_LIBS = libbase.a $(SODIUM_LIBS) $(ICU_LIBS) $(INIH_LIBS) $(CSV_LIBS) \
	$(CJSON_LIBS) $(OATH_LIBS) $(QRENCODE_LIBS)
