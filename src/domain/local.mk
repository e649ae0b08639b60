# domain: the product; no HTTP, no HTML, no carriers, no clocks
noinst_LIBRARIES += libdomain.a
libdomain_a_SOURCES = \
	src/domain/campaign.c src/domain/campaign.h \
	src/domain/campaign_change.c \
	src/domain/estimate.c src/domain/estimate.h \
	src/domain/campaign_clone.c \
	src/domain/campaign_create.c \
	src/domain/campaign_delete.c \
	src/domain/campaign_pool.c \
	src/domain/campaign_repo.c src/domain/campaign_repo.h \
	src/domain/campaign_setup.c \
	src/domain/figures.c src/domain/figures.h \
	src/domain/upload_now.c src/domain/upload_now.h \
	src/domain/wizard.c src/domain/wizard.h \
	src/domain/lifecycle.c src/domain/lifecycle.h \
	src/domain/lifecycle_apply.c \
	src/domain/outcome.c src/domain/outcome.h \
	src/domain/pulse.c src/domain/pulse.h \
	src/domain/schedule.c src/domain/schedule.h \
	src/domain/settings_json.c src/domain/settings_read.c \
	src/domain/window.c src/domain/window.h \
	src/domain/window_words.c src/domain/window_words.h \
libdomain_a_CPPFLAGS = $(AM_CPPFLAGS) $(CJSON_CFLAGS)
