/* What is done to all contacts that match a filter: in transactions of at most
 * 500 contacts, so that whatever stops it leaves nothing half done, and a
 * second press finds done what is done. */
#include <string.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "campaign/call_now.h"
#include "campaign/campaign.h"
#include "campaign/exclude.h"
#include "report/contact_id.h"
#include "web/pages/campaign_contacts.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_contacts.h"
#include "web/pages/fill_pages.h"
#include "web/pages/pages.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"

/* About so many contacts are changed by one request, and so many pages looked
 * at; then it asks whether to go on. */
#define ALL_MOST 10000
#define ALL_PAGES 400

static handler_fn all;

enum { ALL_EXCLUDE, ALL_CALL };

/* clang-format off */
const struct route contacts_all_routes[] = {
	/* method path                       least role       handler arg prefetch, flags */
	{ POST,   HOME_PATH "/:id/exclude-all", ROLE_SUPERVISOR, all, ALL_EXCLUDE, NULL, 0 },
	{ POST,   HOME_PATH "/:id/call-all",    ROLE_SUPERVISOR, all, ALL_CALL,    NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* A request that is being carried out. */
struct all {
	struct request *q;
	struct campaign c;
	struct contact_form form;
	struct contact_query query; /* from where it goes on */
	struct actor who;
	int64_t done;	/* numbers excluded, or contacts made due */
	int64_t run_id; /* to wake; 0: none */
	bool more;
};

typedef int apply_fn(struct all *all, const struct contact_page *page,
		     struct arena *a, struct fault *f);

static int
exclude(struct all *all, const struct contact_page *page, struct arena *a,
	struct fault *f)
{
	const char **phones = ARENA_ARRAY(a, page->count + 1, const char *);
	struct exclude_order o = { .campaign_id = all->c.id,
				   .phones = phones,
				   .only_new = true };
	struct exclude_answer answer;

	for (size_t i = 0; i < page->count; i++)
		if (*page->rows[i].phone)
			phones[o.count++] =
				arena_printf(a, "+%s", page->rows[i].phone);
	if (!o.count)
		return 0;
	if (campaign_exclude(all->q->db, &all->who, &o, a, &answer, f))
		return -1;
	all->done += (int64_t)answer.written;
	return 0;
}

/* The contacts of a page, in pieces of which each is a short stretch of one
 * segment: a number may have contacts that lie far apart. */
static int
call(struct all *all, const struct contact_page *page, struct arena *a,
     struct fault *f)
{
	struct call_now_contact *contacts =
		ARENA_ARRAY(a, page->count + 1, struct call_now_contact);

	for (size_t i = 0; i < page->count;) {
		const struct contact_row *first = &page->rows[i];
		struct call_now_order o = { .campaign_id = all->c.id,
					    .seg = first->seg,
					    .contacts = contacts };
		struct call_now_answer answer;

		for (;
		     i < page->count && page->rows[i].seg == o.seg &&
		     page->rows[i].ordinal < first->ordinal + CONTACTS_SCANNED;
		     i++)
			contacts[o.count++].ordinal = page->rows[i].ordinal;
		if (campaign_call_now(all->q->db, &all->who, &o, &answer, f))
			return -1;
		all->done += (int64_t)answer.moved;
		if (answer.run_id)
			all->run_id = answer.run_id;
	}
	return 0;
}

/* Words by action; %s is "1,234 contacts". */
static const struct {
	apply_fn *apply;
	const char *label, *failed, *ask, *many;
	const char *unit, *result; /* "number", "excluded" */
	const char *none;
} actions[] = {
	[ALL_EXCLUDE] = {
		exclude, "Exclude all", "Failed to exclude",
		"Exclude %s? This campaign will no longer call their numbers. "
		"Calls in progress finish.",
		" About 10,000 are excluded at a time.",
		"number", "excluded",
		"No number was excluded: they are already, or there is none.",
	},
	[ALL_CALL] = {
		call, "Call all now", "Failed to make the contacts due",
		"Call %s now? These wait for a retry or a callback and become "
		"due at once. Calling hours, exclusions and limits apply as "
		"before.",
		" About 10,000 become due at a time.",
		"contact", "due now",
		"No contact of these waits for a retry or a callback.",
	},
};

static const char *
path_of(const struct all *all)
{
	struct arena *a = all->q->arena;

	return arena_printf(
		a, "%s%s", campaign_tab_path(&all->c, CAMPAIGN_TAB_CONTACTS, a),
		contact_form_query(&all->form, NULL, a));
}

static int
ask(struct all *all, struct reply *r, const char *question, const char *what,
    struct fault *f)
{
	struct request *q = all->q;
	char id[11];
	struct confirm_page data = {
		.action = q->target,
		.ask = question,
		.what = what,
		.id = id,
		.name = all->c.set.name,
		.label = actions[q->route->arg].label,
		.icon = q->route->arg == ALL_EXCLUDE ? "triangle-alert"
						     : "phone-call",
		.grave = q->route->arg == ALL_EXCLUDE,
		.csrf = q->session->csrf,
		.back = path_of(all),
		.arena = q->arena,
	};
	struct page page = { .title = data.label,
			     .tpl = "page_confirm.tpl",
			     .fill = fill_confirm,
			     .data = &data };

	text_short_id((uint64_t)all->c.id, id);
	return reply_page(r, &page, f);
}

static const char *
count_words(const struct contact_count *n, struct arena *a)
{
	bool many = n->more && n->n >= CONTACTS_COUNTED;

	return arena_printf(a, "%s%s contact%s",
			    many      ? "more than "
			    : n->more ? "at least "
				      : "",
			    text_thousands(a, many ? CONTACTS_COUNTED : n->n),
			    text_plural(n->n));
}

static int
ask_first(struct all *all, struct reply *r, struct fault *f)
{
	struct arena *a = all->q->arena;
	int action = all->q->route->arg;
	struct contact_count n;

	if (contacts_count(all->q->db, &all->query, &n, a, f))
		return -1;
	if (!n.n && !n.more)
		return fault_set(f, FAULT_CONFLICT, "%s", actions[action].none);
	return ask(all, r,
		   arena_printf(a, "%s%s", actions[action].ask,
				n.more || n.n > ALL_MOST ? actions[action].many
							 : ""),
		   count_words(&n, a), f);
}

/* Works through the contacts, until enough is done.  After a fault what was
 * done stays done, and what failed is in front of the place to go on from. */
static int
work(struct all *all, struct fault *f)
{
	struct request *q = all->q;

	all->query.limit = CONTACTS_MOST;
	all->more = true;
	for (int i = 0; i < ALL_PAGES && all->more && all->done < ALL_MOST;
	     i++) {
		struct arena *a = arena_new();
		struct contact_page page;
		int rc = contacts_page(q->db, &all->query, &page, a, f) ||
					 actions[q->route->arg].apply(
						 all, &page, a, f)
				 ? -1
				 : 0;

		arena_free(a);
		if (rc)
			return -1;
		all->query.after_seg = page.next_seg;
		all->query.after_ordinal = page.next_ordinal;
		all->more = page.more;
	}
	return 0;
}

/* "1,234 numbers excluded" */
static const char *
result_words(const struct all *all)
{
	struct arena *a = all->q->arena;
	int action = all->q->route->arg;

	return arena_printf(a, "%s %s%s %s", text_thousands(a, all->done),
			    actions[action].unit, text_plural(all->done),
			    actions[action].result);
}

/* There is more: the same question, from where this has come. */
static int
ask_to_go_on(struct all *all, struct reply *r, struct fault *f)
{
	struct request *q = all->q;

	q->target = arena_printf(
		q->arena, "%s%s", q->path,
		contact_form_query(&all->form,
				   contact_id_text(all->query.after_seg,
						   all->query.after_ordinal,
						   q->arena),
				   q->arena));
	return ask(all, r,
		   "%s. Go on with the others? What is done stays done.",
		   result_words(all), f);
}

static int
answer(struct all *all, struct reply *r, struct fault *f)
{
	struct request *q = all->q;

	if (q->json) {
		reply_json(r, 200, "done",
			   arena_printf(q->arena, "%lld", (long long)all->done),
			   "more", all->more ? "yes" : "no", NULL);
		return 0;
	}
	if (all->more)
		return ask_to_go_on(all, r, f);
	if (all->done)
		reply_toast(r, false, result_words(all), "");
	else
		reply_toast(r, true, actions[q->route->arg].failed,
			    actions[q->route->arg].none);
	reply_redirect(r, path_of(all));
	return 0;
}

static int
carry_out(struct all *all, struct reply *r, struct fault *f)
{
	struct request *q = all->q;
	int failed = work(all, f);

	if (all->run_id)
		wake_run(q->redis, all->run_id);
	if (all->done)
		list_invalidate(q->redis, q->actor.workspace_id);
	if (failed && (!all->done || q->json))
		return -1;
	if (failed)
		reply_toast(r, true, actions[q->route->arg].failed, f->text);
	return answer(all, r, f);
}

/* POST /dashboard/campaigns/:id/exclude-all, .../call-all */
static int
all(struct request *q, struct reply *r, struct fault *f)
{
	struct all a = { .q = q, .who = session_actor(q->session) };
	const char *sure = pairs_get(&q->form, "confirm");

	q->failed = actions[q->route->arg].failed;
	if (contacts_open(q, &a.c, &a.query, f) ||
	    contacts_read_form(q, &a.form, &a.query, f) ||
	    contacts_find_run(q, a.form.run, &a.query, f))
		return -1;
	if (q->route->arg == ALL_CALL) {
		a.query.due_after = q->now;
		if (!a.query.run_id || a.query.run_id != a.c.current_run)
			return fault_set(f, FAULT_CONFLICT,
					 "Only contacts of the current run "
					 "can be called.");
	}
	if (!sure)
		return ask_first(&a, r, f);
	if (strcmp(sure, "1") == 0)
		return carry_out(&a, r, f);
	reply_redirect(r, path_of(&a));
	return 0;
}
