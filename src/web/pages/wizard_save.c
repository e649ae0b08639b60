/* The last step of the wizard: the entries become a campaign, or change one. */
#include "web/pages/wizard_save.h"

#include <inttypes.h>
#include <string.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "campaign/faults.h"
#include "campaign/lifecycle.h"
#include "web/pages/list.h"
#include "web/pages/wizard_request.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/session.h"

#define SAVED_MS 120000 /* how long Redis keeps a save's address */

int
wizard_answer_not_editable(struct request *q, struct reply *r, struct fault *f)
{
	if (f->code != FAULT_CONFLICT || q->json || !q->segment)
		return -1;
	reply_toast(r, true, "Failed to edit", f->text);
	reply_redirect(r, arena_printf(q->arena, HOME_PATH "/%s", q->segment));
	return 0;
}

/*
 * The key of the address that a save led to.  A second press of the button is
 * sent there too, with the same toast: without JavaScript a browser shows only
 * the last answer.
 */
static const char *
saved_key(const struct wizard_request *s)
{
	const char *rev = pairs_get(&s->q->form, "rev");

	return arena_printf(s->q->arena,
			    "toast:saved:%" PRId64 ":%" PRId64 ":%.20s",
			    s->who.user_id, s->w.campaign_id, rev ? rev : "");
}

static int
say_saved(struct wizard_request *s, struct reply *r, const char *path,
	  const char *detail)
{
	reply_toast(r, false, s->page.c ? "Changes saved" : "Campaign created",
		    detail);
	reply_redirect(r, path);
	return 0;
}

/* The address that a save leads to. */
static const char *
path_after(const struct wizard_request *s, int64_t id)
{
	char text[11];

	if (s->page.c)
		return s->w.back;
	text_short_id((uint64_t)id, text);
	return arena_printf(s->q->arena, HOME_PATH "/%s", text);
}

/* Runs before the commit, so that a second press finds the address. */
static void
mark_saved(void *arg, int64_t id)
{
	const struct wizard_request *s = arg;
	struct request *q = s->q;
	const char *key = saved_key(s), *path = path_after(s, id);
	struct bytes sealed =
		request_seal(q, key, path, strlen(path), SAVED_MS);
	struct fault unused;

	redis_set(q->redis, key, sealed.data, sealed.len, SAVED_MS, &unused);
}

static int
saved(struct wizard_request *s, struct reply *r, int64_t id)
{
	struct request *q = s->q;

	list_invalidate(q->redis, s->who.workspace_id);
	if (s->page.c && s->c.current_run)
		wake_run(q->redis, s->c.current_run);
	return say_saved(s, r, path_after(s, id),
			 s->w.upload_id && wizard_page_is_locked(&s->page)
				 ? "The file was not used: the contact list is "
				   "locked after the first run."
				 : "");
}

/* A second press, or another tab saved or discarded the entries. */
static int
draft_gone(struct wizard_request *s, struct reply *r, struct fault *f)
{
	struct request *q = s->q;
	const char *key = saved_key(s);
	struct bytes path = { .data = NULL };
	struct fault unused;

	(void)f;
	if (!redis_mget(q->redis, q->arena, &key, 1, &path, &unused))
		path = request_unseal(q, key, path);
	if (path.data)
		return say_saved(
			s, r, arena_memdup(q->arena, path.data, path.len), "");
	reply_toast(r, true, s->page.c ? "Failed to save" : "Failed to create",
		    "It has already been saved or discarded.");
	reply_redirect(r, s->w.back);
	return 0;
}

/* Tells which button to press to save the entries after all. */
static const char *
way_on(const struct wizard_request *s, const char *theirs)
{
	struct arena *a = s->q->arena;

	if (s->page.step == STEP_REVIEW)
		return arena_printf(a,
				    "The current values are shown below. Check "
				    "them, then press %s again.",
				    wizard_page_button(&s->page));
	return arena_printf(
		a,
		"Your entries are shown below, but are not saved yet. Press %s "
		"to save them, or reload the page to see %s.",
		wizard_page_button(&s->page), theirs);
}

static int
stale_form(struct wizard_request *s, struct reply *r, struct fault *f)
{
	s->page.notice = arena_printf(s->q->arena, "%s %s", STALE_FORM_TEXT,
				      way_on(s, "the other version"));
	return wizard_request_show(s, r, 409, f);
}

static int
stale_version(struct wizard_request *s, struct reply *r, struct fault *f)
{
	struct arena *a = s->q->arena;
	const char *differs;
	struct fault who;

	fault_stale_version_by(s->q->db, s->c.id, a, &who);
	if (who.code != FAULT_CONFLICT) /* the database does not say who */
		return stale_form(s, r, f);
	differs = campaign_changed_words(
		wizard_difference(&s->w.now, &s->w.base), a);
	s->page.notice = arena_printf(
		a, "%s%s%s%s %s", who.text,
		*differs ? " Your version differs in: " : "", differs,
		*differs ? "." : "", way_on(s, "their version"));
	return wizard_request_show(s, r, 409, f);
}

