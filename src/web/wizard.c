/* The campaign wizard: five steps, each its own address and its own form. */
#include "domain/wizard.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "domain/lifecycle.h"
#include "domain/wake.h"
#include "web/list.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/route.h"
#include "web/session.h"
#include "web/sitting.h"
#include "web/wizard_upload.h"

#define EDIT HOME_PATH "/:id/edit"

static handler_fn begin, show, leave, discard;

/* clang-format off */
#define WIZARD(root)                                                           \
	/* method path          least role       handler  arg            also */ \
	{ GET,  root,             ROLE_SUPERVISOR, begin,    0,             NULL }, \
	{ GET,  root "/basics",   ROLE_SUPERVISOR, show,     STEP_BASICS,   NULL }, \
	{ POST, root "/basics",   ROLE_SUPERVISOR, leave,    STEP_BASICS,   NULL }, \
	{ GET,  root "/numbers",  ROLE_SUPERVISOR, show,     STEP_NUMBERS,  NULL }, \
	{ POST, root "/numbers",  ROLE_SUPERVISOR, leave,    STEP_NUMBERS,  NULL }, \
	{ GET,  root "/dialler",  ROLE_SUPERVISOR, show,     STEP_DIALLER,  NULL }, \
	{ POST, root "/dialler",  ROLE_SUPERVISOR, leave,    STEP_DIALLER,  NULL }, \
	{ GET,  root "/contacts", ROLE_SUPERVISOR, show,     STEP_CONTACTS, NULL }, \
	{ POST, root "/contacts", ROLE_SUPERVISOR, leave,    STEP_CONTACTS, NULL }, \
	{ GET,  root "/review",   ROLE_SUPERVISOR, show,     STEP_REVIEW,   NULL }, \
	{ POST, root "/review",   ROLE_SUPERVISOR, leave,    STEP_REVIEW,   NULL }, \
	{ POST, root "/discard",  ROLE_SUPERVISOR, discard,  STEP_BASICS,   NULL }, \
	{ GET,  root "/progress", ROLE_SUPERVISOR, wizard_upload_progress, STEP_CONTACTS, NULL }, \
	{ POST, root "/upload",   ROLE_SUPERVISOR, wizard_upload, STEP_CONTACTS, route_brings_file }, \
	{ POST, root "/cancel",   ROLE_SUPERVISOR, wizard_upload_cancel, STEP_CONTACTS, NULL }, \
	{ GET,  root "/rejected/export", ROLE_SUPERVISOR, wizard_upload_rejected, STEP_CONTACTS, NULL }

const struct route wizard_routes[] = {
	WIZARD(WIZARD_NEW),
	WIZARD(EDIT),
	{ 0 }
};
/* clang-format on */

/* A campaign that runs is not edited: back to where it says so. */
static int
turned_away(struct request *q, struct reply *r, struct fault *f)
{
	if (f->code != FAULT_CONFLICT || q->json || !q->segment)
		return -1;
	reply_toast(r, true, "Failed to edit", f->text);
	reply_see(r, arena_printf(q->arena, HOME_PATH "/%s", q->segment));
	return 0;
}

/* GET .../new and .../edit: the first step, or the question whether to go on
 * with what was begun. */
static int
begin(struct request *q, struct reply *r, struct fault *f)
{
	struct sitting s;
	struct page page = { .title = "New Campaign",
			     .tpl = "page_wizard_begun.tpl",
			     .fill = fill_wizard_begun,
			     .data = &s.page,
			     .wizard = true };

	if (sitting_open(q, &s, f))
		return turned_away(q, r, f);
	if (!s.w.kept || s.page.c)
		return sitting_show(&s, r, 200, f);
	s.page.step = sitting_first_open(&s);
	return reply_page(r, &page, f);
}

/* GET .../STEP */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct sitting s;
	enum wizard_step open;

	if (sitting_open(q, &s, f))
		return turned_away(q, r, f);
	open = sitting_first_open(&s);
	if (s.page.step > open) {
		reply_see(r, sitting_path(&s, open));
		return 0;
	}
	return sitting_show(&s, r, 200, f);
}

/* --- Saving ------------------------------------------------------------- */

static int
saved(struct sitting *s, struct reply *r, int64_t id, const char *word)
{
	struct request *q = s->q;
	char text[11];

	list_changed(q->redis, s->who.workspace_id);
	if (s->page.c && s->c.current_run)
		wake_run(q->redis, s->c.current_run);
	text_short_id((uint64_t)id, text);
	reply_toast(r, false, word,
		    s->page.upload && wizard_page_is_locked(&s->page)
			    ? "Without the file: the contact list is locked "
			      "after the first run."
			    : "");
	reply_see(r, s->page.c ? s->w.back
			       : arena_printf(q->arena, HOME_PATH "/%s", text));
	return 0;
}

