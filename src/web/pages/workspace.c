/* The workspace itself: its name, time zone and default country. */
#include "workspace/workspace.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/zone.h"
#include "web/pages/catalog_view.h"
#include "web/pages/entry_form.h"
#include "web/pages/fill_catalog.h"
#include "web/pages/pages.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"
#include "workspace/workspace_hold.h"

static handler_fn show, change;

/* clang-format off */
const struct route workspace_routes[] = {
	/* method path            least role   handler arg prefetch, flags */
	{ GET,    WORKSPACE_PATH, ROLE_VIEWER, show,   0,  NULL, 0 },
	{ POST,   WORKSPACE_PATH, ROLE_ADMIN,  change, 0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* The zones of the tz database's table of places, and the one it has now. */
static void
offer_zones(struct form_input *in, struct arena *a)
{
	size_t count, n = 0;
	const char *const *names = zone_names(&count, a);
	struct form_choice *list =
		ARENA_ARRAY(a, count + 1, struct form_choice);
	bool known = false;

	for (size_t i = 0; i < count; i++)
		known |= strcmp(names[i], in->text) == 0;
	if (!known && zone_exists(in->text))
		list[n++] = (struct form_choice){ in->text, in->text };
	for (size_t i = 0; i < count; i++)
		list[n++] = (struct form_choice){ names[i], names[i] };
	in->choices = list;
	in->choice_count = n;
}

static void
offer_countries(struct form_input *in, struct arena *a)
{
	size_t count;
	struct country *all = workspace_countries(&count, a);
	struct form_choice *list =
		ARENA_ARRAY(a, count + 1, struct form_choice);

	for (size_t i = 0; i < count; i++)
		list[i] = (struct form_choice){
			all[i].code,
			arena_printf(a, "%s (%s)", all[i].name, all[i].code),
		};
	in->choices = list;
	in->choice_count = count;
}

struct workspace_form {
	struct workspace w;
	struct entry_form form;
	struct entry_page page;
};

static int
load(struct request *q, struct workspace_form *e, struct fault *f)
{
	bool may = q->session->account.role == ROLE_ADMIN;
	struct arena *a = q->arena;

	if (workspace_get(q->db, session_actor(q->session).workspace_id, &e->w,
			  a, f))
		return -1;
	entry_form_of(&e->form, &workspace_record, &e->w, a);
	entry_form_find(&e->form, "name")->label = "Name";
	offer_zones(entry_form_find(&e->form, "zone"), a);
	offer_countries(entry_form_find(&e->form, "country"), a);
	for (size_t i = 0; i < e->form.count; i++)
		e->form.inputs[i].fixed = !may;
	e->page = (struct entry_page){
		.heading = "Workspace",
		.name = "Workspace",
		.about = "What all people of the workspace share.",
		.back = SETTINGS_PATH,
		.action = WORKSPACE_PATH,
		.save = may ? "Save" : NULL,
		.csrf = q->session->csrf,
		.ver = e->w.ver,
		.form = &e->form,
		.arena = a,
	};
	return 0;
}

static int
reply_form(struct workspace_form *e, struct reply *r, struct fault *f)
{
	bool wrong = e->page.notice || entry_form_is_wrong(&e->form);
	struct page page = { .title = wrong ? "Error: Workspace" : "Workspace",
			     .tpl = "page_entry.tpl",
			     .fill = fill_entry,
			     .data = &e->page,
			     .wizard = true };

	return reply_page(r, &page, f);
}

/* GET .../workspace */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct workspace_form e;

	if (load(q, &e, f))
		return -1;
	return reply_form(&e, r, f);
}

static int
refuse(struct request *q, struct reply *r, struct workspace_form *e,
       struct fault *f)
{
	if (q->json)
		return -1;
	if (!entry_form_is_wrong(&e->form) && !entry_form_blame(&e->form, f)) {
		if (f->code != FAULT_CONFLICT)
			return -1;
		e->page.notice = arena_printf(
			q->arena,
			"%s Nothing was saved. These are your entries: save "
			"them again, or reload the page to see the stored "
			"ones.",
			f->text);
	}
	r->status = request_status(q, f);
	return reply_form(e, r, f);
}

/* POST .../workspace */
static int
change(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	const char *ver = pairs_get(&q->form, "ver");
	struct workspace_form e;

	q->failed = "Failed to save";
	if (load(q, &e, f))
		return -1;
	if (ver && text_int(ver, &e.w.ver))
		return request_refuse(q, 400, f, "This form is not valid.");
	if (entry_form_read(&e.form, q, &e.w, f) ||
	    workspace_change(q->db, &who, &e.w, q->arena, f))
		return refuse(q, r, &e, f);
	workspace_tell(q->db, q->redis, who.workspace_id);
	reply_toast(r, false, "Workspace saved",
		    "Open pages show it within a minute");
	reply_redirect(r, SETTINGS_PATH);
	return 0;
}
