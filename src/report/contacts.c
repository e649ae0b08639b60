#include "report/contacts.h"

#include <string.h>

#include "app/outcome.h"
#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/numeric.h"
#include "campaign/campaign.h"
#include "report/contacts_priv.h"
#include "report/segments.h"
#include "store/db.h"


/* A row of contact with what the run has of it. */
struct found_contact {
	int64_t part, ordinal;
	const char *phone, *country, *external_id;
	bool gone;
	int64_t state, outcome, tries, seq, due_at;
	const char *disposition;
	int64_t callback_at;
};
static const struct field found_fields[] = {
	{ FIELD(found_contact, part) },
	{ FIELD(found_contact, ordinal) },
	{ FIELD(found_contact, phone) },
	{ FIELD(found_contact, country) },
	{ FIELD(found_contact, external_id) },
	{ FIELD(found_contact, gone) },
	{ FIELD(found_contact, state) },
	{ FIELD(found_contact, outcome) },
	{ FIELD(found_contact, tries) },
	{ FIELD(found_contact, seq) },
	{ FIELD(found_contact, due_at) },
	{ FIELD(found_contact, disposition) },
	{ FIELD(found_contact, callback_at) },
};
static const struct record found_record = RECORD(found_fields);

/* clang-format off */
static const struct field shown_fields[] = {
	{ FIELD(contact_row, phone), .label = "Phone Number" },
	{ FIELD(contact_row, country), .label = "Country" },
	{ FIELD(contact_row, external_id), .label = "External ID" },
	{ FIELD(contact_row, state), .words = contact_state_words, .label = "State" },
	{ FIELD(contact_row, outcome), .words = outcome_words, .label = "Last Outcome" },
	{ FIELD(contact_row, tries), .label = "Attempts" },
	{ FIELD(contact_row, due_at), .shape = SHAPE_TIME, .label = "Due" },
};
/* clang-format on */
const struct record contact_row_record = RECORD(shown_fields);

unsigned
report_state(int64_t stored, bool gone, int64_t rest)
{
	unsigned state = stored == NO_ROW ? CONTACT_HELD : (unsigned)stored;

	if (!contact_waits(state))
		return state;
	if (gone)
		return CONTACT_EXCLUDED;
	if (rest == REST_MANUAL_STOP)
		return CONTACT_MANUAL_STOPPED;
	return rest == REST_WINDOW_CLOSED ? CONTACT_WINDOW_CLOSED : state;
}

/* Contacts of a segment after an ordinal, at most 'most'. */
struct reach {
	const struct contact_query *q;
	const struct report_segment *s;
	int64_t after;
	size_t most;
};

static struct found_contact *
read_some(struct db *db, const struct reach *reach, size_t *count,
	  struct arena *a, struct fault *f)
{
	const struct contact_query *q = reach->q;
	const struct report_segment *s = reach->s;
	struct rows_kind kind = { STMT_REPORT_CONTACTS, &found_record,
				  sizeof(struct found_contact) };
	struct arg args[10] = { ARG_INT(q->run_id), ARG_INT(s->seg),
				ARG_INT(s->list_id) };
	struct arg *at = args + 3;

	if (q->external_id && !q->phone) {
		kind.stmt = STMT_REPORT_CONTACTS_EXTERNAL;
		*at++ = ARG_STR(q->external_id);
	}
	*at++ = ARG_INT(s->part);
	if (q->phone) {
		kind.stmt = STMT_REPORT_CONTACTS_PHONE;
		*at++ = ARG_STR(q->phone);
	}
	*at++ = ARG_INT(reach->after);
	*at++ = ARG_INT(s->upto);
	*at++ = ARG_INT(s->list_id);
	*at++ = ARG_INT(q->workspace_id);
	*at++ = ARG_INT(reach->most);
	return rows_all(db, &kind, args, (size_t)(at - args), count, a, f);
}

static struct contact_row
row_of(const struct found_contact *c, const struct report_segment *s)
{
	/* What was said of a person who is erased is told to nobody. */
	bool told = *c->phone && c->disposition;

	return (struct contact_row){
		.seg = s->seg,
		.part = c->part,
		.ordinal = c->ordinal,
		.phone = c->phone,
		.country = c->country,
		.external_id = c->external_id,
		.state = report_state(c->state, c->gone, s->rest),
		.outcome = (unsigned)c->outcome,
		.tries = c->tries,
		.seq = c->seq,
		.due_at = c->due_at,
		.disposition = told ? c->disposition : "",
		.callback_at = told ? c->callback_at : 0,
		.list_id = s->list_id,
		.zone = s->zone,
		.rest = (unsigned)s->rest,
		.ahead = c->state == NO_ROW,
		.gone = c->gone,
	};
}

static bool
is_due_after(const struct contact_row *row, int64_t at)
{
	return (row->state == CONTACT_RETRY ||
		row->state == CONTACT_CALLBACK) &&
	       row->due_at > at;
}

/* Nothing is looked for that the statement does not find by itself. */
static bool
is_all(const struct contact_query *q)
{
	return q->state < 0 && !q->outcome && !q->disposition && !q->callback &&
	       !q->due_after;
}

