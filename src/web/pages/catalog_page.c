#include "web/pages/catalog_page.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/session.h"

static const char *
capital(const char *text, struct arena *a)
{
	char *copy = arena_strdup(a, text);

	if (*copy >= 'a' && *copy <= 'z')
		*copy -= 'a' - 'A';
	return copy;
}

/* The carriers that a number can belong to. */
static int
offer_carriers(struct catalog_edit *e, struct fault *f)
{
	struct request *q = e->q;
	struct form_input *in = entry_form_find(&e->form, "carrier_id");
	struct form_choice *choices;
	struct carrier_row *list;
	size_t count;

	if (workspace_carriers(q->db, session_actor(q->session).workspace_id,
			       &list, &count, q->arena, f))
		return -1;
	choices = ARENA_ARRAY(q->arena, count + 1, struct form_choice);
	for (size_t i = 0; i < count; i++)
		choices[i] = (struct form_choice){
			arena_printf(q->arena, "%" PRId64, list[i].id),
			list[i].name,
		};
	in->choices = choices;
	in->choice_count = count;
	in->choose = count == 1 ? NULL : "Choose a carrier";
	if (count == 0) {
		e->page.lacks = "A number belongs to a carrier, and there is "
				"none yet.";
		e->page.lacks_href = CARRIERS_PATH "/new";
		e->page.lacks_label = catalog_views[PLACE_CARRIERS].add;
	}
	return 0;
}

static void
offer_kinds(struct catalog_edit *e)
{
	struct arena *a = e->q->arena;
	struct form_input *in = entry_form_find(&e->form, "kind");
	struct form_choice *choices =
		ARENA_ARRAY(a, CARRIER_KIND_MAX, struct form_choice);

	for (int i = 0; i < CARRIER_KIND_MAX; i++)
		choices[i] = (struct form_choice){
			carrier_kind_words[i],
			capital(carrier_kind_title((enum carrier_kind)i), a),
		};
	in->choices = choices;
	in->choice_count = CARRIER_KIND_MAX;
	in->fixed = e->entry.bot.id != 0;
}

/* What a number's form has of its own: "+" before the digits of one, or many
 * lines. */
static void
dress_phone(struct catalog_edit *e)
{
	struct form_input *in = entry_form_find(&e->form, "phone");

	if (e->entry.bot.id) {
		in->text = e->view->name(&e->entry, e->q->arena);
		return;
	}
	in->lines = true;
	in->label = "Numbers";
	in->help =
		"One number a line, at most 1,000, such as +44 20 7946 0000. "
		"A label may follow after a comma.";
}

/* A new entry's labels are in its lines. */
static void
leave_out(struct entry_form *form, const struct form_input *in)
{
	size_t at = (size_t)(in - form->inputs);

	form->count--;
	for (; at < form->count; at++)
		form->inputs[at] = form->inputs[at + 1];
}

/* A carrier that is there shows what its kind has. */
static void
dress_carrier(struct catalog_edit *e)
{
	static const char *const only[] = { "user", "secret",  "dial",
					    "plus", "message", "amd" };

	offer_kinds(e);
	if (!e->entry.bot.id || e->entry.carrier.kind == CARRIER_AMI)
		return;
	for (size_t i = 0; i < ARRAY_LEN(only); i++)
		leave_out(&e->form, entry_form_find(&e->form, only[i]));
}

static int
dress(struct catalog_edit *e, struct fault *f)
{
	const struct catalog_kind *k = e->view->kind;

	entry_form_of(&e->form, k->entered, &e->entry, e->q->arena);
	if (k == &catalog_carriers)
		dress_carrier(e);
	if (k != &catalog_numbers)
		return 0;
	dress_phone(e);
	if (!e->entry.bot.id)
		leave_out(&e->form, entry_form_find(&e->form, "label"));
	return offer_carriers(e, f);
}

/* What all pages of a kind say. */
static void
begin(struct request *q, const struct catalog_view *v, struct catalog_edit *e)
{
	*e = (struct catalog_edit){ .q = q, .view = v };
	e->page = (struct entry_page){
		.about = v->about,
		.path = v->path,
		.list = v->title,
		.back = v->path,
		.csrf = q->session->csrf,
		.arena = q->arena,
	};
}

