# workspace: people, sign-in, bots and numbers, holidays, the hold, the audit log
noinst_LIBRARIES += libworkspace.a
libworkspace_a_SOURCES = \
	src/workspace/account.c src/workspace/account.h \
	src/workspace/audit.c \
	src/workspace/audit_log.c src/workspace/audit_log.h \
	src/workspace/catalog.c src/workspace/catalog.h \
	src/workspace/holiday.c src/workspace/holiday.h \
	src/workspace/holiday_csv.c \
	src/workspace/sign_in.c src/workspace/sign_in.h \
	src/workspace/workspace_hold.c src/workspace/workspace_hold.h
