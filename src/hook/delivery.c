#include "hook/delivery.h"

#include <inttypes.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "campaign/event.h"
#include "hook/endpoint.h"
#include "hook/event_read.h"
#include "store/tx.h"
#include "workspace/account.h"

#define PIECE 5000 /* numbers in one transaction */

#define STATE_WORDS "waiting", "delivered", "given_up", NULL
const char *const delivery_state_words[] = { STATE_WORDS };
const char *const delivery_state_filter[] = { "any", STATE_WORDS };

static const struct field delivery_fields[] = {
	{ FIELD(delivery, seq) },
	{ FIELD(delivery, kind) },
	{ FIELD(delivery, state), .words = delivery_state_words },
	{ FIELD(delivery, at) },
	{ FIELD(delivery, tries) },
	{ FIELD(delivery, status) },
	{ FIELD(delivery, error) },
	{ FIELD(delivery, ms) },
	{ FIELD(delivery, next_at) },
};
static const struct record delivery_record = RECORD(delivery_fields);
static const struct rows_kind deliveries = { STMT_DELIVERY_LIST,
					     &delivery_record,
					     sizeof(struct delivery) };

int
delivery_list(struct db *db, const struct delivery_query *q,
	      struct delivery **out, size_t *count, struct arena *a,
	      struct fault *f)
{
	struct delivery *list =
		rows_all(db, &deliveries,
			 ARGS(ARG_INT(q->workspace_id), ARG_INT(q->endpoint_id),
			      ARG_INT(q->before ? q->before : INT64_MAX),
			      ARG_INT(q->state < 0 ? 0 : q->state),
			      ARG_INT(q->state < 0), ARG_INT(q->limit)),
			 count, a, f);

	if (!list)
		return -1;
	for (size_t i = 0; i < *count; i++)
		list[i].type = list[i].kind < 0
				       ? ""
				       : event_kind_word(
						 (enum event_kind)list[i].kind);
	*out = list;
	return 0;
}

/* A piece of a range, and the whole of it in the audit log with the first. */
struct replaying {
	const struct actor *who;
	const struct replay *which;
	int64_t from, to, count;
	struct arena *arena;
};

static int
note(struct db *db, const struct replaying *p, struct fault *f)
{
	return audit_add(db, p->who, 0, "replay webhook", NULL,
			 arena_printf(p->arena,
				      "{\"webhook\":%" PRId64
				      ",\"from\":%" PRId64 ",\"to\":%" PRId64
				      "}",
				      p->which->endpoint_id, p->which->from,
				      p->which->to),
			 f);
}

static int
replay_tx(struct db *db, void *arg, struct fault *f)
{
	struct replaying *p = arg;
	struct arg args[] = { ARG_INT(EVENT_TEST),
			      ARG_INT(p->who->workspace_id),
			      ARG_INT(p->which->endpoint_id), ARG_INT(p->from),
			      ARG_INT(p->to) };

	if (db_int(db, &p->count, STMT_DELIVERY_REPLAYED, args, ARRAY_LEN(args),
		   f) ||
	    db_exec(db, NULL, STMT_DELIVERY_REPLAY, args, ARRAY_LEN(args), f))
		return -1;
	return p->from == p->which->from ? note(db, p, f) : 0;
}

static int
check_range(const struct replay *which, struct fault *f)
{
	if (which->from < 1 || which->to < which->from)
		return fault_field(f, "from",
				   "The first event must have a number from 1 "
				   "on, and the last one no lower number.");
	if (which->to - which->from >= REPLAY_MOST)
		return fault_field(f, "to",
				   "At most 100,000 events are sent again at "
				   "once.");
	return 0;
}

/* Fills in what a range leaves open; *nothing: there is nothing since then. */
static int
complete(struct db *db, const struct actor *who, struct replay *r,
	 const struct endpoint *is, bool *nothing, struct fault *f)
{
	int64_t last = is->next_seq - 1;

	*nothing = false;
	if (r->since &&
	    event_since(db, who->workspace_id, r->since, &r->from, f))
		return -1;
	if (!r->to)
		r->to = r->since || last >= r->from ? last : r->from;
	*nothing = r->since && r->to < r->from;
	return *nothing ? 0 : check_range(r, f);
}

int
delivery_replay(struct db *db, const struct actor *who,
		const struct replay *which, int64_t *count, struct arena *a,
		struct fault *f)
{
	struct replay range = *which;
	struct replaying p = { .who = who, .which = &range, .arena = a };
	struct endpoint is;
	int64_t sum = 0;
	bool nothing;

	if (actor_check(who, ROLE_ADMIN, f) ||
	    endpoint_get(db, who->workspace_id, which->endpoint_id, &is, a, f))
		return -1;
	if (!is.enabled)
		return fault_set(f, FAULT_CONFLICT,
				 "The webhook is off. Switch it on first.");
	if (complete(db, who, &range, &is, &nothing, f))
		return -1;
	for (p.from = range.from; !nothing && p.from <= range.to;
	     p.from += PIECE) {
		p.to = range.to - p.from < PIECE ? range.to
						 : p.from + PIECE - 1;
		if (tx_run_marked(db, replay_tx, &p, f))
			return -1;
		sum += p.count;
	}
	*count = sum;
	return 0;
}