/* What was begun is not there any more: a second press, or another tab. */
static int
nothing_to_save(struct sitting *s, struct reply *r)
{
	reply_toast(r, false, "Nothing to save",
		    "It was saved or discarded already.");
	reply_see(r, s->w.back);
	return 0;
}

/* Somebody else saved the campaign first: theirs is taken over where this
 * person changed nothing, and the page says so. */
static int
overtaken(struct sitting *s, struct reply *r, const struct fault *f,
	  struct fault *worse)
{
	struct arena *a = s->q->arena;
	const char *who = arena_strdup(a, f->text), *both;
	enum wizard_step step = s->page.step;
	struct wizard mine = s->w;

	if (sitting_open(s->q, s, worse))
		return turned_away(s->q, r, worse);
	if (mine.kept && !s->w.kept)
		return nothing_to_save(s, r);
	both = campaign_changed_words(
		wizard_rebase(&mine, &s->c, s->pool, s->pool_count, a), a);
	s->w = mine;
	s->page.step = step;
	if (sitting_keep(s, true, worse))
		return -1;
	s->page.notice = arena_printf(
		a,
		"%s Nothing of yours is saved yet. Theirs is shown where you "
		"changed nothing%s%s. Look at it, and save again.",
		who,
		*both ? "; what both of you changed is as you entered it: "
		      : "",
		both);
	return sitting_show(s, r, 409, worse);
}

static int
save(struct sitting *s, struct reply *r, struct fault *f)
{
	struct request *q = s->q;
	struct campaign_settings set;
	struct wizard_wrong none[WIZARD_WRONG_MOST];
	struct campaign_edit edit = { .ver = s->w.ver,
				      .set = &set,
				      .numbers = s->w.now.numbers,
				      .count = s->w.now.count,
				      .upload_id = s->w.upload_id,
				      .begun = s->w.kept ? &s->w : NULL };
	uint32_t changed;
	int64_t id;

	wizard_read(&s->w.now, STEP_REVIEW, &set, none, q->arena);
	if (wizard_page_is_locked(&s->page) ||
	    (s->page.upload && s->upload.state == UPLOAD_CANCELLED))
		edit.upload_id = 0;
	if (!s->page.c) {
		if (campaign_create(q->db, &s->who, &edit, &id, q->arena, f))
			return -1;
		return saved(s, r, id, "Campaign created");
	}
	if (campaign_change(q->db, s->c.id, &s->who, &edit, &changed, q->arena,
			    f))
		return -1;
	return saved(s, r, s->c.id, "Changes saved");
}

static int
try_to_save(struct sitting *s, struct reply *r, struct fault *f)
{
	struct fault worse;

	sitting_check(s, STEP_REVIEW);
	if (s->page.wrong_count)
		return sitting_show(s, r, 422, f);
	s->q->failed = s->page.c ? "Failed to save" : "Failed to create";
	if (!save(s, r, f))
		return 0;
	if (f->code == FAULT_INVALID) {
		sitting_add_wrong(s, arena_strdup(s->q->arena, f->field),
				  f->text);
		return sitting_show(s, r, 422, f);
	}
	if (f->code != FAULT_CONFLICT)
		return -1;
	if (s->page.c)
		return overtaken(s, r, f, &worse) ? (*f = worse, -1) : 0;
	if (!sitting_open(s->q, s, &worse) && !s->w.kept)
		return nothing_to_save(s, r);
	return -1;
}

/* --- Steps -------------------------------------------------------------- */

/*
 * The form was shown before another tab, or somebody else, went on: nothing of
 * it is kept yet, and the person sees both.
 */
static int
outrun(struct sitting *s, struct reply *r, struct fault *f)
{
	struct arena *a = s->q->arena;
	struct fault who;

	if (s->page.step == STEP_REVIEW && !s->w.kept && !s->moved)
		return nothing_to_save(s, r);
	if (s->moved && campaign_moved(s->q->db, s->c.id, a, &who) &&
	    who.code == FAULT_CONFLICT)
		s->page.notice = arena_printf(
			a,
			"%s Below is what you entered; it is not kept yet, and "
			"differs from the campaign in: %s. Press Next to keep "
			"it, or reload the page to see theirs.",
			who.text,
			campaign_changed_words(
				wizard_difference(&s->w.now, &s->w.base), a));
	else
		s->page.notice = WIZARD_ELSEWHERE
			" Below is what you entered here; it is not kept yet. "
			"Press Next to keep it, or reload the page to see the "
			"other.";
	return sitting_show(s, r, 409, f);
}

