# workspace: people, sign-in, bots and numbers, holidays,
# do-not-call lists, the hold, the audit log
noinst_LIBRARIES += libworkspace.a
libworkspace_a_SOURCES = \
	src/workspace/account.c src/workspace/account.h \
	src/workspace/audit.c \
	src/workspace/catalog.c src/workspace/catalog.h \
	src/workspace/dnc.c src/workspace/dnc.h \
	src/workspace/dnc_csv.c \
	src/workspace/dnc_list.c \
	src/workspace/dnc_priv.h \
	src/workspace/dnc_sweep.c src/workspace/dnc_sweep.h \
	src/workspace/holiday.c src/workspace/holiday.h \
	src/workspace/holiday_csv.c \
	src/workspace/sign_in.c src/workspace/sign_in.h \
	src/workspace/workspace_hold.c src/workspace/workspace_hold.h