int
catalog_edit_new(struct request *q, const struct catalog_view *v,
		 struct catalog_edit *e, struct fault *f)
{
	begin(q, v, e);
	e->page.heading = e->page.name = v->add;
	e->page.action = v->path;
	e->page.save = "Add";
	record_defaults(v->kind->entered, &e->entry, q->arena);
	if (v->kind == &catalog_numbers)
		e->entry.number.phone = "";
	return dress(e, f);
}

static void
add_act(struct catalog_edit *e, struct entry_act act)
{
	e->acts[e->page.act_count++] = act;
	e->page.acts = e->acts;
}

static void
offer_acts(struct catalog_edit *e, bool used)
{
	const struct catalog_view *v = e->view;
	struct arena *a = e->q->arena;
	const char *at =
		arena_printf(a, "%s/%" PRId64, v->path, e->entry.bot.id);

	if (v->can_switch && catalog_is_on(v, &e->entry))
		add_act(e, (struct entry_act){
				   arena_printf(a, "%s/disable", at), "Disable",
				   "pause", "stop", v->ask_disable });
	else if (v->can_switch)
		add_act(e,
			(struct entry_act){ arena_printf(a, "%s/enable", at),
					    "Enable", "play", "start", NULL });
	add_act(e,
		(struct entry_act){ arena_printf(a, "%s/remove", at), "Remove",
				    "trash-2", "delete", v->ask_remove });
	if (used && v->kind->stmt.leave_drafts)
		add_act(e, (struct entry_act){
				   arena_printf(a, "%s/remove?drafts=1", at),
				   "Remove, and from drafts that never ran",
				   "trash-2", "delete", v->ask_remove });
}

/* What uses it, who reaches it, and what can be done with it. */
static int
look_around(struct catalog_edit *e, struct fault *f)
{
	struct request *q = e->q;
	struct catalog_id of = { session_actor(q->session).workspace_id,
				 e->entry.bot.id };
	const struct catalog_kind *k = e->view->kind;
	struct carrier_nodes nodes;
	struct catalog_uses uses;

	if (catalog_uses(q->db, k, of, &uses, q->arena, f))
		return -1;
	e->page.use_heading = e->view->use_heading;
	e->page.uses = uses.count ? uses.names : "None";
	offer_acts(e, uses.count > 0);
	if (k != &catalog_carriers)
		return 0;
	if (carrier_nodes(q->db, of.workspace_id, of.id, &nodes, q->arena, f))
		return -1;
	e->page.nodes = nodes.list;
	e->page.node_count = nodes.count;
	return 0;
}

int
catalog_edit_load(struct request *q, const struct catalog_view *v,
		  struct catalog_edit *e, struct fault *f)
{
	struct catalog_id of = {
		.workspace_id = session_actor(q->session).workspace_id
	};

	begin(q, v, e);
	if (text_int(q->segment, &of.id) || of.id <= 0)
		return fault_set(f, FAULT_ABSENT, "There is no such %s.",
				 v->kind->word);
	if (catalog_get(q->db, v->kind, of, &e->entry, q->arena, f))
		return -1;
	e->page.heading = e->page.name = v->name(&e->entry, q->arena);
	e->page.action = arena_printf(q->arena, "%s/%" PRId64, v->path, of.id);
	e->page.save = "Save";
	e->page.ver = e->entry.bot.ver;
	return dress(e, f) || look_around(e, f) ? -1 : 0;
}

int
catalog_edit_show(struct catalog_edit *e, struct reply *r, struct fault *f)
{
	bool wrong = e->page.notice || entry_form_is_wrong(&e->form);
	struct page page = { .title =
				     arena_printf(e->q->arena, "%s%s, %s",
						  wrong ? "Error: " : "",
						  e->page.name, e->view->title),
			     .tpl = "page_entry.tpl",
			     .fill = fill_entry,
			     .data = &e->page,
			     .wizard = true };

	e->page.form = &e->form;
	return reply_page(r, &page, f);
}

int
catalog_edit_refuse(struct catalog_edit *e, struct reply *r, struct fault *f)
{
	struct request *q = e->q;

	if (q->json || (f->code != FAULT_INVALID && f->code != FAULT_CONFLICT &&
			!*f->field))
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
	return catalog_edit_show(e, r, f);
}
