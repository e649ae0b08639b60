#include "campaign/call_now.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "campaign/campaign.h"
#include "campaign/outcome.h"
#include "campaign/repo.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

const char *const call_now_refusals[] = {
	[CALL_NOW_MADE_DUE] = NULL,
	[CALL_NOW_WAS_DUE] = NULL,
	[CALL_NOW_IN_CALL] = "A call to this contact is queued or up now.",
	[CALL_NOW_FINAL] = "This contact gets no more calls in this run.",
	[CALL_NOW_AHEAD] = "This contact was never called, and its turn has "
			   "not come yet.",
	[CALL_NOW_BACKOFF] = "This contact is called again by itself, after a "
			     "short pause.",
};

/* A contact as its run has it. */
struct waiting_contact {
	int64_t ordinal, state, class, seq, due_at;
};
static const struct field fields[] = {
	{ FIELD(waiting_contact, ordinal) }, { FIELD(waiting_contact, state) },
	{ FIELD(waiting_contact, class) },   { FIELD(waiting_contact, seq) },
	{ FIELD(waiting_contact, due_at) },
};
static const struct record record = RECORD(fields);
static const struct rows_kind kind = { STMT_CALL_NOW_CONTACTS, &record,
				       sizeof(struct waiting_contact) };

struct calling {
	const struct actor *who;
	const struct call_now_order *order;
	struct call_now_answer *out;
	struct arena *arena;
	int64_t run_id, now;
};

/* Plans of the run, reports of its calls and its end exclude this, so that
 * those who wait stay where they are until the commit. */
static int
lock_run(struct db *db, struct calling *k, struct fault *f)
{
	int64_t open = 0, workspace = k->who->workspace_id;
	struct campaign c;

	if (campaign_row(db, workspace, k->order->campaign_id, &c, k->arena, f))
		return -1;
	k->run_id = c.current_run;
	if (!k->run_id)
		return fault_set(f, FAULT_CONFLICT,
				 "The campaign has not been started.");
	if (db_exec(db, &open, STMT_RESULT_LOCK_RUN,
		    ARGS(ARG_INT(k->run_id), ARG_INT(workspace)), f))
		return -1;
	if (!open)
		return fault_set(f, FAULT_CONFLICT, "The run is over.");
	return db_int(db, &k->now, STMT_WORKSPACE_NOW, NO_ARGS, f);
}

static enum call_now_fate
fate_of(const struct calling *k, const struct waiting_contact *c)
{
	enum contact_state state = (enum contact_state)c->state;

	if (state == CONTACT_ACTIVE)
		return CALL_NOW_IN_CALL;
	if (!contact_waits(state))
		return CALL_NOW_FINAL;
	if (state == CONTACT_HELD)
		return CALL_NOW_BACKOFF;
	return c->due_at > k->now ? CALL_NOW_MADE_DUE : CALL_NOW_WAS_DUE;
}

/* Sets the fates; returns those who are moved, NULL with *f set. */
static struct waiting_contact *
judge(struct db *db, struct calling *k, struct fault *f)
{
	const struct call_now_order *o = k->order;
	struct call_now_contact *last = &o->contacts[o->count - 1];
	size_t n, at = 0;
	struct waiting_contact *all = rows_all(
		db, &kind,
		ARGS(ARG_INT(k->run_id), ARG_INT(o->seg),
		     ARG_INT(o->contacts[0].ordinal), ARG_INT(last->ordinal)),
		&n, k->arena, f);

	k->out->moved = 0;
	for (size_t i = 0; all && i < o->count; i++) {
		struct call_now_contact *c = &o->contacts[i];

		while (at < n && all[at].ordinal < c->ordinal)
			at++;
		c->fate = at < n && all[at].ordinal == c->ordinal
				  ? fate_of(k, &all[at])
				  : CALL_NOW_AHEAD;
		if (c->fate == CALL_NOW_MADE_DUE)
			all[k->out->moved++] = all[at];
	}
	return all;
}

enum { MOVE_COLUMNS = 8, DUE_COLUMNS = 5 };

static struct arg *
due_row(const struct calling *k, const struct waiting_contact *c,
	int64_t due_at, struct arg *at)
{
	*at++ = ARG_INT(k->run_id);
	*at++ = ARG_INT(c->class);
	*at++ = ARG_TIME(due_at);
	*at++ = ARG_INT(k->order->seg);
	*at++ = ARG_INT(c->ordinal);
	return at;
}

static int
move(struct db *db, const struct calling *k, const struct waiting_contact *all,
     struct fault *f)
{
	size_t n = k->out->moved;
	struct arg *moves =
		ARENA_ARRAY(k->arena, n * MOVE_COLUMNS + 1, struct arg);
	struct arg *gone =
		ARENA_ARRAY(k->arena, n * DUE_COLUMNS + 1, struct arg);
	struct arg *come =
		ARENA_ARRAY(k->arena, n * DUE_COLUMNS + 1, struct arg);
	struct arg *m = moves, *g = gone, *c = come;
	int64_t moved, left;

	for (size_t i = 0; i < n; i++) {
		*m++ = ARG_INT(all[i].state);
		*m++ = ARG_INT(all[i].class);
		*m++ = ARG_TIME(k->now);
		*m++ = ARG_INT(k->run_id);
		*m++ = ARG_INT(k->order->seg);
		*m++ = ARG_INT(all[i].ordinal);
		*m++ = ARG_INT(all[i].state);
		*m++ = ARG_INT(all[i].seq);
		g = due_row(k, &all[i], all[i].due_at, g);
		c = due_row(k, &all[i], k->now, c);
	}
	if (db_bulk(db, &moved, STMT_RESULT_MOVE, moves, MOVE_COLUMNS, n, f) ||
	    db_bulk(db, &left, STMT_DUE_DELETE, gone, DUE_COLUMNS, n, f))
		return -1;
	if (moved != (int64_t)n || left != (int64_t)n)
		return fault_set(f, FAULT_CONFLICT,
				 "The contact has changed in the meantime.");
	return db_bulk(db, NULL, STMT_DUE_INSERT, come, DUE_COLUMNS, n, f);
}

static int
call_now_tx(struct db *db, void *arg, struct fault *f)
{
	struct calling *k = arg;
	const struct waiting_contact *all;

	if (lock_run(db, k, f) || !(all = judge(db, k, f)))
		return -1;
	if (!k->out->moved)
		return 0;
	k->out->run_id = k->run_id;
	return move(db, k, all,
		    f) || audit_add(db, k->who, k->order->campaign_id,
				    "call now", NULL,
				    arena_printf(k->arena, "{\"contacts\":%zu}",
						 k->out->moved),
				    f)
		       ? -1
		       : 0;
}

int
campaign_call_now(struct db *db, const struct actor *who,
		  const struct call_now_order *o, struct call_now_answer *out,
		  struct fault *f)
{
	struct calling k = {
		.who = who, .order = o, .out = out, .arena = arena_new()
	};
	int rc = -1;

	*out = (struct call_now_answer){ .moved = 0 };
	if (!o->count || o->count > CALL_NOW_MOST)
		fault_set(f, FAULT_INVALID, "One call takes 1 to %d contacts.",
			  CALL_NOW_MOST);
	else if (!actor_check(who, ROLE_SUPERVISOR, f))
		rc = tx_run_marked(db, call_now_tx, &k, f);
	arena_free(k.arena);
	return rc;
}
