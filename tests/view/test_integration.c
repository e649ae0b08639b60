/* How programs use a campaign. */
#include "campaign/campaign.h"
#include "tests/view/golden.h"
#include "web/pages/fill_integration.h"
#include "web/pages/viewer.h"

static struct viewer viewer = { .role = ROLE_ADMIN };
static const struct campaign campaign = { .id = 3,
					  .status = CAMPAIGN_RUNNING,
					  .set = { .name = "Spring <offer>" } };

int
main(void)
{
	const struct integration data = { .c = &campaign,
					  .viewer = &viewer,
					  .site = "https://example.com" };
	struct fault f = { 0 };

	arena = arena_new();
	viewer.arena = arena;
	if (!ok(view_load(TEMPLATES, "/static/0123456789ab", &f) == 0,
		"every template loads"))
		printf("# %s\n", f.text);
	example("integration", "page_integration.tpl", fill_integration, &data);
	viewer.role = ROLE_VIEWER;
	example("integration-viewer", "page_integration.tpl", fill_integration,
		&data);
	agree("page_integration.tpl");
	arena_free(arena);
	buf_free(&filled);
	return tap_done();
}
