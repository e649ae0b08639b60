/* Actions on several rows of the campaign list at once. */
#include <string.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/log.h"
#include "base/text.h"
#include "base/words.h"
#include "campaign/campaign.h"
#include "campaign/lifecycle.h"
#include "web/pages/fill_pages.h"
#include "web/pages/list.h"
#include "web/pages/list_columns.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/return_path.h"
#include "web/server/route.h"
#include "web/server/session.h"

#define SELECTED HOME_PATH "/selected"
#define ID_LEN 10

static handler_fn many;

/* clang-format off */
const struct route bulk_routes[] = {
	/* method path                   least role       handler arg               prefetch, flags */
	{ POST,   SELECTED "/pause",     ROLE_SUPERVISOR, many,   ACTION_PAUSE,     NULL, 0 },
	{ POST,   SELECTED "/resume",    ROLE_SUPERVISOR, many,   ACTION_RESUME,    NULL, 0 },
	{ POST,   SELECTED "/stop",      ROLE_SUPERVISOR, many,   ACTION_STOP,      NULL, 0 },
	{ POST,   SELECTED "/archive",   ROLE_SUPERVISOR, many,   ACTION_ARCHIVE,   NULL, 0 },
	{ POST,   SELECTED "/unarchive", ROLE_SUPERVISOR, many,   ACTION_UNARCHIVE, NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* A row that was picked, and the status that it was shown in. */
struct chosen_row {
	const char *text; /* "7k3m9x2q0a.running" */
	uint64_t id;
	int from;
	bool offered; /* that status offers the action */
};

struct picks {
	const struct campaign_transition *t;
	struct chosen_row *at;
	size_t count;	/* all that were picked */
	size_t offered; /* of these, those that offer the action */
	size_t done;
	const char *why; /* the first refusal; NULL: none */
};

static int
read_pick(struct request *q, struct picks *ps, const char *text,
	  struct fault *f)
{
	struct chosen_row p = { .text = text };
	const char *dot = strchr(text, '.');

	if (!dot || dot - text != ID_LEN ||
	    text_parse_short_id(arena_memdup(q->arena, text, ID_LEN), &p.id))
		return request_refuse(q, 400, f,
				      "The selection cannot be read.");
	p.from = word_find(campaign_status_words, dot + 1);
	if (p.from < 0)
		return request_refuse(q, 400, f,
				      "The selection cannot be read.");
	for (size_t i = 0; i < ps->count; i++) {
		if (ps->at[i].id == p.id)
			return 0;
	}
	p.offered = ps->t->from >> p.from & 1;
	ps->offered += p.offered;
	ps->at[ps->count++] = p;
	return 0;
}

static int
read_picks(struct request *q, struct picks *ps, struct fault *f)
{
	ps->at = ARENA_ARRAY(q->arena, q->form.count + 1, struct chosen_row);
	for (size_t i = 0; i < q->form.count; i++) {
		const struct pair *p = &q->form.at[i];

		if (strcmp(p->name, "id") == 0 && read_pick(q, ps, p->value, f))
			return -1;
	}
	return 0;
}

static const char *
campaigns(struct arena *a, size_t n)
{
	return arena_printf(a, "%zu campaign%s", n, text_plural(n));
}

/* Without JavaScript the confirmation is a page of its own. */
static int
ask(struct request *q, struct reply *r, const struct picks *ps, struct fault *f)
{
	const char **ids = ARENA_ARRAY(q->arena, ps->count + 1, const char *);
	struct confirm_page data = {
		.action = q->target,
		.ask = ps->t->ask_many,
		.what = campaigns(q->arena, ps->offered),
		.icon = ps->t->icon,
		.grave = true,
		.ids = ids,
		.id_count = ps->count,
		.csrf = q->session->csrf,
		.back = return_path_of(q),
		.arena = q->arena,
	};
	struct page page = { .title = ps->t->label,
			     .tpl = "page_confirm.tpl",
			     .fill = fill_confirm,
			     .data = &data };

	for (size_t i = 0; i < ps->count; i++)
		ids[i] = ps->at[i].text;
	return reply_page(r, &page, f);
}

/* “NAME”: why not. */
static const char *
reason(struct request *q, const struct chosen_row *p, const struct fault *f)
{
	struct campaign c;
	struct fault unused;

	if (campaign_load(q->db, q->session->account.workspace_id,
			  (int64_t)p->id, &c, q->arena, &unused))
		return arena_strdup(q->arena, f->text);
	return arena_printf(q->arena, "“%s”: %s", c.set.name, f->text);
}

/* Applies the action to each row on its own: a refusal stops no other row. */
static int
apply(struct request *q, struct picks *ps, struct fault *f)
{
	enum campaign_action action = (enum campaign_action)q->route->arg;
	struct actor who = session_actor(q->session);

	for (size_t i = 0; i < ps->count; i++) {
		const struct chosen_row *p = &ps->at[i];

		if (!p->offered)
			continue;
		if (campaign_apply(q->db, (int64_t)p->id, action, p->from, &who,
				   q->arena, f) == 0) {
			ps->done++;
			continue;
		}
		log_info("%s %.*s refused user=%lld: %s", ps->t->word, ID_LEN,
			 p->text, (long long)who.user_id, f->text);
		if (!ps->why)
			ps->why = reason(q, p, f);
		/* If the database failed, it would fail for the others too. */
		if (f->code != FAULT_CONFLICT && f->code != FAULT_INVALID &&
		    f->code != FAULT_ABSENT)
			return ps->done ? 0 : -1;
	}
	return 0;
}

/* Adds one toast for all rows. */
static void
tell(struct request *q, struct reply *r, const struct picks *ps)
{
	size_t left = ps->offered - ps->done;
	const char *text = text_insert(q->arena, ps->t->done_many,
				       campaigns(q->arena, ps->done));

	if (ps->offered == 0)
		reply_toast(
			r, true, ps->t->fail,
			ps->count
				? "None of the selected campaigns allows this."
				: "No campaign is selected.");
	else if (ps->done == 0)
		reply_toast(r, true, ps->t->fail, ps->why);
	else if (left == 0)
		reply_toast(r, false, ps->done == 1 ? ps->t->done : text, "");
	else
		reply_toast(r, true,
			    arena_printf(q->arena, "%s, %zu not", text, left),
			    ps->why);
}

/* Wakes the runs of the picked rows, and for htmx shows the rows as they are
 * now. */
static void
answer_rows(struct request *q, struct reply *r, const struct picks *ps)
{
	struct viewer viewer = viewer_of(q);
	struct fault unused;

	for (size_t i = 0; i < ps->count; i++) {
		const struct chosen_row *p = &ps->at[i];
		struct campaign c;
		struct campaign_row row = { .c = &c, .viewer = &viewer };

		if (campaign_load(q->db, q->session->account.workspace_id,
				  (int64_t)p->id, &c, q->arena, &unused))
			continue;
		if (c.current_run)
			wake_run(q->redis, c.current_run);
		if (q->htmx)
			reply_partial(r,
				      arena_printf(q->arena, "#c-%.*s", ID_LEN,
						   p->text),
				      "outerMorph", "part_campaign_row.tpl",
				      fill_campaign_row, &row, &unused);
	}
}

/* POST /dashboard/campaigns/selected/ACTION */
static int
many(struct request *q, struct reply *r, struct fault *f)
{
	struct picks ps = { .t = &campaign_transitions[q->route->arg] };
	const char *sure = pairs_get(&q->form, "confirm");

	q->failed = ps.t->fail;
	if (read_picks(q, &ps, f))
		return -1;
	if (ps.t->ask_many && ps.offered && !sure)
		return ask(q, r, &ps, f);
	if (!ps.t->ask_many || !ps.offered || strcmp(sure, "1") == 0) {
		if (apply(q, &ps, f))
			return -1;
		if (ps.done)
			list_invalidate(q->redis,
					q->session->account.workspace_id);
		tell(q, r, &ps);
	}
	answer_rows(q, r, &ps);
	if (q->json)
		reply_json(r, 200, "done",
			   arena_printf(q->arena, "%zu", ps.done), "refused",
			   arena_printf(q->arena, "%zu", ps.offered - ps.done),
			   "reason", ps.why ? ps.why : "", NULL);
	else if (!q->htmx)
		reply_redirect(r, return_path_of(q));
	return 0;
}
