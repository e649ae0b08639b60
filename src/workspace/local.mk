# workspace: people, sign-in, bots and numbers, holidays, the hold, the audit log
noinst_LIBRARIES += libworkspace.a
libworkspace_a_SOURCES = \
	src/workspace/account.c src/workspace/account.h \
	src/workspace/audit.c \
	src/workspace/catalog.c src/workspace/catalog.h \
	src/workspace/holiday.c src/workspace/holiday.h \
	src/workspace/holiday_csv.c \
	src/workspace/own_account.c src/workspace/own_account.h \
	src/workspace/own_session.c src/workspace/own_session.h \
	src/workspace/password.c src/workspace/password.h \
	src/workspace/people.c src/workspace/people.h \
	src/workspace/person_link.c src/workspace/person_link.h \
	src/workspace/second_factor.c src/workspace/second_factor.h \
	src/workspace/sign_in.c src/workspace/sign_in.h \
	src/workspace/workspace_hold.c src/workspace/workspace_hold.h
