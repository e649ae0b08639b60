#include "report/not_called.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"
#include "base/numeric.h"
#include "base/text.h"
#include "base/words.h"
#include "base/zone_cache.h"
#include "campaign/campaign.h"
#include "campaign/dial_state.h"
#include "campaign/outcome.h"
#include "campaign/window.h"
#include "campaign/window_text.h"
#include "report/contacts.h"
#include "report/segments.h"
#include "store/db.h"

struct call_of {
	const char *name;
};
static const struct field call_fields[] = { { FIELD(call_of, name) } };
static const struct record call_record = RECORD(call_fields);
static const struct rows_kind calls = { STMT_REPORT_CALL_OF, &call_record,
					sizeof(struct call_of) };

/* The hours where a contact is, as they are now. */
static struct window_state
place_at(const struct not_called *n, const char *zone)
{
	struct window w = campaign_window(&n->c->set, n->c->holidays);

	if (*zone)
		w = window_of_place(&w);
	else
		zone = n->c->set.zone;
	return window_at(&w, zones_get(n->zones, zone), n->now);
}

static int64_t
left(const struct report_segment *s)
{
	return int64_max(s->upto - s->next + 1, 0);
}

/* Contacts of 's' that are called before a contact ahead of the cursor of
 * 'own': of the same priority, segments take turns by their ordinals. */
static int64_t
before_in(const struct report_segment *s, const struct report_segment *own,
	  int64_t ordinal)
{
	if (s->prio != own->prio)
		return s->prio < own->prio ? left(s) : 0;
	if (s->grows != own->grows)
		return own->grows ? left(s) : 0;
	return int64_max(int64_min(ordinal, s->upto + 1) - s->next, 0);
}

static int
read_before(struct db *db, const struct contact_query *q, struct not_called *n,
	    struct arena *a, struct fault *f)
{
	const struct contact_row *c = n->contact;
	const struct report_segment *own = NULL;
	struct report_segment *all;
	size_t count;

	if (report_segments(db, q, &all, &count, a, f))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (all[i].seg == c->seg)
			own = &all[i];
	for (size_t i = 0; own && i < count; i++)
		if (place_at(n, all[i].zone).open)
			n->before +=
				c->ahead ? before_in(&all[i], own, c->ordinal)
					 : left(&all[i]);
	return 0;
}

int
not_called_read(struct db *db, const struct contact_query *q,
		struct not_called *n, struct arena *a, struct fault *f)
{
	struct arg phone = ARG_STR(n->contact->phone);
	const struct call_of *other;
	int64_t barred;
	size_t count;

	n->past = q->run_id != n->c->current_run;
	if (db_int(db, &barred, STMT_RESULT_IS_BARRED,
		   ARGS(phone, phone, phone, phone, ARG_INT(q->campaign_id)),
		   f))
		return -1;
	n->erasing = barred && !n->excluded && !n->list;
	other = rows_all(db, &calls, ARGS(ARG_INT(q->workspace_id), phone),
			 &count, a, f);
	if (!other)
		return -1;
	n->other = count ? other->name : NULL;
	return read_before(db, q, n, a, f);
}

/* Whether an outcome is one that retries, if attempts are left. */
static bool
is_retried(const struct not_called *n)
{
	return outcome_next(n->contact->outcome, n->c->set.retry_on.bits, 0, 1,
			    0, 0, true)
		       .state == CONTACT_RETRY;
}

/* Why a contact that was not reached got no other call. */
static const char *
given_up(const struct not_called *n, struct arena *a)
{
	const struct contact_row *c = n->contact;

	if (!c->outcome)
		return "It is not called: its variables are longer than a "
		       "call can carry.";
	if (!is_retried(n))
		return arena_printf(a,
				    "It is not called again: the last call "
				    "ended with “%s”, which the campaign does "
				    "not retry.",
				    word_words(outcome_words[c->outcome], a));
	if (c->tries >= n->c->set.max_attempts)
		return arena_printf(a,
				    "It is not called again: it has had %s "
				    "attempt%s, and Max Attempts is %s.",
				    text_thousands(a, c->tries),
				    text_plural(c->tries),
				    text_thousands(a, n->c->set.max_attempts));
	return "It is not called again: the settings of the campaign were "
	       "different when its last call ended.";
}

static const char *
excluded(const struct not_called *n, struct arena *a)
{
	if (n->contact->gone)
		return "It is not called: it was taken back before its turn "
		       "came.";
	if (n->excluded)
		return "It is not called: its number is excluded from this "
		       "campaign.";
	if (n->list)
		return arena_printf(a,
				    "It is not called: its number is on the "
				    "do-not-call list “%s”.",
				    n->list);
	return "It is not called in this run: its number was excluded, or on a "
	       "do-not-call list, when its turn came.";
}

