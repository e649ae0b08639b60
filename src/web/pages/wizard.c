/* The campaign wizard: five steps, each with its own address and form. */
#include "campaign/wizard.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/words.h"
#include "campaign/faults.h"
#include "web/pages/fill_pages.h"
#include "web/pages/fill_wizard.h"
#include "web/pages/pages.h"
#include "web/pages/wizard_request.h"
#include "web/pages/wizard_save.h"
#include "web/pages/wizard_upload.h"
#include "web/server/file_upload.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/return_path.h"
#include "web/server/route.h"
#include "web/server/session.h"

#define EDIT HOME_PATH "/:id/edit"

static handler_fn begin, show, leave, discard;

/* clang-format off */
#define WIZARD(root)                                                           \
	/* method path          least role       handler  arg            prefetch, flags */ \
	{ GET,  root,             ROLE_SUPERVISOR, begin,    0,             NULL, 0 }, \
	{ GET,  root "/basics",   ROLE_SUPERVISOR, show,     STEP_BASICS,   NULL, 0 }, \
	{ POST, root "/basics",   ROLE_SUPERVISOR, leave,    STEP_BASICS,   NULL, 0 }, \
	{ GET,  root "/numbers",  ROLE_SUPERVISOR, show,     STEP_NUMBERS,  NULL, 0 }, \
	{ POST, root "/numbers",  ROLE_SUPERVISOR, leave,    STEP_NUMBERS,  NULL, 0 }, \
	{ GET,  root "/dialler",  ROLE_SUPERVISOR, show,     STEP_DIALLER,  NULL, 0 }, \
	{ POST, root "/dialler",  ROLE_SUPERVISOR, leave,    STEP_DIALLER,  NULL, 0 }, \
	{ GET,  root "/contacts", ROLE_SUPERVISOR, show,     STEP_CONTACTS, NULL, 0 }, \
	{ POST, root "/contacts", ROLE_SUPERVISOR, leave,    STEP_CONTACTS, NULL, 0 }, \
	{ GET,  root "/review",   ROLE_SUPERVISOR, show,     STEP_REVIEW,   NULL, 0 }, \
	{ POST, root "/review",   ROLE_SUPERVISOR, leave,    STEP_REVIEW,   NULL, 0 }, \
	{ POST, root "/discard",  ROLE_SUPERVISOR, discard,  STEP_BASICS,   NULL, 0 }, \
	{ GET,  root "/progress", ROLE_SUPERVISOR, wizard_upload_progress, STEP_CONTACTS, NULL, 0 }, \
	{ POST, root "/upload",   ROLE_SUPERVISOR, wizard_upload, STEP_CONTACTS, NULL, ROUTE_UPLOAD }, \
	{ GET,  root "/rejected/export", ROLE_SUPERVISOR, wizard_upload_rejected, STEP_CONTACTS, NULL, 0 }

const struct route wizard_routes[] = {
	WIZARD(WIZARD_NEW),
	WIZARD(EDIT),
	{ 0 }
};
/* clang-format on */

/* GET .../new and .../edit: the first step, or for a new campaign the question
 * whether to continue with the stored entries. */
static int
begin(struct request *q, struct reply *r, struct fault *f)
{
	struct wizard_request s;
	struct page page = { .title = "New Campaign",
			     .tpl = "page_wizard_resume.tpl",
			     .fill = fill_wizard_resume,
			     .data = &s.page,
			     .wizard = true };

	if (wizard_request_open(q, &s, f))
		return wizard_answer_not_editable(q, r, f);
	if (wizard_page_is_locked(&s.page)) /* Basics cannot be changed */
		s.page.step = STEP_NUMBERS;
	if (!s.w.kept || s.page.c)
		return wizard_request_show(&s, r, 200, f);
	s.page.step = wizard_request_first_open(&s);
	return reply_page(r, &page, f);
}

/* GET .../STEP */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct wizard_request s;
	enum wizard_step open;

	if (wizard_request_open(q, &s, f))
		return wizard_answer_not_editable(q, r, f);
	open = wizard_request_first_open(&s);
	if (s.page.step > open) {
		reply_redirect(r, wizard_request_path(&s, open));
		return 0;
	}
	return wizard_request_show(&s, r, 200, f);
}

/* --- Steps -------------------------------------------------------------- */

/* "means": updates the summary beside the step, and stores the entries, as they
 * are typed. */
static int
update_summary(struct wizard_request *s, struct reply *r,
	       enum wizard_conflict conflict, struct fault *f)
{
	struct fault lost;

	if (wizard_request_load_choices(s, f))
		return -1;
	if (conflict || wizard_request_keep(s, false, &lost))
		s->page.stale = STALE_FORM_TEXT;
	/* a reload shows the entries, not the question of .../new */
	reply_header(r, "HX-Replace-Url", wizard_request_path(s, s->page.step));
	if (reply_part(r, "part_wizard_summary.tpl", fill_wizard_summary,
		       &s->page, f))
		return -1;
	if (s->page.step != STEP_REVIEW)
		return 0;
	return reply_partial(r, "#review-contacts", "outerHTML",
			     "part_wizard_review_section.tpl", fill_wizard_list,
			     &s->page, f);
}

