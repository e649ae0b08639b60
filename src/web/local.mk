# server: connections, requests, replies, routes, sessions; it knows no page
noinst_LIBRARIES += libserver.a
libserver_a_SOURCES = \
	src/web/server/api_request.c src/web/server/api_request.h \
	src/web/server/dnc_file.c src/web/server/dnc_file.h \
	src/web/server/fcgi_write.c src/web/server/fcgi_write.h \
	src/web/server/file_upload.c src/web/server/file_upload.h \
	src/web/server/idempotency.c src/web/server/idempotency.h \
	src/web/server/layout.c src/web/server/layout.h \
	src/web/server/liveness.c src/web/server/liveness.h \
	src/web/server/multipart.c src/web/server/multipart.h \
	src/web/server/page.c src/web/server/page.h \
	src/web/server/page_cache.c src/web/server/page_cache.h \
	src/web/server/reply.c src/web/server/reply.h \
	src/web/server/request.c src/web/server/request.h \
	src/web/server/return_path.c src/web/server/return_path.h \
	src/web/server/route.c src/web/server/route.h \
	src/web/server/serve.c src/web/server/serve.h \
	src/web/server/session.c src/web/server/session.h \
	src/web/server/session_copy.c src/web/server/session_copy.h \
	src/web/server/toast.c src/web/server/toast.h \
	src/web/server/trusted_header.c src/web/server/trusted_header.h \
	src/web/server/worker_generation.c src/web/server/worker_generation.h
libserver_a_CPPFLAGS = $(AM_CPPFLAGS) $(FCGI_CFLAGS)

# export: files that pages and the API answer with
noinst_LIBRARIES += libexport.a
libexport_a_SOURCES = \
	src/web/export/attempt_report.c src/web/export/attempt_report.h \
	src/web/export/cell.h \
	src/web/export/contact_export.c src/web/export/contact_export.h \
	src/web/export/csv_export.c src/web/export/csv_export.h \
	src/web/export/format.c src/web/export/format.h \
	src/web/export/xlsx_book.c src/web/export/xlsx_book.h \
	src/web/export/xlsx_whole.c src/web/export/xlsx_whole.h
libexport_a_CPPFLAGS = $(AM_CPPFLAGS) $(XLSX_CFLAGS) $(MINIZIP_CFLAGS)