static const char *
is_final(const struct not_called *n, struct arena *a)
{
	enum contact_state state = n->contact->state;

	switch (state) {
	case CONTACT_COMPLETED:
		return "It is not called again: the bot has spoken to it.";
	case CONTACT_INVALID:
		return "It is not called again: the number does not exist.";
	case CONTACT_EXCLUDED:
		return excluded(n, a);
	case CONTACT_WINDOW_CLOSED:
		return "It is not called in this run: the last calling hours "
		       "ended before its turn came.";
	case CONTACT_MANUAL_STOPPED:
		return "It is not called in this run: the run was stopped "
		       "before its turn came.";
	default:
		return contact_waits(state) || state == CONTACT_ACTIVE
			       ? NULL
			       : given_up(n, a);
	}
}

static const char *
is_in_call(const struct not_called *n, struct arena *a)
{
	(void)a;
	return n->contact->state == CONTACT_ACTIVE
		       ? "A call to it is queued or up now."
		       : NULL;
}

static const char *
is_barred(const struct not_called *n, struct arena *a)
{
	if (!*n->contact->phone)
		return "It is not called: the person was erased.";
	if (n->excluded || n->list)
		return excluded(n, a);
	return n->erasing ? "It is not called: the person is being erased."
			  : NULL;
}

static const char *
is_over(const struct not_called *n, struct arena *a)
{
	static const char run_over[] = "It is not called: the run is over.";

	if (n->contact->rest == REST_FAILED && !n->past)
		return arena_printf(a, "It is not called: the run failed. %s",
				    n->c->reason ? n->c->reason : "");
	if (n->contact->rest != REST_OPEN || n->past)
		return run_over;
	if (n->c->status == CAMPAIGN_DRAFT)
		return "It is not called: the campaign is a draft and has not "
		       "been started.";
	if (n->c->status == CAMPAIGN_PAUSED)
		return "It is not called now: the campaign is paused.";
	return n->c->status == CAMPAIGN_RUNNING ? NULL : run_over;
}

static const char *
is_spent(const struct not_called *n, struct arena *a)
{
	return n->contact->tries >= n->c->set.max_attempts ? given_up(n, a)
							   : NULL;
}

static const char *
is_busy(const struct not_called *n, struct arena *a)
{
	return n->other ? arena_printf(a,
				       "It is not called now: its number is in "
				       "a call of the campaign “%s”.",
				       n->other)
			: NULL;
}

/* On hold, outside its hours, without a dialler, a carrier or numbers. */
static const char *
campaign_waits(const struct not_called *n, struct arena *a)
{
	struct campaign c = *n->c;
	const char *note;

	/* What the campaign waits for is told of the contact itself. */
	if (c.wait == WAIT_RETRY || c.wait == WAIT_CALLBACK ||
	    c.wait == WAIT_TRY || c.wait == WAIT_CONTACTS)
		c.wait = WAIT_NOT;
	note = campaign_note(&c, n->zones, n->now, a);
	return *note ? arena_printf(a, "Nobody is called now: %s.", note)
		     : NULL;
}

static const char *
is_early(const struct not_called *n, struct arena *a)
{
	const struct contact_row *c = n->contact;

	(void)a;
	if (c->due_at <= n->now)
		return NULL;
	if (c->state == CONTACT_CALLBACK)
		return "It waits for the time of its callback.";
	if (c->outcome && !outcome_counts(c->outcome))
		return "The carrier did not take its last call; another one "
		       "follows after a pause.";
	return c->state == CONTACT_RETRY
		       ? "It waits for the end of the retry delay."
		       : "Its number was in another call; it is called when "
			 "that is over.";
}

static const char *
place_is_closed(const struct not_called *n, struct arena *a)
{
	const char *zone = n->contact->zone;
	struct zone *z = zones_get(n->zones, zone);
	struct window_state at;
	char note[64];

	if (!*zone)
		return NULL;
	at = place_at(n, zone);
	if (at.open)
		return NULL;
	if (!z)
		return arena_printf(a,
				    "It is not called: its time zone %s is "
				    "unknown.",
				    zone);
	window_note(&at, z, n->now, note, sizeof(note));
	return arena_printf(a,
			    "It is not called now: the calling hours are over "
			    "at its place (%s %s).",
			    zone, note);
}

static const char *
is_behind(const struct not_called *n, struct arena *a)
{
	const struct contact_row *c = n->contact;

	if (!n->before || (!c->ahead && c->state != CONTACT_RETRY))
		return NULL;
	return arena_printf(
		a,
		c->ahead
			? "Its turn has not come: about %s contact%s "
			  "called before it."
			: "Retries follow when everybody has been called once: "
			  "about %s contact%s left.",
		text_thousands(a, n->before), n->before == 1 ? " is" : "s are");
}

typedef const char *reason_fn(const struct not_called *n, struct arena *a);

static reason_fn *const reasons[] = {
	is_final,	is_in_call, is_barred, is_over,		is_spent,
	campaign_waits, is_early,   is_busy,   place_is_closed, is_behind,
};

const char *
not_called_words(const struct not_called *n, struct arena *a)
{
	for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
		const char *why = reasons[i](n, a);

		if (why)
			return why;
	}
	return "It is called as soon as the Concurrency Limit, the carrier and "
	       "the numbers have room.";
}