static int
close_page(struct wizard_request *s, struct reply *r, struct fault *f)
{
	if (s->page.coming) {
		s->page.notice = arena_printf(
			s->q->arena,
			"“%s” is still uploading, and leaving would cancel it. "
			"Wait until it has finished, or cancel it.",
			s->page.coming);
		return wizard_request_show(s, r, 409, f);
	}
	if (s->page.c)
		reply_toast(r, false, "Changes kept, but not saved",
			    "Press Edit to continue with them.");
	else
		reply_toast(r, false, "Draft saved",
			    "Press New Campaign to continue with it.");
	reply_redirect(r, s->w.back);
	return 0;
}

static int
go_on(struct wizard_request *s, struct reply *r, struct fault *f)
{
	enum wizard_step step = s->page.step,
			 open = wizard_request_first_open(s);
	int named = word_find(wizard_step_words, s->go);

	if (!strcmp(s->go, "back"))
		return wizard_request_go(
			s, r, step > STEP_BASICS ? step - 1 : step, f);
	if (!strcmp(s->go, "close"))
		return close_page(s, r, f);
	if (named >= 0 || !strcmp(s->go, "cancel")) {
		if (named >= 0)
			step = (enum wizard_step)named;
		return wizard_request_go(s, r, step < open ? step : open, f);
	}
	if (strcmp(s->go, "next") != 0) { /* a search, all or none */
		s->page.wrong_count = 0;
		return wizard_request_show(s, r, 200, f);
	}
	if (s->page.wrong_count)
		return wizard_request_show(s, r, 422, f);
	return wizard_request_go(s, r, step + 1, f);
}

/* Another request stored entries first: they are loaded again, and if they are
 * the same there is no conflict. */
static int
keep_failed(struct request *q, struct wizard_request *s, struct reply *r,
	    struct fault *f)
{
	struct wizard_entries mine = s->w.now;
	const char *go = s->go;

	if (wizard_request_open(q, s, f))
		return -1;
	s->go = go;
	if (!wizard_difference(&mine, &s->w.now))
		return go_on(s, r, f);
	s->w.now = mine;
	return wizard_answer_conflict(s, r, wizard_request_stale(s), f);
}

/* POST .../STEP */
static int
leave(struct request *q, struct reply *r, struct fault *f)
{
	struct wizard_request s;
	enum wizard_conflict conflict;
	bool next;

	if (wizard_request_open(q, &s, f))
		return wizard_answer_not_editable(q, r, f);
	if (wizard_request_read(&s, &conflict, f))
		return -1;
	if (!strcmp(s.go, "means"))
		return update_summary(&s, r, conflict, f);
	if (!strcmp(s.go, "cancel") && wizard_upload_cancel(&s, f))
		return -1;
	if (conflict)
		return wizard_answer_conflict(&s, r, conflict, f);
	if (s.page.step == STEP_REVIEW &&
	    (!strcmp(s.go, "save") || !strcmp(s.go, "next")))
		return wizard_save(&s, r, f);
	if (wizard_request_check(&s, s.page.step, f))
		return -1;
	if (s.page.wrong_count)
		s.w.done &= ~(1u << s.page.step);
	else if (!strcmp(s.go, "next"))
		s.w.done |= 1u << s.page.step;
	/* a step without entries makes no new revision */
	next = s.page.step <= STEP_DIALLER;
	if (wizard_request_keep(&s, next, f))
		return f->code == FAULT_CONFLICT ? keep_failed(q, &s, r, f)
						 : -1;
	return go_on(&s, r, f);
}

/* The page that had the Discard button. */
static const char *
asked_on(const struct wizard_request *s)
{
	const char *from = pairs_get(&s->q->form, "back");

	return from ? return_path_check(from) : s->page.root;
}

/* That page, unless it is a step of the wizard that was discarded. */
static const char *
way_back(const struct wizard_request *s)
{
	const char *at = asked_on(s), *root = s->page.root;

	return strncmp(at, root, strlen(root)) != 0 ? at : s->w.back;
}

static int
ask_to_discard(struct wizard_request *s, struct reply *r, struct fault *f)
{
	struct confirm_page data = {
		.action = s->q->target,
		.ask = "Discard “%s”? Everything you entered and the file you "
		       "uploaded will be lost.",
		.what = wizard_page_title(&s->page),
		.icon = "trash-2",
		.grave = true,
		.csrf = s->page.csrf,
		.back = asked_on(s),
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
	struct wizard_request s;
	struct fault ended;

	if (wizard_request_open(q, &s, f))
		return -1;
	if (!sure)
		return ask_to_discard(&s, r, f);
	if (strcmp(sure, "1") != 0) {
		reply_redirect(r, asked_on(&s));
		return 0;
	}
	if (wizard_discard(q->db, &s.who, s.w.campaign_id, f))
		return -1;
	if (s.w.upload_id)
		file_upload_cancel(q, s.w.upload_id, &ended);
	if (!again)
		reply_toast(r, false,
			    s.page.c ? "Changes discarded" : "Draft discarded",
			    "");
	reply_redirect(r, again ? wizard_request_path(&s, STEP_BASICS)
				: way_back(&s));
	return 0;
}
