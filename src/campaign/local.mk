# campaign: settings, schedule, lifecycle, the wizard, figures of a campaign
noinst_LIBRARIES += libcampaign.a
libcampaign_a_SOURCES = \
	src/campaign/campaign.c src/campaign/campaign.h \
	src/campaign/campaign_import.c src/campaign/campaign_import.h \
	src/campaign/change.c \
	src/campaign/clone.c \
	src/campaign/create.c \
	src/campaign/delete.c \
	src/campaign/estimate.c src/campaign/estimate.h \
	src/campaign/exclusion.c src/campaign/exclusion.h \
	src/campaign/faults.c src/campaign/faults.h \
	src/campaign/figures.c src/campaign/figures.h \
	src/campaign/lifecycle.c src/campaign/lifecycle.h \
	src/campaign/lifecycle_apply.c \
	src/campaign/more_windows.c src/campaign/more_windows.h \
	src/campaign/outcome.c src/campaign/outcome.h \
	src/campaign/pool.c \
	src/campaign/repo.c src/campaign/repo.h \
	src/campaign/retry_delays.c src/campaign/retry_delays.h \
	src/campaign/retry_dispositions.c \
	src/campaign/retry_dispositions.h \
	src/campaign/schedule.c src/campaign/schedule.h \
	src/campaign/settings_json.c \
	src/campaign/settings_read.c \
	src/campaign/setup.c \
	src/campaign/window.c src/campaign/window.h \
	src/campaign/window_text.c src/campaign/window_text.h \
	src/campaign/wizard.c src/campaign/wizard.h \
	src/campaign/workspace_stats.c src/campaign/workspace_stats.h
libcampaign_a_CPPFLAGS = $(AM_CPPFLAGS) $(CJSON_CFLAGS)
