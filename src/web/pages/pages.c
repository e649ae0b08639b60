/* All pages: their routes, their templates, and what they need at the start. */
#include "web/pages/pages.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "view/view.h"
#include "web/pages/auth.h"
#include "web/server/reply.h"
#include "web/server/route.h"

const struct route *const page_routes[] = {
	home_routes,
	auth_routes,
	bulk_routes,
	wizard_routes,
	campaign_routes,
	detail_routes,
	contact_routes,
	performance_routes,
	contacts_all_routes,
	contacts_routes,
	run_routes,
	call_routes,
	activity_routes,
	config_routes,
	integration_routes,
	hold_routes,
	alarm_routes,
	settings_routes,
	holiday_routes,
	catalog_routes,
	workspace_routes,
	user_routes,
	account_routes,
	factor_routes,
	code_routes,
	invitation_routes,
	api_key_routes,
	webhook_routes,
	audit_routes,
	retention_routes,
	erasure_routes,
	dnc_routes,
	dnc_list_routes,
	NULL,
};

/* All templates; a reload expands each of them. */
static const char *const templates[] = {
	"layout.tpl",
	"page_account.tpl",
	"page_activity.tpl",
	"page_api_keys.tpl",
	"page_audit.tpl",
	"page_calls.tpl",
	"page_campaign.tpl",
	"page_campaigns.tpl",
	"page_catalog.tpl",
	"page_code.tpl",
	"page_contact.tpl",
	"page_contacts.tpl",
	"page_config.tpl",
	"page_confirm.tpl",
	"page_entry.tpl",
	"page_erasure.tpl",
	"page_dnc.tpl",
	"page_dnc_list.tpl",
	"page_error.tpl",
	"page_factor.tpl",
	"page_holidays.tpl",
	"page_integration.tpl",
	"page_invitation.tpl",
	"page_login.tpl",
	"page_recovery.tpl",
	"page_retention.tpl",
	"page_performance.tpl",
	"page_runs.tpl",
	"page_settings.tpl",
	"page_user.tpl",
	"page_user_link.tpl",
	"page_users.tpl",
	"page_webhook.tpl",
	"page_webhooks.tpl",
	"page_wizard.tpl",
	"page_wizard_resume.tpl",
	"part_audit_entries.tpl",
	"part_banner.tpl",
	"part_campaign.tpl",
	"part_campaign_head.tpl",
	"part_campaign_list.tpl",
	"part_campaign_row.tpl",
	"part_campaign_tabs.tpl",
	"part_form_field.tpl",
	"part_figures.tpl",
	"part_minutes.tpl",
	"part_needs.tpl",
	"part_code_c.tpl",
	"part_code_curl.tpl",
	"part_code_javascript.tpl",
	"part_code_python.tpl",
	"part_dnc_input.tpl",
	"part_outcomes.tpl",
	"part_summary.tpl",
	"part_time.tpl",
	"part_toast.tpl",
	"part_trail.tpl",
	"part_trail_row.tpl",
	"part_webhook_fields.tpl",
	"part_webhook_secret.tpl",
	"part_wizard_contacts.tpl",
	"part_wizard_field.tpl",
	"part_wizard_numbers.tpl",
	"part_wizard_review.tpl",
	"part_wizard_review_section.tpl",
	"part_wizard_summary.tpl",
};

static void
fill_slot(struct view *v, const void *slot)
{
	view_html(v, "SUMMARY", slot);
	view_html(v, "LIST", slot);
}

/* A missing template must stop a reload, as a broken one does. */
static int
try_templates(struct fault *f)
{
	struct buf text = BUF_INIT;
	int failed = 0;

	for (size_t i = 0; i < ARRAY_LEN(templates) && !failed; i++)
		failed = view_expand(templates[i], fill_slot, REPLY_SLOT, &text,
				     f);
	if (!failed &&
	    strchr(text.data, *REPLY_SLOT) == strrchr(text.data, *REPLY_SLOT))
		failed = fault_set(f, FAULT_BROKEN,
				   "The template page_campaigns.tpl lacks "
				   "{{SUMMARY:none}} or {{LIST:none}}.");
	buf_free(&text);
	return failed;
}

int
pages_load(struct fault *f)
{
	if (try_templates(f))
		return -1;
	auth_open();
	return 0;
}
