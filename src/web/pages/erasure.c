/* Erases one person everywhere: administrators ask for it, the dialler does
 * it. */
#include "campaign/erasure.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "web/pages/fill_privacy.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"

static handler_fn show, ask;

/* clang-format off */
const struct route erasure_routes[] = {
	/* method path          least role  handler arg prefetch, flags */
	{ GET,    ERASURE_PATH, ROLE_ADMIN, show,   0,  NULL, 0 },
	{ POST,   ERASURE_PATH, ROLE_ADMIN, ask,    0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

static int
reply_form(struct request *q, struct reply *r, struct erasure_page *data,
	   struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct erasure *list;
	struct page page = { .title = data->wrong || data->unsure
					      ? "Error: Erase a person"
					      : "Erase a person",
			     .tpl = "page_erasure.tpl",
			     .fill = fill_erasure,
			     .data = data,
			     .wizard = true };

	if (erasure_list(q->db, q->session->account.workspace_id, &list,
			 &data->count, q->arena, f))
		return -1;
	data->list = list;
	data->viewer = &viewer;
	data->csrf = q->session->csrf;
	return reply_page(r, &page, f);
}

/* GET .../erasure */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct erasure_page data = { .phone = "" };

	return reply_form(q, r, &data, f);
}

/* POST .../erasure: the same number twice is one erasure */
static int
ask(struct request *q, struct reply *r, struct fault *f)
{
	const char *phone = pairs_get(&q->form, "phone");
	const char *sure = pairs_get(&q->form, "sure");
	struct actor who = session_actor(q->session);
	struct erasure_page data = { .phone = phone ? phone : "" };
	int64_t id;

	q->failed = "Failed to erase";
	if (!sure || strcmp(sure, "1") != 0) {
		fault_field(f, "sure", "Confirm that this person shall be "
				       "erased.");
		data.unsure = arena_strdup(q->arena, f->text);
	} else if (erasure_begin(q->db, &who, data.phone, &id, q->arena, f)) {
		if (strcmp(f->field, "phone") != 0)
			return -1;
		data.wrong = arena_strdup(q->arena, f->text);
	}
	if (data.unsure || data.wrong) {
		if (q->json)
			return -1;
		r->status = request_status(q, f);
		return reply_form(q, r, &data, f);
	}
	reply_toast(r, false, "Erasing this person", "");
	reply_redirect(r, ERASURE_PATH);
	return 0;
}