static int
other_file(struct wizard_request *s, struct reply *r, struct fault *f)
{
	struct arena *a = s->q->arena;

	s->page.notice = arena_printf(
		a,
		"%s since this page was opened. Check the contact list, then "
		"press %s again.",
		s->page.upload ? arena_printf(a, "“%s” has been uploaded",
					      s->upload.name)
			       : "The file has been removed",
		wizard_page_button(&s->page));
	return wizard_request_show(s, r, 409, f);
}

int
wizard_answer_conflict(struct wizard_request *s, struct reply *r,
		       enum wizard_conflict conflict, struct fault *f)
{
	static int (*const answers[CONFLICT_MAX])(
		struct wizard_request *, struct reply *, struct fault *) = {
		[CONFLICT_STALE_FORM] = stale_form,
		[CONFLICT_STALE_VERSION] = stale_version,
		[CONFLICT_DRAFT_GONE] = draft_gone,
		[CONFLICT_OTHER_FILE] = other_file,
	};

	return answers[conflict](s, r, f);
}

/* The stale version of a save: takes the values of whoever saved first where
 * this person changed nothing, and says so on the page. */
static int
merge_version(struct wizard_request *s, struct reply *r,
	      const struct wizard *began, const char *who, struct fault *f)
{
	struct arena *a = s->q->arena;
	struct wizard mine = *began;
	const char *both = campaign_changed_words(
		wizard_rebase(&mine, &s->c, s->pool, s->pool_count, a), a);

	s->w = mine;
	if (wizard_request_keep(s, true, f))
		return -1;
	s->page.notice = arena_printf(
		a,
		"%s Your changes are not saved yet. Where you changed nothing, "
		"the new values are shown%s%s. Check them, then press %s "
		"again.",
		who,
		*both ? "; where you both made changes, yours are shown: " : "",
		both, wizard_page_button(&s->page));
	return wizard_request_show(s, r, 409, f);
}

static int
save(struct wizard_request *s, struct reply *r, struct fault *f)
{
	struct request *q = s->q;
	struct campaign_settings set;
	struct wizard_wrong none[WIZARD_WRONG_MOST];
	struct campaign_edit edit = { .ver = s->w.ver,
				      .set = &set,
				      .numbers = s->w.now.numbers,
				      .count = s->w.now.count,
				      .upload_id =
					      s->page.upload ? s->upload.id : 0,
				      .begun = s->w.kept ? &s->w : NULL,
				      .tell = mark_saved,
				      .tell_arg = s };
	uint32_t changed;
	int64_t id = s->c.id;

	wizard_read(&s->w.now, STEP_REVIEW, &set, none, q->arena);
	if (s->page.c
		    ? campaign_change(q->db, id, &s->who, &edit, &changed,
				      q->arena, f)
		    : campaign_create(q->db, &s->who, &edit, &id, q->arena, f))
		return -1;
	return saved(s, r, id);
}

/* A save met a conflict: loads all again, to find out which, and answers. */
static int
save_conflict(struct wizard_request *s, struct reply *r,
	      const struct fault *why, struct fault *f)
{
	const char *who = arena_strdup(s->q->arena, why->text);
	struct wizard began = s->w;
	enum wizard_conflict conflict;

	if (wizard_request_open(s->q, s, f))
		return wizard_answer_not_editable(s->q, r, f);
	conflict = wizard_request_stale(s);
	if (began.kept && !s->w.kept)
		conflict = CONFLICT_DRAFT_GONE;
	else if (began.upload_id != s->w.upload_id)
		conflict = CONFLICT_OTHER_FILE;
	else if (s->page.c)
		return merge_version(s, r, &began, who, f);
	return wizard_answer_conflict(s, r, conflict, f);
}

int
wizard_save(struct wizard_request *s, struct reply *r, struct fault *f)
{
	const char *shown = pairs_get(&s->q->form, "file");
	struct fault why;

	if (wizard_request_check(s, STEP_REVIEW, f))
		return -1;
	if (s->page.wrong_count)
		return wizard_request_show(s, r, 422, f);
	if (shown && strcmp(shown, wizard_page_file(&s->page)) != 0)
		return wizard_answer_conflict(s, r, CONFLICT_OTHER_FILE, f);
	s->q->failed = s->page.c ? "Failed to save" : "Failed to create";
	if (!save(s, r, &why))
		return 0;
	if (why.code == FAULT_CONFLICT && !*why.field)
		return save_conflict(s, r, &why, f);
	*f = why;
	if (!*why.field)
		return -1;
	wizard_request_add_wrong(s, arena_strdup(s->q->arena, why.field),
				 why.text);
	return wizard_request_show(s, r, 422, f);
}