static bool
is_wanted(const struct contact_query *q, const struct contact_row *row)
{
	if (q->state >= 0 && row->state != (unsigned)q->state)
		return false;
	if (q->outcome && row->outcome != (unsigned)q->outcome)
		return false;
	if (q->disposition && strcmp(row->disposition, q->disposition) != 0)
		return false;
	if (q->callback && !row->callback_at)
		return false;
	if (q->due_after && !is_due_after(row, q->due_after))
		return false;
	return !q->external_id ||
	       (row->external_id && !strcmp(row->external_id, q->external_id));
}

/* A page that is being filled. */
struct filling {
	const struct contact_query *q;
	size_t limit, left; /* left: contacts still to be looked at */
	struct contact_page page;
	struct arena *arena;
};

/* Looks at contacts of one segment until the page is full or enough have been
 * looked at. */
static int
scan(struct db *db, struct filling *p, const struct report_segment *s,
     struct fault *f)
{
	const struct contact_query *q = p->q;
	struct contact_page *page = &p->page;
	struct reach reach = { .q = q, .s = s, .most = p->left };
	struct found_contact *found;
	size_t n;

	if (s->seg == q->after_seg)
		reach.after = q->after_ordinal;
	/* One more tells whether there are more. */
	if (is_all(q) && p->limit - page->count + 1 < reach.most)
		reach.most = p->limit - page->count + 1;
	found = read_some(db, &reach, &n, p->arena, f);
	if (!found)
		return -1;
	p->left -= n;
	for (size_t i = 0; i < n && !page->more; i++) {
		struct contact_row row = row_of(&found[i], s);

		page->more = page->count == p->limit;
		if (page->more)
			break;
		page->next_seg = s->seg;
		page->next_ordinal = row.ordinal;
		if (is_wanted(q, &row))
			page->rows[page->count++] = row;
	}
	return 0;
}

int
contacts_page(struct db *db, const struct contact_query *q,
	      struct contact_page *out, struct arena *a, struct fault *f)
{
	struct filling p = { .q = q,
			     .limit = q->limit,
			     .left = CONTACTS_SCANNED,
			     .page = { .next_seg = q->after_seg,
				       .next_ordinal = q->after_ordinal },
			     .arena = a };
	struct report_segment *segments;
	size_t count;

	if (!p.limit)
		p.limit = CONTACTS_PAGE_MOST;
	p.limit = size_min(p.limit, CONTACTS_MOST);
	if (report_segments(db, q, &segments, &count, a, f))
		return -1;
	p.page.rows = ARENA_ARRAY(a, p.limit, struct contact_row);
	for (size_t i = 0; i < count && !p.page.more; i++) {
		struct report_segment *s = &segments[i];

		if (q->due_after) /* who waits was called */
			s->upto = int64_min(s->upto, s->next - 1);
		if (s->seg < q->after_seg ||
		    (s->seg == q->after_seg && s->upto <= q->after_ordinal))
			continue;
		if (!p.left || p.page.count == p.limit)
			p.page.more = s->upto > 0;
		else if (scan(db, &p, s, f))
			return -1;
		/* What was not looked at any more in this segment. */
		if (!p.left && p.page.next_seg == s->seg &&
		    p.page.next_ordinal < s->upto)
			p.page.more = true;
	}
	*out = p.page;
	return 0;
}

struct found_vars {
	const char *json;
};
static const struct field vars_fields[] = { { FIELD(found_vars, json) } };
static const struct record vars_record = RECORD(vars_fields);
static const struct rows_kind vars_kind = { STMT_REPORT_CONTACT_VARS,
					    &vars_record,
					    sizeof(struct found_vars) };

static int
read_vars(struct db *db, const struct contact_row *row, int64_t workspace_id,
	  const char **out, struct arena *a, struct fault *f)
{
	struct arg list = ARG_INT(row->list_id);
	size_t n;
	const struct found_vars *vars =
		rows_all(db, &vars_kind,
			 ARGS(list, ARG_INT(row->part), ARG_INT(row->ordinal),
			      list, ARG_INT(workspace_id)),
			 &n, a, f);

	*out = vars && n && vars->json ? vars->json : "";
	return vars ? 0 : -1;
}

int
contact_load(struct db *db, const struct contact_query *q,
	     struct contact_row *out, const char **vars, struct arena *a,
	     struct fault *f)
{
	struct contact_query one = { .workspace_id = q->workspace_id,
				     .run_id = q->run_id };
	struct report_segment *segments;
	size_t count, n = 0;

	if (report_segments(db, q, &segments, &count, a, f))
		return -1;
	for (size_t i = 0; i < count && !n; i++) {
		struct report_segment *s = &segments[i];
		struct reach reach = {
			.q = &one, .s = s, .after = q->ordinal - 1, .most = 1
		};
		struct found_contact *found;

		if (s->seg != q->seg || s->upto < q->ordinal)
			continue;
		s->upto = q->ordinal;
		found = read_some(db, &reach, &n, a, f);
		if (!found)
			return -1;
		if (n)
			*out = row_of(found, s);
	}
	if (!n)
		return fault_set(f, FAULT_ABSENT,
				 "There is no such contact in this campaign.");
	return read_vars(db, out, q->workspace_id, vars, a, f);
}
