# workspace: people, sign-in, API keys, bots and numbers, holidays,
# do-not-call lists, the hold, the audit log
noinst_LIBRARIES += libworkspace.a
libworkspace_a_SOURCES = \
	src/workspace/account.c src/workspace/account.h \
	src/workspace/api_key.c src/workspace/api_key.h \
	src/workspace/audit.c \
	src/workspace/bot.c src/workspace/bot.h src/workspace/bot_target.c \
	src/workspace/carrier.c src/workspace/carrier.h \
	src/workspace/audit_log.c src/workspace/audit_log.h \
	src/workspace/catalog.c src/workspace/catalog.h \
	src/workspace/dnc.c src/workspace/dnc.h \
	src/workspace/dnc_change.c \
	src/workspace/dnc_csv.c \
	src/workspace/dnc_list.c \
	src/workspace/dnc_priv.h \
	src/workspace/dnc_sweep.c src/workspace/dnc_sweep.h \
	src/workspace/holiday.c src/workspace/holiday.h \
	src/workspace/holiday_csv.c \
	src/workspace/needs.c src/workspace/needs.h \
	src/workspace/number.c src/workspace/number.h \
	src/workspace/number_lines.c \
	src/workspace/number_phone.c src/workspace/number_phone.h \
	src/workspace/own_account.c src/workspace/own_account.h \
	src/workspace/own_session.c src/workspace/own_session.h \
	src/workspace/password.c src/workspace/password.h \
	src/workspace/people.c src/workspace/people.h \
	src/workspace/person_link.c src/workspace/person_link.h \
	src/workspace/second_factor.c src/workspace/second_factor.h \
	src/workspace/sign_in.c src/workspace/sign_in.h \
	src/workspace/workspace.c src/workspace/workspace.h \
	src/workspace/workspace_hold.c src/workspace/workspace_hold.h