# pages: one file a page, and what fills their templates
noinst_LIBRARIES += libpages.a
libpages_a_SOURCES = \
	src/web/pages/account.c \
	src/web/pages/api_keys.c \
	src/web/pages/auth.c src/web/pages/auth.h \
	src/web/pages/bulk_actions.c \
	src/web/pages/campaigns.c \
	src/web/pages/catalog.c \
	src/web/pages/catalog_page.c src/web/pages/catalog_page.h \
	src/web/pages/catalog_view.c src/web/pages/catalog_view.h \
	src/web/pages/detail.c src/web/pages/detail.h \
	src/web/pages/contacts_all.c \
	src/web/pages/dnc.c \
	src/web/pages/dnc_list.c \
	src/web/pages/dnc_request.c src/web/pages/dnc_request.h \
	src/web/pages/entry_form.c src/web/pages/entry_form.h \
	src/web/pages/fill_account.c src/web/pages/fill_account.h \
	src/web/pages/fill_api_keys.c src/web/pages/fill_api_keys.h \
	src/web/pages/alarms.c \
	src/web/pages/audit.c \
	src/web/pages/audit_export.c src/web/pages/audit_export.h \
	src/web/pages/audit_query.c src/web/pages/audit_query.h \
	src/web/pages/calls.c \
	src/web/pages/campaign_activity.c \
	src/web/pages/campaign_config.c \
	src/web/pages/campaign_contact.c \
	src/web/pages/campaign_contacts.c src/web/pages/campaign_contacts.h \
	src/web/pages/campaign_integration.c \
	src/web/pages/campaign_performance.c \
	src/web/pages/campaign_runs.c \
	src/web/pages/erasure.c \
	src/web/pages/fill_audit.c src/web/pages/fill_audit.h \
	src/web/pages/fill_calls.c src/web/pages/fill_calls.h \
	src/web/pages/fill_campaigns.c src/web/pages/fill_campaigns.h \
	src/web/pages/fill_figures.c src/web/pages/fill_figures.h \
	src/web/pages/fill_contact.c src/web/pages/fill_contact.h \
	src/web/pages/fill_minutes.c src/web/pages/fill_minutes.h \
	src/web/pages/fill_monitor.c src/web/pages/fill_monitor.h \
	src/web/pages/fill_pacing.c src/web/pages/fill_pacing.h \
	src/web/pages/fill_outcomes.c src/web/pages/fill_outcomes.h \
	src/web/pages/fill_performance.c \
	src/web/pages/fill_performance.h \
	src/web/pages/fill_runs.c src/web/pages/fill_runs.h \
	src/web/pages/fill_integration.c src/web/pages/fill_integration.h \
	src/web/pages/fill_config.c src/web/pages/fill_config.h \
	src/web/pages/fill_contacts.c src/web/pages/fill_contacts.h \
	src/web/pages/fill_catalog.c src/web/pages/fill_catalog.h \
	src/web/pages/fill_dnc.c src/web/pages/fill_dnc.h \
	src/web/pages/fill_factor.c src/web/pages/fill_factor.h \
	src/web/pages/fill_holidays.c src/web/pages/fill_holidays.h \
	src/web/pages/fill_list.c src/web/pages/fill_list.h \
	src/web/pages/fill_needs.c src/web/pages/fill_needs.h \
	src/web/pages/fill_pages.c src/web/pages/fill_pages.h \
	src/web/pages/fill_privacy.c src/web/pages/fill_privacy.h \
	src/web/pages/fill_state.c src/web/pages/fill_state.h \
	src/web/pages/fill_settings.c src/web/pages/fill_settings.h \
	src/web/pages/fill_users.c src/web/pages/fill_users.h \
	src/web/pages/fill_webhooks.c src/web/pages/fill_webhooks.h \
	src/web/pages/fill_wizard.c src/web/pages/fill_wizard.h \
	src/web/pages/fill_wizard_contacts.c \
	src/web/pages/fill_wizard_fields.c \
	src/web/pages/fill_wizard_review.c \
	src/web/pages/fill_wizard_summary.c \
	src/web/pages/hold.c \
	src/web/pages/holidays.c \
	src/web/pages/home.c \
	src/web/pages/invitation.c \
	src/web/pages/list.c src/web/pages/list.h \
	src/web/pages/list_columns.c src/web/pages/list_columns.h \
	src/web/pages/list_frame.c src/web/pages/list_frame.h \
	src/web/pages/list_query.c src/web/pages/list_query.h \
	src/web/pages/pages.c src/web/pages/pages.h \
	src/web/pages/second_factor.c \
	src/web/pages/retention.c \
	src/web/pages/settings.c \
	src/web/pages/sign_in_code.c src/web/pages/sign_in_code.h \
	src/web/pages/users.c \
	src/web/pages/viewer.c src/web/pages/viewer.h \
	src/web/pages/webhooks.c \
	src/web/pages/wizard.c \
	src/web/pages/wizard_form.c \
	src/web/pages/wizard_page.c src/web/pages/wizard_page.h \
	src/web/pages/wizard_request.c src/web/pages/wizard_request.h \
	src/web/pages/wizard_save.c src/web/pages/wizard_save.h \
	src/web/pages/wizard_upload.c src/web/pages/wizard_upload.h \
	src/web/pages/workspace.c

# api: one file a subject of /api/v1, and its description
noinst_LIBRARIES += libapi.a
libapi_a_SOURCES = \
	src/web/api/answer_codec.c src/web/api/answer_codec.h \
	src/web/api/api.c src/web/api/api.h \
	src/web/api/api_doc.c src/web/api/api_doc.h \
	src/web/api/attempt_schema.c src/web/api/attempt_schema.h \
	src/web/api/body_list.c src/web/api/body_list.h \
	src/web/api/campaign_api.c \
	src/web/api/campaign_schema.c src/web/api/campaign_schema.h \
	src/web/api/catalog_api.c \
	src/web/api/contact_api.c \
	src/web/api/contact_schema.c src/web/api/contact_schema.h \
	src/web/api/dnc_address.c src/web/api/dnc_address.h \
	src/web/api/dnc_api.c \
	src/web/api/dnc_file_api.c \
	src/web/api/dnc_schema.c src/web/api/dnc_schema.h \
	src/web/api/event_api.c \
	src/web/api/exclude_api.c \
	src/web/api/holiday_api.c \
	src/web/api/number_calls_api.c \
	src/web/api/openapi.c src/web/api/openapi.h \
	src/web/api/report_api.c \
	src/web/api/result_api.c \
	src/web/api/routes.c \
	src/web/api/schema.c src/web/api/schema.h \
	src/web/api/subjects.c \
	src/web/api/trigger_api.c \
	src/web/api/user_api.c \
	src/web/api/webhook_api.c

SERVER_LIBS = libserver.a $(VIEW_LIBS) $(ROOM_LIBS) $(FCGI_LIBS)
WEB_LIBS = libpages.a libapi.a libexport.a $(SERVER_LIBS) $(XLSX_LIBS) $(MINIZIP_LIBS)

bin_PROGRAMS += outdial-web
outdial_web_SOURCES = src/web/main.c
outdial_web_LDADD = $(WEB_LIBS)
