/* fill_calls.c - the calls to a number, by all campaigns. */
#include "web/pages/fill_calls.h"

#include <inttypes.h>

#include "base/text.h"
#include "base/words.h"
#include "campaign/outcome.h"
#include "report/contact_id.h"
#include "web/pages/fill_contact.h"
#include "web/pages/fill_outcomes.h"
#include "web/pages/viewer.h"

static void
fill_name(struct view *v, int64_t id, const char *name)
{
	char short_id[11];

	text_short_id((uint64_t)id, short_id);
	view_str(v, "ID", short_id);
	view_str(v, "NAME", name);
}

static void
fill_call(struct view *v, const struct number_call *c, const struct viewer *who)
{
	struct arena *a = who->arena;

	fill_name(v, c->campaign_id, c->campaign);
	view_int(v, "RUN", c->run);
	view_str(v, "CONTACT", contact_id_text(c->seg, c->ordinal, a));
	if (c->sent_at)
		view_time(view_section(v, "SENT"), "AT", c->sent_at,
			  VIEW_MOMENT, &who->zone);
	else
		view_show(v, "QUEUED");
	view_str(v, "OUTCOME",
		 c->live ? live_state_labels[c->live - 1]
			 : word_words(outcome_words[c->outcome], a));
	if (c->caller)
		view_printf(v, "CALLER", "+%s", c->caller);
	else
		view_str(v, "CALLER", "Removed");
	view_str(v, "RING", told_duration(c->ring_ms, a));
	view_str(v, "TALK", told_duration(c->talk_ms, a));
	view_str(v, "DISPOSITION", c->disposition ? c->disposition : "");
}

/* Why it may not be called. */
static void
fill_barred(struct view *v, const struct calls_page *p)
{
	const struct number_calls *c = &p->calls;

	for (size_t i = 0; i < p->lists.count; i++)
		view_str(view_section(v, "BARRED"), "LIST",
			 p->lists.entries[i].list);
	for (size_t i = 0; i < c->exclusion_count && i < NUMBER_EXCLUSIONS_MOST;
	     i++)
		fill_name(view_section(v, "EXCLUDED"),
			  c->exclusions[i].campaign_id,
			  c->exclusions[i].campaign);
	if (c->exclusion_count > NUMBER_EXCLUSIONS_MOST)
		view_show(v, "MORE_EXCLUDED");
}

static void
fill_pages(struct view *v, const struct calls_page *p)
{
	const struct number_calls *c = &p->calls;
	const char *phone = p->asked.phone;

	if (p->asked.before)
		view_printf(view_section(v, "NEWEST"), "HREF",
			    CALLS_PATH "?phone_number=%%2B%s", phone);
	if (c->more)
		view_printf(view_section(v, "OLDER"), "HREF",
			    CALLS_PATH "?phone_number=%%2B%s&before=%" PRId64,
			    phone, c->rows[c->count - 1].sent_at);
}

void
fill_calls(struct view *v, const void *data)
{
	const struct calls_page *p = data;
	struct view *answer, *calls;

	view_str(v, "TYPED", p->typed);
	if (p->wrong)
		view_str(view_section(v, "BAD"), "WHY", p->wrong);
	if (!p->asked.phone)
		return;
	answer = view_section(v, "ANSWER");
	view_str(answer, "PHONE", p->asked.phone);
	fill_barred(answer, p);
	if (!p->calls.count) {
		view_show(answer, p->asked.before ? "NO_OLDER" : "NEVER");
	} else {
		calls = view_section(answer, "CALLS");
		for (size_t i = 0; i < p->calls.count; i++)
			fill_call(view_section(calls, "CALL"),
				  &p->calls.rows[i], p->viewer);
	}
	fill_pages(v, p);
}
