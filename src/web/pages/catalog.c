/* Bots, carriers and numbers: all may read the lists, administrators change
 * them.  The argument of a route is the place (catalog_view.h). */
#include "workspace/catalog.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "web/pages/catalog_page.h"
#include "web/pages/catalog_view.h"
#include "web/pages/fill_catalog.h"
#include "web/pages/fill_pages.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/return_path.h"
#include "web/server/route.h"
#include "web/server/session.h"
#include "workspace/needs.h"
#include "workspace/workspace_hold.h"

#define PAGE_ROWS 50

static handler_fn show_list, show_new, add, add_numbers, show_one, change,
	enable, disable, drop;

/* clang-format off */
const struct route catalog_routes[] = {
	/* method path                     least role   handler arg prefetch, flags */
	{ GET,    BOTS_PATH,               ROLE_VIEWER, show_list, PLACE_BOTS, NULL, 0 },
	{ POST,   BOTS_PATH,               ROLE_ADMIN,  add, PLACE_BOTS, NULL, 0 },
	{ GET,    BOTS_PATH "/new",        ROLE_ADMIN,  show_new, PLACE_BOTS, NULL, 0 },
	{ GET,    BOTS_PATH "/:id",        ROLE_ADMIN,  show_one, PLACE_BOTS, NULL, 0 },
	{ POST,   BOTS_PATH "/:id",        ROLE_ADMIN,  change, PLACE_BOTS, NULL, 0 },
	{ POST,   BOTS_PATH "/:id/remove", ROLE_ADMIN,  drop, PLACE_BOTS, NULL, 0 },

	{ GET,    CARRIERS_PATH,           ROLE_VIEWER, show_list, PLACE_CARRIERS, NULL, 0 },
	{ POST,   CARRIERS_PATH,           ROLE_ADMIN,  add, PLACE_CARRIERS, NULL, 0 },
	{ GET,    CARRIERS_PATH "/new",    ROLE_ADMIN,  show_new, PLACE_CARRIERS, NULL, 0 },
	{ GET,    CARRIERS_PATH "/:id",    ROLE_ADMIN,  show_one, PLACE_CARRIERS, NULL, 0 },
	{ POST,   CARRIERS_PATH "/:id",    ROLE_ADMIN,  change, PLACE_CARRIERS, NULL, 0 },
	{ POST,   CARRIERS_PATH "/:id/enable", ROLE_ADMIN, enable, PLACE_CARRIERS, NULL, 0 },
	{ POST,   CARRIERS_PATH "/:id/disable", ROLE_ADMIN, disable, PLACE_CARRIERS, NULL, 0 },
	{ POST,   CARRIERS_PATH "/:id/remove", ROLE_ADMIN, drop, PLACE_CARRIERS, NULL, 0 },

	{ GET,    NUMBERS_PATH,            ROLE_VIEWER, show_list, PLACE_NUMBERS, NULL, 0 },
	{ POST,   NUMBERS_PATH,            ROLE_ADMIN,  add_numbers, PLACE_NUMBERS, NULL, ROUTE_LONG_FORM },
	{ GET,    NUMBERS_PATH "/new",     ROLE_ADMIN,  show_new, PLACE_NUMBERS, NULL, 0 },
	{ GET,    NUMBERS_PATH "/:id",     ROLE_ADMIN,  show_one, PLACE_NUMBERS, NULL, 0 },
	{ POST,   NUMBERS_PATH "/:id",     ROLE_ADMIN,  change, PLACE_NUMBERS, NULL, 0 },
	{ POST,   NUMBERS_PATH "/:id/enable", ROLE_ADMIN, enable, PLACE_NUMBERS, NULL, 0 },
	{ POST,   NUMBERS_PATH "/:id/disable", ROLE_ADMIN, disable, PLACE_NUMBERS, NULL, 0 },
	{ POST,   NUMBERS_PATH "/:id/remove", ROLE_ADMIN, drop, PLACE_NUMBERS, NULL, 0 },
	{ 0 }
};
/* clang-format on */

static const struct catalog_view *
view_of(const struct request *q)
{
	return &catalog_views[q->route->arg];
}

/* "bot" becomes "Bot added". */
static const char *
said(const struct request *q, const char *done)
{
	char *text =
		arena_printf(q->arena, "%s %s", view_of(q)->kind->word, done);

	*text -= 'a' - 'A';
	return text;
}

static int
changed(struct request *q, struct reply *r, const char *text,
	const char *detail)
{
	workspace_tell(q->db, q->redis, session_actor(q->session).workspace_id);
	reply_toast(r, false, text, detail);
	reply_redirect(r, view_of(q)->path);
	return 0;
}

