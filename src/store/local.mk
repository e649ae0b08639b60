# store: the only place that includes mysql.h or hiredis.h
noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
	src/store/bind.c \
	src/store/conn.c \
	src/store/db.c src/store/db.h src/store/db_priv.h \
	src/store/execute.c \
	src/store/handle.c \
	src/store/lease.c src/store/lease.h \
	src/store/migrate.c src/store/migrate.h \
	src/store/redis.c src/store/redis.h src/store/redis_priv.h \
	src/store/rows.c \
	src/store/script.c src/store/script.h \
	src/store/stream.c \
	src/store/db_error.c \
	src/store/tx.c src/store/tx.h \
	src/sql/store.def
libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(MARIADB_CFLAGS) $(HIREDIS_CFLAGS) \
	$(SODIUM_CFLAGS)
STORE_LIBS = libstore.a $(BASE_LIBS) $(MARIADB_LIBS) $(HIREDIS_LIBS)
