#include "report/contact_lines.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"
#include "campaign/outcome.h"
#include "report/contacts.h"
#include "report/contacts_priv.h"
#include "report/segments.h"
#include "store/db.h"

#define CONTACTS_AT_ONCE 1000

static const struct field line_fields[] = {
	{ FIELD(contact_line, ordinal) },
	{ FIELD(contact_line, phone) },
	{ FIELD(contact_line, external_id) },
	{ FIELD(contact_line, vars) },
	{ FIELD(contact_line, gone) },
	{ FIELD(contact_line, state) },
	{ FIELD(contact_line, outcome) },
	{ FIELD(contact_line, tries) },
	{ FIELD(contact_line, spoke) },
	{ FIELD(contact_line, last_call) },
	{ FIELD(contact_line, disposition) },
	{ FIELD(contact_line, barred) },
};
static const struct record line_record = RECORD(line_fields);

int
contact_lines_open(struct db *db, struct contact_lines *l, struct arena *a,
		   struct fault *f)
{
	const struct contact_query q = { .workspace_id = l->workspace_id,
					 .campaign_id = l->campaign_id,
					 .run_id = l->run_id };

	contact_lines_rewind(l);
	return report_segments(db, &q, &l->segments, &l->count, a, f);
}

static bool
is_wanted(const struct contact_line_filter *w, const struct contact_line *l)
{
	if (!*l->phone || (w->state >= 0 && l->state != w->state) ||
	    (w->outcome && l->outcome != w->outcome))
		return false;
	return !w->not_reached ||
	       (!l->spoke && !l->barred && l->state != CONTACT_COMPLETED &&
		l->state != CONTACT_INVALID && l->state != CONTACT_EXCLUDED);
}

/* Keeps those that are wanted, in their order; returns how many. */
static size_t
keep_wanted(const struct contact_lines *l, const struct report_segment *s,
	    struct contact_line *list, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		list[i].state =
			report_state(list[i].state, list[i].gone, s->rest);
		if (is_wanted(&l->filter, &list[i]))
			list[kept++] = list[i];
	}
	return kept;
}

int
contact_lines_next(struct db *db, struct contact_lines *l,
		   struct contact_line **out, size_t *count, struct arena *a,
		   struct fault *f)
{
	static const struct rows_kind kind = { STMT_REPORT_CONTACT_LINES,
					       &line_record,
					       sizeof(struct contact_line) };
	const struct report_segment *s;
	int64_t upto;

	*out = NULL;
	*count = 0;
	while (l->n < l->count && l->after >= l->segments[l->n].upto) {
		l->n++;
		l->after = 0;
	}
	if (l->n == l->count)
		return 0;
	s = &l->segments[l->n];
	upto = l->after + CONTACTS_AT_ONCE;
	if (upto > s->upto)
		upto = s->upto;
	*out = rows_all(db, &kind,
			ARGS(ARG_INT(l->filter.not_reached),
			     ARG_INT(l->campaign_id), ARG_INT(l->workspace_id),
			     ARG_INT(l->run_id), ARG_INT(s->seg),
			     ARG_INT(s->list_id), ARG_INT(s->part),
			     ARG_INT(l->after), ARG_INT(upto),
			     ARG_INT(s->list_id), ARG_INT(l->workspace_id)),
			count, a, f);
	if (!*out)
		return -1;
	*count = keep_wanted(l, s, *out, *count);
	l->after = upto;
	return 0;
}

void
contact_lines_rewind(struct contact_lines *l)
{
	l->n = 0;
	l->after = 0;
}
