# domain: the product; no HTTP, no HTML, no carriers, no clocks
noinst_LIBRARIES += libdomain.a
libdomain_a_SOURCES = \
	src/domain/account.c src/domain/account.h \
	src/domain/audit.c \
	src/domain/campaign.c src/domain/campaign.h \
	src/domain/campaign_change.c \
	src/domain/estimate.c src/domain/estimate.h \
	src/domain/campaign_clone.c \
	src/domain/campaign_create.c \
	src/domain/campaign_delete.c \
	src/domain/campaign_pool.c \
	src/domain/campaign_repo.c src/domain/campaign_repo.h \
	src/domain/campaign_setup.c \
	src/domain/catalog.c src/domain/catalog.h \
	src/domain/config.c src/domain/config.h \
	src/domain/figures.c src/domain/figures.h \
	src/domain/grants.c src/domain/grants.h \
	src/domain/hold.c src/domain/hold.h \
	src/domain/holiday.c src/domain/holiday.h \
	src/domain/holiday_csv.c \
	src/domain/upload_now.c src/domain/upload_now.h \
	src/domain/wizard.c src/domain/wizard.h \
	src/domain/installation.c src/domain/installation.h \
	src/domain/lifecycle.c src/domain/lifecycle.h \
	src/domain/lifecycle_apply.c \
	src/domain/outcome.c src/domain/outcome.h \
	src/domain/pulse.c src/domain/pulse.h \
	src/domain/schedule.c src/domain/schedule.h \
	src/domain/settings_json.c src/domain/settings_read.c \
	src/domain/stmt.c src/domain/stmt.h \
	src/domain/wake.c src/domain/wake.h \
	src/domain/sign_in.c src/domain/sign_in.h \
	src/domain/window.c src/domain/window.h \
	src/domain/window_words.c src/domain/window_words.h \
	src/domain/zones.c src/domain/zones.h
libdomain_a_CPPFLAGS = $(AM_CPPFLAGS) $(CJSON_CFLAGS)
