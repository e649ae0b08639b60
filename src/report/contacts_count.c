/* How many contacts match a filter. */
#include "base/arena.h"
#include "campaign/campaign.h"
#include "campaign/run_counters.h"
#include "report/contacts.h"
#include "report/run_report.h"
#include "report/segments.h"

/* Whether the counter of a state says how many read as being in it: contacts
 * that wait in a closed run read otherwise, and so do those ahead of the
 * cursor. */
static bool
is_counted(unsigned state, int64_t rest)
{
	if (state == CONTACT_RETRY || state == CONTACT_CALLBACK)
		return rest == REST_OPEN;
	return state == CONTACT_ACTIVE ||
	       (state >= CONTACT_COMPLETED && state <= CONTACT_INVALID);
}

/* Returns 1 and sets *n where it is known without looking at contacts. */
static int
known(struct db *db, const struct contact_query *q, int64_t *n, struct arena *a,
      struct fault *f)
{
	struct run_counters of = { .run_id = q->run_id };
	struct report_segment *segments;
	size_t count;

	if (q->outcome || q->disposition || q->callback || q->due_after ||
	    q->phone || q->external_id)
		return 0;
	if (report_segments(db, q, &segments, &count, a, f))
		return -1;
	*n = 0;
	for (size_t i = 0; i < count; i++)
		*n += segments[i].upto;
	if (q->state < 0)
		return 1;
	if (!q->run_id || !is_counted((unsigned)q->state, segments[0].rest))
		return 0;
	if (run_counts(db, q->workspace_id, &of, f))
		return -1;
	*n = of.of[run_counter_of_state((enum contact_state)q->state)];
	return 1;
}

int
contacts_count(struct db *db, const struct contact_query *q,
	       struct contact_count *out, struct arena *a, struct fault *f)
{
	struct contact_query some = *q;
	int is_known = known(db, q, &out->n, a, f);

	out->more = false;
	if (is_known)
		return is_known < 0 ? -1 : 0;
	out->n = 0;
	some.limit = CONTACTS_MOST;
	for (int i = 0; i == 0 || out->more; i++) {
		struct arena *one = arena_new();
		struct contact_page page;
		int rc = contacts_page(db, &some, &page, one, f);

		arena_free(one);
		if (rc)
			return -1;
		some.after_seg = page.next_seg;
		some.after_ordinal = page.next_ordinal;
		out->n += (int64_t)page.count;
		out->more = page.more;
		if (out->n >= CONTACTS_COUNTED || i >= CONTACTS_COUNT_PAGES)
			break;
	}
	return 0;
}
