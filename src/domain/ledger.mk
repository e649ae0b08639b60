# the ledger of calls: what outdial-dialler does in the database
libdomain_a_SOURCES += \
	src/domain/job.c src/domain/job.h \
	src/domain/number_pool.c src/domain/number_pool.h \
	src/domain/pacing.c src/domain/pacing.h \
	src/domain/share.c src/domain/share.h
