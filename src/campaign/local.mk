# campaign: settings, schedule, lifecycle, the wizard, figures of a campaign
noinst_LIBRARIES += libcampaign.a
libcampaign_a_SOURCES = \
	src/campaign/call_id.c src/campaign/call_id.h \
	src/campaign/call_now.c src/campaign/call_now.h \
	src/campaign/call_result.c src/campaign/call_result.h \
	src/campaign/call_result_follow.c \
	src/campaign/call_result_priv.h \
	src/campaign/alarm.c src/campaign/alarm.h \
	src/campaign/audit_changes.c src/campaign/audit_changes.h \
	src/campaign/campaign.c src/campaign/campaign.h \
	src/campaign/campaign_import.c src/campaign/campaign_import.h \
	src/campaign/campaign_period.c src/campaign/campaign_period.h \
	src/campaign/caution.c src/campaign/caution.h \
	src/campaign/change.c \
	src/campaign/clone.c \
	src/campaign/create.c \
	src/campaign/delete.c \
	src/campaign/dial_state.c src/campaign/dial_state.h \
	src/campaign/dispositions.c src/campaign/dispositions.h \
	src/campaign/erasure.c src/campaign/erasure.h \
	src/campaign/erasure_dnc.c \
	src/campaign/erasure_filter.c \
	src/campaign/estimate.c src/campaign/estimate.h \
	src/campaign/event.c src/campaign/event.h \
	src/campaign/exclude.c src/campaign/exclude.h \
	src/campaign/exclusion.c src/campaign/exclusion.h \
	src/campaign/faults.c src/campaign/faults.h \
	src/campaign/figures.c src/campaign/figures.h \
	src/campaign/follow.c src/campaign/follow.h \
	src/campaign/gate.h \
	src/campaign/lifecycle.c src/campaign/lifecycle.h \
	src/campaign/lifecycle_apply.c \
	src/campaign/more_windows.c src/campaign/more_windows.h \
	src/campaign/not_reached.c src/campaign/not_reached.h \
	src/campaign/outcome.c src/campaign/outcome.h \
	src/campaign/phones.c src/campaign/phones.h \
	src/campaign/pool.c \
	src/campaign/repo.c src/campaign/repo.h \
	src/campaign/result_address.c src/campaign/result_address.h \
	src/campaign/retention.c src/campaign/retention.h \
	src/campaign/retry_delays.c src/campaign/retry_delays.h \
	src/campaign/run_counters.c src/campaign/run_counters.h \
	src/campaign/schedule.c src/campaign/schedule.h \
	src/campaign/settings_json.c \
	src/campaign/settings_read.c \
	src/campaign/setup.c \
	src/campaign/trigger.c src/campaign/trigger.h \
	src/campaign/trigger_add.c \
	src/campaign/trigger_priv.h \
	src/campaign/trigger_undo.c \
	src/campaign/window.c src/campaign/window.h \
	src/campaign/window_text.c src/campaign/window_text.h \
	src/campaign/wizard.c src/campaign/wizard.h \
	src/campaign/workspace_stats.c src/campaign/workspace_stats.h
libcampaign_a_CPPFLAGS = $(AM_CPPFLAGS) $(CJSON_CFLAGS)
