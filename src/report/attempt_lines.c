#include "report/attempt_lines.h"

#include <string.h>

#include "app/outcome.h"
#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"
#include "campaign/call_id.h"
#include "campaign/follow.h"
#include "report/contacts.h"
#include "report/segments.h"
#include "store/db.h"

#define CONTACTS_AT_ONCE 4000

static const struct field line_fields[] = {
	{ FIELD(attempt_line, ordinal) },
	{ FIELD(attempt_line, seq) },
	{ FIELD(attempt_line, nonce) },
	{ FIELD(attempt_line, phone) },
	{ FIELD(attempt_line, sent_at) },
	{ FIELD(attempt_line, ring_ms) },
	{ FIELD(attempt_line, talk_ms) },
	{ FIELD(attempt_line, outcome), .words = outcome_words },
	{ FIELD(attempt_line, q850) },
	{ FIELD(attempt_line, sip) },
	{ FIELD(attempt_line, hung_by), .words = hung_by_words },
	{ FIELD(attempt_line, counted) },
	{ FIELD(attempt_line, external_id) },
	{ FIELD(attempt_line, caller) },
	{ FIELD(attempt_line, carrier) },
	{ FIELD(attempt_line, disposition) },
	{ FIELD(attempt_line, answered_by), .words = answered_by_words },
};
static const struct record line_record = RECORD(line_fields);

int
attempt_lines_open(struct db *db, struct attempt_lines *l, struct arena *a,
		   struct fault *f)
{
	const struct contact_query q = { .workspace_id = l->workspace_id,
					 .campaign_id = l->campaign_id,
					 .run_id = l->run_id };

	l->n = 0;
	l->after = 0;
	return report_segments(db, &q, &l->segments, &l->count, a, f);
}

static bool
is_wanted(const struct line_filter *w, const struct attempt_line *l)
{
	return (!w->outcome || l->outcome == w->outcome) &&
	       (!w->disposition ||
		(l->disposition && !strcmp(l->disposition, w->disposition))) &&
	       (!w->from || l->sent_at >= w->from) &&
	       (!w->before || l->sent_at < w->before);
}

/* Keeps those that are wanted, in their order; returns how many. */
static size_t
keep_wanted(const struct line_filter *w, struct attempt_line *list,
	    size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (is_wanted(w, &list[i]))
			list[kept++] = list[i];
	}
	return kept;
}

static void
name_all(struct attempt_line *list, size_t count, uint32_t run, int64_t seg)
{
	for (size_t i = 0; i < count; i++) {
		struct call_key key = { .run = run,
					.seg = (uint16_t)seg,
					.seq = (uint16_t)list[i].seq,
					.ordinal = (uint32_t)list[i].ordinal,
					.nonce = (uint32_t)list[i].nonce };
		uint8_t id[UUID_LEN];

		list[i].seg = seg;
		call_id_make(&key, id);
		uuid_text(id, list[i].id);
	}
}

int
attempt_lines_next(struct db *db, struct attempt_lines *l,
		   struct attempt_line **out, size_t *count, struct arena *a,
		   struct fault *f)
{
	static const struct rows_kind kind = { STMT_REPORT_LINES, &line_record,
					       sizeof(struct attempt_line) };
	const struct report_segment *s;
	int64_t upto;

	*out = NULL;
	*count = 0;
	/* ahead of its cursor nobody was called */
	while (l->n < l->count && l->after >= l->segments[l->n].next - 1) {
		l->n++;
		l->after = 0;
	}
	if (l->n == l->count)
		return 0;
	s = &l->segments[l->n];
	upto = l->after + CONTACTS_AT_ONCE;
	*out = rows_all(db, &kind,
			ARGS(ARG_INT(s->list_id), ARG_INT(s->part),
			     ARG_INT(l->run_id), ARG_INT(s->seg),
			     ARG_INT(l->after), ARG_INT(upto),
			     ARG_INT(l->workspace_id)),
			count, a, f);
	if (!*out)
		return -1;
	*count = keep_wanted(&l->filter, *out, *count);
	name_all(*out, *count, (uint32_t)l->run_id, s->seg);
	l->after = upto;
	return 0;
}
