/* One contact of a campaign: how it stands, its attempts, and what is done to
 * it. */
#include <string.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "campaign/call_now.h"
#include "campaign/call_result.h"
#include "campaign/campaign.h"
#include "campaign/exclude.h"
#include "report/contact_id.h"
#include "report/not_called.h"
#include "web/pages/campaign_contacts.h"
#include "web/pages/fill_contact.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"

#define ONE HOME_PATH "/:id/contacts/:id"

static handler_fn show, follow_link, call_now, exclude, lift;

enum { LINK_RECORDING, LINK_TRANSCRIPT };

/* clang-format off */
const struct route contact_routes[] = {
	/* method path                  least role       handler      arg prefetch, flags */
	{ GET,    ONE,                  ROLE_VIEWER,     show,        0, NULL, 0 },
	{ GET,    ONE "/recording",     ROLE_VIEWER,     follow_link, LINK_RECORDING, NULL, 0 },
	{ GET,    ONE "/transcript",    ROLE_VIEWER,     follow_link, LINK_TRANSCRIPT, NULL, 0 },
	{ POST,   ONE "/call-now",      ROLE_SUPERVISOR, call_now,    0, NULL, 0 },
	{ POST,   ONE "/exclude",       ROLE_SUPERVISOR, exclude,     0, NULL, 0 },
	{ POST,   ONE "/lift-exclusion", ROLE_SUPERVISOR, lift,       0, NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* The contact in the address, of which campaign. */
static int
open_contact(struct request *q, struct campaign *c, struct contact_query *query,
	     struct fault *f)
{
	if (contacts_open(q, c, query, f))
		return -1;
	if (contact_id_parse(q->segments[1], &query->seg, &query->ordinal,
			     q->arena))
		return fault_set(f, FAULT_ABSENT,
				 "There is no such contact in this campaign.");
	return 0;
}

/* Why its number may not be called; an erased one cannot be. */
static int
read_barred(struct request *q, const struct contact_query *query,
	    struct contact_trail *t, struct fault *f)
{
	const char *phone = t->contact.phone;
	struct dnc_numbers one = { query->workspace_id, &phone, 1 };

	if (!*phone)
		return 0;
	return campaign_excludes(q->db, query->workspace_id, query->campaign_id,
				 phone, &t->excluded, f) ||
			       dnc_scrub(q->db, &one, &t->lists, q->arena, f)
		       ? -1
		       : 0;
}

static int
read_why(struct request *q, const struct contact_query *query,
	 struct contact_trail *t, struct fault *f)
{
	struct not_called n = {
		.c = t->c,
		.contact = &t->contact,
		.zones = q->zones,
		.now = q->now,
		.excluded = t->excluded,
		.list = t->lists.count ? t->lists.entries[0].list : NULL,
	};

	if (not_called_read(q->db, query, &n, q->arena, f))
		return -1;
	t->why = not_called_words(&n, q->arena);
	return 0;
}

static int
read_trail(struct request *q, const struct contact_query *query,
	   struct contact_trail *t, struct fault *f)
{
	struct attempt_query attempts = { .workspace_id = query->workspace_id,
					  .campaign_id = query->campaign_id,
					  .run_id = query->run_id };

	if (contact_load(q->db, query, &t->contact, &t->variables, q->arena,
			 f) ||
	    read_barred(q, query, t, f) || read_why(q, query, t, f))
		return -1;
	if (!query->run_id)
		return 0;
	return attempts_of_contact(q->db, &attempts, &t->contact, &t->attempts,
				   q->arena, f) ||
			       attempts_read_reports(q->db, &attempts,
						     &t->contact, &t->attempts,
						     q->arena, f)
		       ? -1
		       : 0;
}

/* The run that the address names; *no is 0 if it names none. */
static int
read_run(struct request *q, struct contact_query *query, int64_t *no,
	 struct fault *f)
{
	const char *text = pairs_get(&q->query, "run");

	*no = 0;
	if (text && (text_int(text, no) || *no < 1))
		return fault_set(f, FAULT_ABSENT, "There is no such run.");
	return contacts_find_run(q, *no, query, f);
}

/* GET /dashboard/campaigns/:id/contacts/:id */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct contact_query query;
	struct campaign c;
	struct contact_trail trail = { .c = &c, .viewer = &viewer };
	struct page page = { .tpl = "page_contact.tpl",
			     .fill = fill_contact,
			     .data = &trail,
			     .wizard = true };

	if (open_contact(q, &c, &query, f) ||
	    read_run(q, &query, &trail.run, f) ||
	    read_trail(q, &query, &trail, f))
		return -1;
	page.title = arena_printf(q->arena, "A contact of %s", c.set.name);
	return q->partial ? reply_part(r, "part_trail_row.tpl", fill_trail_row,
				       &trail, f)
			  : reply_page(r, &page, f);
}

/* The report of the attempt that the address names; *out NULL: none. */
static int
read_report(struct request *q, const struct bot_report **out, struct fault *f)
{
	const char *text = pairs_get(&q->query, "attempt");
	struct attempt_query one = { .limit = 1 };
	struct attempt_list list;
	struct contact_query query;
	struct contact_row contact;
	const char *unused;
	struct campaign c;
	int64_t run, seq;

	*out = NULL;
	if (open_contact(q, &c, &query, f) || read_run(q, &query, &run, f) ||
	    contact_load(q->db, &query, &contact, &unused, q->arena, f))
		return -1;
	if (!text || text_int(text, &seq) || seq < 1)
		return 0;
	one.workspace_id = query.workspace_id;
	one.campaign_id = query.campaign_id;
	one.run_id = query.run_id;
	one.after_seq = seq - 1;
	if (attempts_of_contact(q->db, &one, &contact, &list, q->arena, f) ||
	    attempts_read_reports(q->db, &one, &contact, &list, q->arena, f))
		return -1;
	if (list.count && list.rows[0].seq == seq)
		*out = list.rows[0].report;
	return 0;
}

/* GET /dashboard/campaigns/:id/contacts/:id/recording, .../transcript */
static int
follow_link(struct request *q, struct reply *r, struct fault *f)
{
	const struct bot_report *said;
	struct fault unused;
	const char *url = "";

	if (read_report(q, &said, f))
		return -1;
	if (said)
		url = q->route->arg == LINK_RECORDING ? said->recording
						      : said->transcript;
	/* Checked when it was stored, and again where it counts. */
	if (!*url || result_link_check("link", url, &unused))
		return fault_set(f, FAULT_ABSENT,
				 "The bot reported no such link.");
	reply_leave(r, url);
	return 0;
}

/* The number of the contact in the address, as an order to exclude. */
static int
read_order(struct request *q, struct exclude_order *o,
	   struct contact_row *contact, struct fault *f)
{
	const char **phone = ARENA_NEW(q->arena, const char *);
	struct contact_query query;
	const char *unused;
	struct campaign c;

	if (open_contact(q, &c, &query, f) ||
	    contact_load(q->db, &query, contact, &unused, q->arena, f))
		return -1;
	if (!*contact->phone)
		return fault_set(f, FAULT_CONFLICT,
				 "This person was erased: there is no number "
				 "left to exclude.");
	*phone = arena_printf(q->arena, "+%s", contact->phone);
	*o = (struct exclude_order){
		.campaign_id = c.id, .phones = phone, .count = 1, .reason = ""
	};
	return 0;
}

/* Shows the contact again, with what was done. */
static int
done(struct request *q, struct reply *r, const char *text, const char *detail)
{
	char *path = arena_strdup(q->arena, q->path);

	list_invalidate(q->redis, q->actor.workspace_id);
	reply_toast(r, false, text, detail);
	if (q->json) {
		reply_json(r, 200, "message", text, NULL);
		return 0;
	}
	*strrchr(path, '/') = '\0';
	reply_redirect(r, path);
	return 0;
}

/* POST /dashboard/campaigns/:id/contacts/:id/exclude */
static int
exclude(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct exclude_answer answer;
	struct contact_row contact;
	struct exclude_order o;

	q->failed = "Failed to exclude";
	if (read_order(q, &o, &contact, f) ||
	    campaign_exclude(q->db, &who, &o, q->arena, &answer, f))
		return -1;
	return done(q, r, "Number excluded",
		    answer.in_flight ? "The call in progress is the last one."
				     : "");
}

/* POST /dashboard/campaigns/:id/contacts/:id/lift-exclusion */
static int
lift(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct lift_result *result;
	struct contact_row contact;
	struct exclude_order o;

	q->failed = "Failed to lift the exclusion";
	if (read_order(q, &o, &contact, f) ||
	    campaign_lift_exclusion(q->db, &who, &o, q->arena, &result, f))
		return -1;
	if (result->fate != LIFT_LIFTED)
		return fault_set(f, FAULT_CONFLICT,
				 "The number is not excluded.");
	return done(q, r, "Exclusion lifted",
		    contact.state == CONTACT_EXCLUDED
			    ? "The contact stays excluded in this run."
			    : "");
}

/* POST /dashboard/campaigns/:id/contacts/:id/call-now */
static int
call_now(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct call_now_contact one;
	struct call_now_answer answer;
	struct call_now_order o = { .contacts = &one, .count = 1 };
	struct contact_query query;
	struct contact_row contact;
	const char *unused;
	struct campaign c;

	q->failed = "Failed to make the contact due";
	if (open_contact(q, &c, &query, f) ||
	    contact_load(q->db, &query, &contact, &unused, q->arena, f))
		return -1;
	o.campaign_id = c.id;
	o.seg = query.seg;
	one.ordinal = query.ordinal;
	if (campaign_call_now(q->db, &who, &o, &answer, f))
		return -1;
	if (call_now_refusals[one.fate])
		return fault_set(f, FAULT_CONFLICT, "%s",
				 call_now_refusals[one.fate]);
	if (answer.run_id)
		wake_run(q->redis, answer.run_id);
	return done(q, r,
		    one.fate == CALL_NOW_WAS_DUE ? "Contact was due already"
						 : "Contact is due now",
		    "");
}