/* The card beside the step follows what is typed, and so does what is kept. */
static int
means(struct sitting *s, struct reply *r, bool is_outrun, struct fault *f)
{
	struct fault lost;

	if (is_outrun || sitting_keep(s, false, &lost))
		s->page.stale = WIZARD_ELSEWHERE;
	/* a reload shows what was typed, not the question of .../new */
	reply_header(r, "HX-Replace-Url", sitting_path(s, s->page.step));
	return reply_part(r, "part_wizard_means.tpl", fill_wizard_means,
			  &s->page, f);
}

static int
go_on(struct sitting *s, struct reply *r, struct fault *f)
{
	enum wizard_step step = s->page.step;

	if (!strcmp(s->go, "back"))
		return sitting_go(s, r, step > STEP_BASICS ? step - 1 : step,
				  f);
	if (!strcmp(s->go, "close")) {
		reply_toast(r, false, s->page.c ? "Changes kept" : "Draft kept",
			    s->page.c ? "They are not saved yet: Edit shows "
					"them again."
				      : "New Campaign goes on with it.");
		reply_see(r, s->w.back);
		return 0;
	}
	if (strcmp(s->go, "next") != 0) { /* a search, or a choice of all */
		s->page.wrong_count = 0;
		return sitting_show(s, r, 200, f);
	}
	if (s->page.wrong_count)
		return sitting_show(s, r, 422, f);
	return sitting_go(s, r, step + 1, f);
}

/* Two presses at once: the one that came second looks again. */
static int
overrun(struct request *q, struct sitting *s, struct reply *r, struct fault *f)
{
	struct wizard_entries mine = s->w.now;
	const char *go = s->go;

	if (sitting_open(q, s, f))
		return -1;
	s->go = go;
	if (!wizard_difference(&mine, &s->w.now))
		return go_on(s, r, f);
	s->w.now = mine;
	return outrun(s, r, f);
}

/* POST .../STEP */
static int
leave(struct request *q, struct reply *r, struct fault *f)
{
	struct sitting s;
	bool is_outrun;

	if (sitting_open(q, &s, f))
		return turned_away(q, r, f);
	if (sitting_read(&s, &is_outrun, f))
		return -1;
	if (!strcmp(s.go, "means"))
		return means(&s, r, is_outrun, f);
	if (is_outrun)
		return outrun(&s, r, f);
	if (s.page.step == STEP_REVIEW &&
	    (!strcmp(s.go, "save") || !strcmp(s.go, "next")))
		return try_to_save(&s, r, f);
	sitting_check(&s, s.page.step);
	if (s.page.wrong_count)
		s.w.done &= ~(1u << s.page.step);
	else if (!strcmp(s.go, "next"))
		s.w.done |= 1u << s.page.step;
	if (sitting_keep(&s, true, f))
		return f->code == FAULT_CONFLICT ? overrun(q, &s, r, f) : -1;
	return go_on(&s, r, f);
}

static int
ask_to_discard(struct sitting *s, struct reply *r, struct fault *f)
{
	struct confirm_page data = {
		.action = s->q->target,
		.ask = "Discard “%s”? What you entered and the file you "
		       "uploaded are lost.",
		.what = wizard_page_title(&s->page),
		.icon = "trash-2",
		.grave = true,
		.csrf = s->page.csrf,
		.back = s->w.back,
		.arena = s->q->arena,
	};
	struct page page = { .title = "Discard",
			     .tpl = "page_confirm.tpl",
			     .fill = fill_confirm,
			     .data = &data };

	return reply_page(r, &page, f);
}

/* POST .../discard */
static int
discard(struct request *q, struct reply *r, struct fault *f)
{
	const char *again = pairs_get(&q->query, "again");
	const char *sure = pairs_get(&q->form, "confirm");
	struct sitting s;
	struct fault ended;

	if (sitting_open(q, &s, f))
		return -1;
	if (!sure)
		return ask_to_discard(&s, r, f);
	if (strcmp(sure, "1") != 0) {
		reply_see(r, s.page.root);
		return 0;
	}
	if (wizard_discard(q->db, &s.who, s.w.campaign_id, f))
		return -1;
	if (s.page.upload)
		wizard_drop_upload(&s, s.upload.id, &ended);
	if (!again)
		reply_toast(r, false,
			    s.page.c ? "Changes discarded" : "Draft discarded",
			    "");
	reply_see(r, again ? sitting_path(&s, STEP_BASICS) : s.w.back);
	return 0;
}
