/* How long a workspace keeps whom it called: all may read it, administrators
 * change it. */
#include "campaign/retention.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "web/pages/fill_privacy.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"

static handler_fn show, change;

/* clang-format off */
const struct route retention_routes[] = {
	/* method path            least role   handler arg prefetch, flags */
	{ GET,    RETENTION_PATH, ROLE_VIEWER, show,   0,  NULL, 0 },
	{ POST,   RETENTION_PATH, ROLE_ADMIN,  change, 0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

static int
reply_form(struct request *q, struct reply *r, struct retention_page *data,
	   struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct retention now;
	struct page page = { .title = data->wrong ? "Error: Data retention"
						  : "Data retention",
			     .tpl = "page_retention.tpl",
			     .fill = fill_retention,
			     .data = data,
			     .wizard = true };

	if (retention_load(q->db, q->session->account.workspace_id, &now, f))
		return -1;
	data->viewer = &viewer;
	data->csrf = q->session->csrf;
	data->keep_days = now.keep_days;
	return reply_page(r, &page, f);
}

/* GET .../retention */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct retention_page data = { .wrong = NULL };

	return reply_form(q, r, &data, f);
}

/* Shows a fault of the field at the field. */
static int
refuse(struct request *q, struct reply *r, const char *entered,
       struct fault *f)
{
	struct retention_page data = { .entered = entered };

	if (q->json ||
	    (strcmp(f->field, "keep_days") != 0 && f->code != FAULT_CONFLICT))
		return -1;
	data.wrong = arena_strdup(q->arena, f->text);
	r->status = request_status(q, f);
	return reply_form(q, r, &data, f);
}

/* POST .../retention */
static int
change(struct request *q, struct reply *r, struct fault *f)
{
	const char *days = pairs_get(&q->form, "keep_days");
	const char *seen = pairs_get(&q->form, "was");
	struct actor who = session_actor(q->session);
	struct retention was = { 0 }, set = { 0 };

	q->failed = "Failed to save";
	if (!seen || text_int(seen, &was.keep_days))
		return request_refuse(q, 400, f, "The form cannot be read.");
	if (field_set(&retention_record.fields[0], &set, days ? days : "",
		      q->arena, f) ||
	    retention_change(q->db, &who, &was, &set, q->arena, f))
		return refuse(q, r, days ? days : "", f);
	reply_toast(r, false, "Data retention saved", "");
	reply_redirect(r, RETENTION_PATH);
	return 0;
}
