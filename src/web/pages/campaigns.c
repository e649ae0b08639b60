/* The campaign list, and the actions on one campaign. */
#include "campaign/campaign.h"

#include <string.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/log.h"
#include "base/text.h"
#include "base/words.h"
#include "campaign/lifecycle.h"
#include "web/pages/detail.h"
#include "web/pages/fill_list.h"
#include "web/pages/fill_pages.h"
#include "web/pages/list.h"
#include "web/pages/list_columns.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/liveness.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/return_path.h"
#include "web/server/route.h"
#include "web/server/session.h"

#define LIST HOME_PATH
#define ONE LIST "/:id"
#define TAG_AWAY "away" /* the page shows the banner that Redis is away */

static handler_fn list, act, clone, erase;

/* clang-format off */
const struct route campaign_routes[] = {
	/* method path                 least role       handler arg               prefetch, flags */
	{ GET,    LIST,                  ROLE_VIEWER,     list,   0,                list_keys, 0 },
	{ POST,   ONE "/start",          ROLE_SUPERVISOR, act,    ACTION_START,     NULL, 0 },
	{ POST,   ONE "/pause",          ROLE_SUPERVISOR, act,    ACTION_PAUSE,     NULL, 0 },
	{ POST,   ONE "/resume",         ROLE_SUPERVISOR, act,    ACTION_RESUME,    NULL, 0 },
	{ POST,   ONE "/stop",           ROLE_SUPERVISOR, act,    ACTION_STOP,      NULL, 0 },
	{ POST,   ONE "/restart",        ROLE_SUPERVISOR, act,    ACTION_RESTART,   NULL, 0 },
	{ POST,   ONE "/cancel-restart", ROLE_SUPERVISOR, act,    ACTION_UNRESTART, NULL, 0 },
	{ POST,   ONE "/archive",        ROLE_SUPERVISOR, act,    ACTION_ARCHIVE,   NULL, 0 },
	{ POST,   ONE "/unarchive",      ROLE_SUPERVISOR, act,    ACTION_UNARCHIVE, NULL, 0 },
	{ POST,   ONE "/clone",          ROLE_SUPERVISOR, clone,  ACTION_CLONE,     NULL, 0 },
	{ POST,   ONE "/delete",         ROLE_ADMIN,      erase,  ACTION_DELETE,    NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* Answers a poll or a search: nothing, some rows, or the whole part. */
static int
list_part(struct request *q, struct reply *r, const struct list *l,
	  struct fault *f)
{
	const char *held = request_env(q, "HTTP_HX_PTAG");
	bool was_away = held && strcmp(held, TAG_AWAY) == 0;

	reply_header(r, "HX-PTag", q->redis_away ? TAG_AWAY : l->tag);
	if (l->other) { /* the layout shows another person and their token */
		reply_header(r, "HX-Refresh", "true");
		reply_empty(r, 204);
		return 0;
	}
	if (l->same)
		return reply_nothing_new(q, r, f);
	if (list_changes(r, l)) {
		if (r->body.len == 0)
			reply_empty(r, 204);
		return 0;
	}
	reply_html(r, l->now.list.html.data, l->now.list.html.len);
	if (l->now.summary.data)
		list_summary(r, l->now.summary);
	if (q->redis_away || was_away)
		reply_banner(r);
	return 0;
}

/* GET /dashboard/campaigns */
static int
list(struct request *q, struct reply *r, struct fault *f)
{
	struct campaigns_page data;
	struct viewer viewer;
	struct page page = { .title = "Campaigns",
			     .tpl = "page_campaigns.tpl",
			     .fill = fill_campaigns,
			     .data = &data,
			     .list = true };
	struct list *l;

	if (list_load(q, &l, f))
		return -1;
	if (q->partial)
		return list_part(q, r, l, f);
	if (l->query.unknown)
		reply_toast(r, true,
			    arena_printf(q->arena, "%s is not known",
					 l->query.unknown),
			    "The address may be out of date. The default is "
			    "used instead.");
	viewer = viewer_of(q);
	data = (struct campaigns_page){
		.query = &l->query,
		.tag = q->redis_away ? TAG_AWAY : l->tag,
		.summary = REPLY_SLOT,
		.list = REPLY_SLOT,
		.viewer = &viewer,
	};
	if (reply_page(r, &page, f))
		return -1;
	reply_insert(r, l->now.summary);
	reply_insert(r, l->now.list.html);
	return 0;
}

static int
load(struct request *q, uint64_t id, struct campaign *c, struct fault *f)
{
	return campaign_load(q->db, q->session->account.workspace_id,
			     (int64_t)id, c, q->arena, f);
}

/* Where a browser goes after Delete: the list, as the page is gone. */
static const char *
back_to_list(struct request *q)
{
	const char *at = return_path_of(q);

	return strcspn(at, "?") == strlen(LIST) ? at : LIST;
}

/* Reads the status that the button was shown for; -1: not given. */
static int
read_from(struct request *q, int *from, struct fault *f)
{
	const char *word = pairs_get(&q->query, "from");

	if (!word)
		word = pairs_get(&q->form, "from");
	*from = -1;
	if (!word)
		return 0;
	*from = word_find(campaign_status_words, word);
	if (*from < 0)
		return request_refuse(q, 400, f, "There is no status %.20s.",
				      word);
	return 0;
}

/* Answers with the row, or the page's part, as it is now; it replaces the one
 * whose button was pressed. */
static void
answer(struct request *q, struct reply *r, const struct campaign *c)
{
	struct viewer who = viewer_of(q);
	struct campaign_row row = { .c = c, .viewer = &who };
	struct fault unused;

	if (detail_is_asked(q))
		detail_part(q, r, c, &unused);
	else
		reply_part(r, "part_campaign_row.tpl", fill_campaign_row, &row,
			   &unused);
}

/* What a Stop has ended for good: "1,204 contacts were waiting. 40 calls
 * finishing." */
static const char *
stopped(struct request *q, const struct campaign *c)
{
	struct arena *a = q->arena;
	int64_t waiting, calls = c->fig.active;
	const char *text = "";
	struct fault unused;

	if (campaign_waiting(q->db, c, &waiting, &unused) == 0 && waiting > 0)
		text = arena_printf(a, "%s contact%s waiting.%s",
				    text_thousands(a, waiting),
				    waiting == 1 ? " was" : "s were",
				    calls > 0 ? " " : "");
	if (calls > 0)
		text = arena_printf(a, "%s%s call%s finishing.", text,
				    text_thousands(a, calls),
				    text_plural(calls));
	return text;
}

/* Answers a successful action, whether or not the row can be read now. */
static int
done(struct request *q, struct reply *r, uint64_t id,
     const struct campaign_transition *t)
{
	struct campaign c;
	struct fault unused;
	bool known;

	list_invalidate(q->redis, q->session->account.workspace_id);
	known = load(q, id, &c, &unused) == 0;
	if (known && c.current_run)
		wake_run(q->redis, c.current_run);
	reply_toast(r, false, t->done,
		    known && t->to == CAMPAIGN_COMPLETED ? stopped(q, &c) : "");
	if (q->json)
		reply_json(r, 200, "id", q->segment, "status",
			   known ? campaign_status_words[c.status] : "",
			   "message", t->done, NULL);
	else if (!q->htmx)
		reply_redirect(r, return_path_of(q));
	else if (known)
		answer(q, r, &c);
	return 0;
}

/*
 * When the campaign refuses, a browser gets the reason and the current row, so
 * that the page is up to date again.  A program gets the fault's status; on any
 * other fault, so does a browser.
 */
static int
refused(struct request *q, struct reply *r, uint64_t id,
	const struct campaign_transition *t, struct fault *f)
{
	struct campaign c;
	struct fault unused;

	if (q->json || (f->code != FAULT_CONFLICT && f->code != FAULT_INVALID))
		return -1;
	log_info("%s %s refused user=%lld: %s", t->word, q->segment,
		 (long long)q->session->account.user_id, f->text);
	reply_toast(r, true, t->fail, f->text);
	if (!q->htmx)
		reply_redirect(r, return_path_of(q));
	else if (load(q, id, &c, &unused) == 0)
		answer(q, r, &c);
	return 0;
}

/* Without JavaScript the confirmation is a page of its own. */
static int
ask(struct request *q, struct reply *r, uint64_t id,
    enum campaign_action action, struct fault *f)
{
	const struct campaign_transition *t = &campaign_transitions[action];
	struct campaign c;
	struct confirm_page data = {
		.action = q->target,
		.ask = t->ask,
		.id = q->segment,
		.label = t->label,
		.icon = t->icon,
		.grave = action == ACTION_DELETE,
		.csrf = q->session->csrf,
		.back = return_path_of(q),
		.arena = q->arena,
	};
	struct page page = { .tpl = "page_confirm.tpl",
			     .fill = fill_confirm,
			     .data = &data };

	if (load(q, id, &c, f))
		return -1;
	data.what = data.name = c.set.name;
	page.title = arena_printf(q->arena, "%s, %s", t->label, c.set.name);
	return reply_page(r, &page, f);
}

/* A press of a button: which campaign, the status shown, and confirmed? */
struct press {
	uint64_t id;
	int from;
	enum { UNASKED, YES, NO } sure;
};

static int
read_press(struct request *q, struct press *p, struct fault *f)
{
	const char *sure = pairs_get(&q->form, "confirm");

	q->failed = campaign_transitions[q->route->arg].fail;
	if (request_campaign(q, &p->id, f) || read_from(q, &p->from, f))
		return -1;
	p->sure = !sure ? UNASKED : strcmp(sure, "1") == 0 ? YES : NO;
	return 0;
}

/* Asks for confirmation if the action needs it.  Returns 1: confirmed; 0: the
 * answer is the question, or the redirect of a Cancel; -1: a fault. */
static int
consent(struct request *q, struct reply *r, const struct press *p,
	struct fault *f)
{
	enum campaign_action action = (enum campaign_action)q->route->arg;
	struct campaign c;

	if (!campaign_transitions[action].ask || p->sure == YES)
		return 1;
	if (p->sure == UNASKED)
		return ask(q, r, p->id, action, f);
	if (load(q, p->id, &c, f))
		return -1;
	reply_redirect(r, return_path_of(q));
	return 0;
}

/* POST /dashboard/campaigns/:id/ACTION */
static int
act(struct request *q, struct reply *r, struct fault *f)
{
	enum campaign_action action = (enum campaign_action)q->route->arg;
	const struct campaign_transition *t = &campaign_transitions[action];
	struct actor who = session_actor(q->session);
	struct press p;
	int go;

	if (read_press(q, &p, f))
		return -1;
	go = consent(q, r, &p, f);
	if (go <= 0)
		return go;
	if (campaign_apply(q->db, (int64_t)p.id, action, p.from, &who, q->arena,
			   f))
		return refused(q, r, p.id, t, f);
	return done(q, r, p.id, t);
}

/* POST /dashboard/campaigns/:id/clone: leads to the clone's page. */
static int
clone(struct request *q, struct reply *r, struct fault *f)
{
	const struct campaign_transition *t =
		&campaign_transitions[ACTION_CLONE];
	struct actor who = session_actor(q->session);
	char fresh[11];
	struct press p;
	int64_t id;

	if (read_press(q, &p, f))
		return -1;
	if (campaign_clone(q->db, (int64_t)p.id, &who, &id, q->arena, f))
		return refused(q, r, p.id, t, f);
	list_invalidate(q->redis, who.workspace_id);
	text_short_id((uint64_t)id, fresh);
	reply_toast(r, false, t->done, "");
	if (q->json)
		reply_json(r, 200, "id", fresh, "status",
			   campaign_status_words[CAMPAIGN_DRAFT], "message",
			   t->done, NULL);
	else
		reply_redirect(r, arena_printf(q->arena, LIST "/%s", fresh));
	return 0;
}

/* POST /dashboard/campaigns/:id/delete */
static int
erase(struct request *q, struct reply *r, struct fault *f)
{
	const struct campaign_transition *t =
		&campaign_transitions[ACTION_DELETE];
	struct actor who = session_actor(q->session);
	struct press p;
	int go;

	if (read_press(q, &p, f))
		return -1;
	go = consent(q, r, &p, f);
	if (go <= 0)
		return go;
	if (campaign_delete(q->db, (int64_t)p.id, &who, q->arena, f))
		return refused(q, r, p.id, t, f);
	list_invalidate(q->redis, who.workspace_id);
	reply_toast(r, false, t->done, "");
	if (q->json)
		reply_json(r, 200, "id", q->segment, "message", t->done, NULL);
	else if (q->htmx && !detail_is_asked(q))
		reply_partial_html(r,
				   arena_printf(q->arena, "#c-%s", q->segment),
				   "delete", "", 0);
	else
		reply_redirect(r, back_to_list(q));
	return 0;
}
