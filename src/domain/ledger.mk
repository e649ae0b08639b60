# the ledger of calls: what outdial-dialler does in the database
libdomain_a_SOURCES += \
	src/domain/job.c src/domain/job.h \
	src/domain/ledger.c src/domain/ledger.h \
	src/domain/ledger_close.c src/domain/ledger_close.h \
	src/domain/ledger_look.c src/domain/ledger_look.h \
	src/domain/ledger_node.c src/domain/ledger_node.h \
	src/domain/ledger_pick.c \
	src/domain/ledger_place.c src/domain/ledger_place.h \
	src/domain/ledger_plan.c src/domain/ledger_plan.h \
	src/domain/ledger_plan_priv.h \
	src/domain/ledger_record.c src/domain/ledger_record.h \
	src/domain/ledger_record_priv.h \
	src/domain/ledger_record_write.c \
	src/domain/ledger_recover.c \
	src/domain/ledger_seat.c src/domain/ledger_seat.h \
	src/domain/ledger_share.c \
	src/domain/ledger_withdraw.c \
	src/domain/number_pool.c src/domain/number_pool.h \
	src/domain/pacing.c src/domain/pacing.h \
	src/domain/share.c src/domain/share.h \
	src/domain/zones.c src/domain/zones.h