/* --- The list ----------------------------------------------------------- */

/* What of the rows is counted: their uses, and the diallers of carriers. */
static int
count_uses(struct request *q, const struct catalog_list *list,
	   struct catalog_row *rows, struct fault *f)
{
	const struct catalog_kind *k = view_of(q)->kind;
	int64_t workspace = session_actor(q->session).workspace_id;

	for (size_t i = 0; i < list->count; i++) {
		struct catalog_row *row = &rows[i];
		struct carrier_nodes nodes = { .count = 0 };
		struct catalog_id of;

		row->entry = (const char *)list->rows + i * k->size;
		row->id = *(const int64_t *)row->entry;
		of = (struct catalog_id){ workspace, row->id };
		if (catalog_use_count(q->db, k, of, &row->uses, f) ||
		    (k == &catalog_carriers &&
		     carrier_nodes(q->db, workspace, row->id, &nodes, q->arena,
				   f)))
			return -1;
		row->nodes = (int64_t)nodes.count;
	}
	return 0;
}

/* The address of the page after the last row. */
static const char *
next_page(struct request *q, const struct catalog_list *list)
{
	const struct catalog_view *v = view_of(q);
	const char *last =
		(const char *)list->rows + (list->count - 1) * v->kind->size;
	const struct field *key = record_find(v->kind->entered, v->kind->key);

	if (!list->more)
		return NULL;
	return arena_printf(
		q->arena, "%s?after=%s&id=%" PRId64, v->path,
		text_url_encode(q->arena, field_text(key, last, q->arena)),
		*(const int64_t *)(const void *)last);
}

/* GET .../bots?after=NAME&id=4 */
static int
show_list(struct request *q, struct reply *r, struct fault *f)
{
	int64_t workspace = session_actor(q->session).workspace_id;
	const char *after = pairs_get(&q->query, "after");
	const char *id = pairs_get(&q->query, "id");
	struct catalog_list list = { .after = after ? after : "",
				     .most = PAGE_ROWS };
	struct viewer viewer = viewer_of(q);
	struct catalog_page data = { .view = view_of(q), .viewer = &viewer };
	struct page page = { .title = data.view->title,
			     .tpl = "page_catalog.tpl",
			     .fill = fill_catalog,
			     .data = &data,
			     .wizard = true };
	struct catalog_row *rows;
	struct needs needs;

	if (id && text_int(id, &list.after_id))
		return request_refuse(q, 400, f, "There is no such page.");
	if (catalog_list(q->db, data.view->kind, workspace, &list, q->arena,
			 f) ||
	    needs_read(q->db, workspace, &needs, q->arena, f))
		return -1;
	rows = ARENA_ARRAY(q->arena, list.count + 1, struct catalog_row);
	if (count_uses(q, &list, rows, f))
		return -1;
	data.rows = rows;
	data.count = list.count;
	data.first = !*list.after;
	data.next = list.count ? next_page(q, &list) : NULL;
	data.needs = &needs;
	return reply_page(r, &page, f);
}

/* --- Adding ------------------------------------------------------------- */

/* GET .../bots/new */
static int
show_new(struct request *q, struct reply *r, struct fault *f)
{
	struct catalog_edit e;

	if (catalog_edit_new(q, view_of(q), &e, f))
		return -1;
	return catalog_edit_show(&e, r, f);
}

/* POST .../bots */
static int
add(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct catalog_edit e;

	q->failed = "Failed to add";
	if (catalog_edit_new(q, view_of(q), &e, f))
		return -1;
	if (entry_form_read(&e.form, q, &e.entry, f) ||
	    catalog_add(q->db, &who, e.view->kind, &e.entry, q->arena, f))
		return catalog_edit_refuse(&e, r, f);
	return changed(q, r, said(q, "added"),
		       e.view->name(&e.entry, q->arena));
}

/* POST .../numbers: one a line */
static int
add_numbers(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct number_lines lines;
	struct catalog_edit e;

	q->failed = "Failed to add";
	if (catalog_edit_new(q, view_of(q), &e, f))
		return -1;
	if (entry_form_read(&e.form, q, &e.entry, f))
		return catalog_edit_refuse(&e, r, f);
	lines = (struct number_lines){
		.model = e.entry.number,
		.text = entry_form_find(&e.form, "phone")->text,
	};
	if (numbers_add(q->db, &who, &lines, q->arena, f)) {
		e.page.faults = lines.faults;
		e.page.fault_count = lines.fault_count;
		return catalog_edit_refuse(&e, r, f);
	}
	return changed(q, r,
		       arena_printf(q->arena, "%zu number%s added", lines.added,
				    text_plural((int64_t)lines.added)),
		       "");
}

