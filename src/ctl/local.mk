# outdial: the administrator's command
bin_PROGRAMS += outdial
outdial_SOURCES = \
	src/ctl/api_keys.c \
	src/ctl/campaign_show.c \
	src/ctl/campaigns.c \
	src/ctl/catalog.c \
	src/ctl/check.c \
	src/ctl/commands.c \
	src/ctl/ctl.h \
	src/ctl/dnc.c \
	src/ctl/file_source.c src/ctl/file_source.h \
	src/ctl/holidays.c \
	src/ctl/import_file.c \
	src/ctl/install.c \
	src/ctl/lists.c \
	src/ctl/main.c \
	src/ctl/options.c \
	src/ctl/password.c src/ctl/password.h \
	src/ctl/people.c \
	src/ctl/record.c \
	src/ctl/person.c \
	src/ctl/retention.c \
	src/ctl/shared.c \
	src/ctl/table.c src/ctl/table.h \
	src/ctl/users.c \
	src/ctl/webhooks.c \
	src/ctl/workspace.c
outdial_LDADD = $(ROOM_LIBS)
