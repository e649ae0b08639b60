# workspace: people, sign-in, API keys, bots and numbers, holidays, the hold, the audit log
noinst_LIBRARIES += libworkspace.a
libworkspace_a_SOURCES = \
	src/workspace/account.c src/workspace/account.h \
	src/workspace/api_key.c src/workspace/api_key.h \
	src/workspace/audit.c \
	src/workspace/catalog.c src/workspace/catalog.h \
	src/workspace/holiday.c src/workspace/holiday.h \
	src/workspace/holiday_csv.c \
	src/workspace/sign_in.c src/workspace/sign_in.h \
	src/workspace/workspace_hold.c src/workspace/workspace_hold.h
