# ledger: the runs of campaigns, call by call: plan, send, record, recover, verify
noinst_LIBRARIES += libledger.a
libledger_a_SOURCES = \
	src/ledger/carrier_share.c \
	src/ledger/job.c src/ledger/job.h \
	src/ledger/ledger.c src/ledger/ledger.h \
	src/ledger/node.c src/ledger/node.h \
	src/ledger/number_pool.c src/ledger/number_pool.h \
	src/ledger/pacing.c src/ledger/pacing.h \
	src/ledger/pacing_memory.c src/ledger/pacing_memory.h \
	src/ledger/pacing_read.c src/ledger/pacing_read.h \
	src/ledger/plan_calls.c src/ledger/plan_calls.h \
	src/ledger/plan_calls_priv.h \
	src/ledger/plan_pick.c \
	src/ledger/record_breakdown.c \
	src/ledger/record_calls.c src/ledger/record_calls.h \
	src/ledger/record_calls_priv.h \
	src/ledger/record_events.c \
	src/ledger/record_rows.c \
	src/ledger/recover.c \
	src/ledger/run_close.c src/ledger/run_close.h \
	src/ledger/run_snapshot.c src/ledger/run_snapshot.h \
	src/ledger/seat.c src/ledger/seat.h \
	src/ledger/send.c src/ledger/send.h \
	src/ledger/share.c src/ledger/share.h \
	src/ledger/verify.c src/ledger/verify.h \
	src/ledger/verify_count.c src/ledger/verify_count.h \
	src/ledger/verify_sim_log.c \
	src/ledger/withdraw.c