/* --- One entry ---------------------------------------------------------- */

/* GET .../bots/4 */
static int
show_one(struct request *q, struct reply *r, struct fault *f)
{
	struct catalog_edit e;

	if (catalog_edit_load(q, view_of(q), &e, f))
		return -1;
	return catalog_edit_show(&e, r, f);
}

/* POST .../bots/4 */
static int
change(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	const char *ver = pairs_get(&q->form, "ver");
	struct catalog_edit e;

	q->failed = "Failed to save";
	if (catalog_edit_load(q, view_of(q), &e, f))
		return -1;
	e.entry.bot.ver = VER_ANY;
	if (ver && text_int(ver, &e.entry.bot.ver))
		return request_refuse(q, 400, f, "This form is not valid.");
	if (entry_form_read(&e.form, q, &e.entry, f) ||
	    catalog_change(q->db, &who, e.view->kind, &e.entry, q->arena, f))
		return catalog_edit_refuse(&e, r, f);
	return changed(q, r, said(q, "saved"),
		       e.view->name(&e.entry, q->arena));
}

/* Without JavaScript the confirmation is a page of its own. */
static int
ask(const struct catalog_edit *e, struct reply *r, const char *title,
    const char *question, struct fault *f)
{
	struct request *q = e->q;
	const char *name = e->view->name(&e->entry, q->arena);
	bool removes = question == e->view->ask_remove;
	struct confirm_page data = {
		.action = q->target,
		.ask = question,
		.what = name,
		.icon = removes ? "trash-2" : "pause",
		.grave = true,
		.csrf = q->session->csrf,
		.back = return_path_of(q),
		.arena = q->arena,
	};
	struct page page = { .title = arena_printf(q->arena, "%s, %s", title,
						   name),
			     .tpl = "page_confirm.tpl",
			     .fill = fill_confirm,
			     .data = &data };

	return reply_page(r, &page, f);
}

/* Why it stays as it is: a toast on the page that the person came from. */
static int
refuse(struct request *q, struct reply *r, struct fault *f)
{
	if (q->json || f->code != FAULT_CONFLICT)
		return -1;
	reply_toast(r, true, q->failed, f->text);
	reply_redirect(r, return_path_of(q));
	return 0;
}

static int
flip(struct request *q, struct reply *r, bool on, struct fault *f)
{
	struct actor who = session_actor(q->session);
	const char *sure = pairs_get(&q->form, "confirm");
	struct catalog_switch s = { .on = on };
	struct catalog_edit e;

	q->failed = on ? "Failed to enable" : "Failed to disable";
	if (catalog_edit_load(q, view_of(q), &e, f))
		return -1;
	if (!on && !sure)
		return ask(&e, r, "Disable", e.view->ask_disable, f);
	if (!on && strcmp(sure, "1") != 0) {
		reply_redirect(r, return_path_of(q));
		return 0;
	}
	s.id = e.entry.bot.id;
	if (catalog_enable(q->db, &who, e.view->kind, &s, q->arena, f))
		return refuse(q, r, f);
	workspace_tell(q->db, q->redis, who.workspace_id);
	reply_toast(r, false, said(q, on ? "enabled" : "disabled"),
		    e.view->name(&e.entry, q->arena));
	reply_redirect(r, return_path_of(q));
	return 0;
}

/* POST .../carriers/4/enable */
static int
enable(struct request *q, struct reply *r, struct fault *f)
{
	return flip(q, r, true, f);
}

/* POST .../carriers/4/disable */
static int
disable(struct request *q, struct reply *r, struct fault *f)
{
	return flip(q, r, false, f);
}

/* POST .../bots/4/remove; of a number perhaps with ?drafts=1 */
static int
drop(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	const char *sure = pairs_get(&q->form, "confirm");
	const char *drafts = pairs_get(&q->query, "drafts");
	struct catalog_removal m = { .from_drafts =
					     drafts && !strcmp(drafts, "1") };
	struct catalog_edit e;

	q->failed = "Failed to remove";
	if (catalog_edit_load(q, view_of(q), &e, f))
		return -1;
	if (!sure)
		return ask(&e, r, "Remove", e.view->ask_remove, f);
	if (strcmp(sure, "1") != 0) {
		reply_redirect(r, return_path_of(q));
		return 0;
	}
	m.id = e.entry.bot.id;
	if (catalog_remove(q->db, &who, e.view->kind, &m, q->arena, f))
		return refuse(q, r, f);
	return changed(q, r, said(q, "removed"),
		       e.view->name(&e.entry, q->arena));
}
