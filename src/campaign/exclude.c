#include "campaign/exclude.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/json.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "campaign/gate.h"
#include "campaign/phones.h"
#include "campaign/repo.h"
#include "contacts/import_rows.h"
#include "contacts/numbers.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

#define AT_ONCE 50 /* numbers of EXCLUDE_CALLS_50 */

const char *const exclude_fate_words[] = { "excluded",	    "in_progress",
					   "already_final", "not_in_campaign",
					   "invalid",	    NULL };

const char *const lift_fate_words[] = { "lifted", "not_excluded", "invalid",
					NULL };

static const struct field fields[] = {
	{ FIELD(exclude_order, reason), .def = "", .max = EXCLUDE_REASON_MOST,
	  .label = "Reason",
	  .help = "Why the number is not to be called; shown beside it." },
};
const struct record exclude_record = RECORD(fields);

struct exclusion {
	const struct actor *who;
	const struct exclude_order *order;
	struct exclude_order clean; /* its reason */
	struct arena *arena;
	struct exclude_result *read;
	struct campaign_phone *phones; /* sorted */
	size_t count;
	size_t written;
	bool *up; /* of each: a call is sent and not over; or lifted */
};

static void
read_one(struct exclusion *e, struct phone_reader *reader, struct contact *c,
	 size_t i)
{
	const char *text = e->order->phones[i];
	struct exclude_result *r = &e->read[i];

	*r = (struct exclude_result){ .fate = EXCLUDE_INVALID, .text = "" };
	if (!text || !text_is_utf8(text, strlen(text))) {
		r->text = "The phone number is not valid text.";
	} else if (contact_read_phone(reader, text, strlen(text), c)) {
		r->text = arena_strdup(e->arena, c->why.data);
	} else {
		r->fate = EXCLUDE_NOT_IN_CAMPAIGN;
		memcpy(r->phone, c->phone.digits, sizeof(r->phone));
		memcpy(e->phones[e->count++].digits, r->phone, PHONE_TEXT);
	}
}

static int
check(struct exclusion *e, struct fault *f)
{
	const struct exclude_order *o = e->order;
	const char *reason = o->reason ? o->reason : "";

	if (actor_check(e->who, ROLE_SUPERVISOR, f))
		return -1;
	if (!o->count || o->count > EXCLUDE_MOST)
		return fault_field(f, "phone_numbers",
				   "One call takes 1 to %s numbers, not %s.",
				   text_thousands(e->arena, EXCLUDE_MOST),
				   text_thousands(e->arena, (int64_t)o->count));
	if (!text_is_utf8(reason, strlen(reason)))
		return fault_field(f, "reason",
				   "The reason is not valid text.");
	return field_set(&fields[0], &e->clean, reason, e->arena, f);
}

static int
prepare(struct db *db, struct exclusion *e, struct fault *f)
{
	struct contact c = CONTACT_INIT;
	size_t n = e->order->count;
	struct phone_reader *reader;

	if (check(e, f) || numbers_open(db, e->who->workspace_id, &reader, f))
		return -1;
	e->read = ARENA_ARRAY(e->arena, n, struct exclude_result);
	e->phones = ARENA_ARRAY(e->arena, n, struct campaign_phone);
	for (size_t i = 0; i < n; i++)
		read_one(e, reader, &c, i);
	contact_free(&c);
	phone_close(reader);
	e->count = campaign_phones_sort(e->phones, e->count);
	e->up = ARENA_ARRAY(e->arena, n, bool);
	return 0;
}

/* Numbers are not in the audit log, which is kept when a person is erased. */
static int
note(struct db *db, const struct exclusion *e, const char *action,
     size_t numbers, struct fault *f)
{
	struct buf b = BUF_INIT;
	int rc;

	buf_printf(&b, "{\"numbers\":%zu,\"reason\":", numbers);
	json_str(&b, e->clean.reason);
	buf_char(&b, '}');
	rc = audit_add(db, e->who, e->order->campaign_id, action, NULL, b.data,
		       f);
	buf_free(&b);
	return rc;
}

static int
exclude_tx(struct db *db, void *arg, struct fault *f)
{
	struct exclusion *e = arg;
	struct campaign c;

	if (campaign_row(db, e->who->workspace_id, e->order->campaign_id, &c,
			 e->arena, f) ||
	    campaign_phones(db, &c, e->phones, e->count, e->arena, f))
		return -1;
	e->written = 0;
	for (size_t i = 0; i < e->count; i++) {
		struct arg phone = ARG_STR(e->phones[i].digits);

		if (e->order->only_new && e->phones[i].excluded)
			continue;
		e->written++;
		if (db_exec(db, NULL, STMT_EXCLUDE_PUT,
			    ARGS(phone, ARG_STR(e->clean.reason), phone,
				 ARG_STR(e->who->name), ARG_INT(c.id),
				 ARG_INT(c.workspace_id)),
			    f))
			return -1;
	}
	return e->written ? note(db, e, "exclude", e->written, f) : 0;
}

/* A call of the campaign to one of the numbers. */
struct live_row {
	const char *phone;
	int64_t state; /* 0: queued, 1: sent, then ringing and answered */
};
enum { QUEUED, SENT };
static const struct field live_fields[] = {
	{ FIELD(live_row, phone) },
	{ FIELD(live_row, state) },
};
static const struct record live_record = RECORD(live_fields);
static const struct rows_kind live_rows = { STMT_EXCLUDE_CALLS_50, &live_record,
					    sizeof(struct live_row) };

static struct live_row *
read_calls(struct db *db, const struct exclusion *e, size_t from, size_t *count,
	   struct fault *f)
{
	struct arg args[AT_ONCE + 2] = { ARG_INT(e->who->workspace_id) };

	for (size_t i = 0; i < AT_ONCE; i++) {
		size_t k = from + i < e->count ? from + i : e->count - 1;

		args[i + 1] = ARG_STR(e->phones[k].digits);
	}
	args[AT_ONCE + 1] = ARG_INT(e->order->campaign_id);
	return rows_all(db, &live_rows, args, AT_ONCE + 2, count, e->arena, f);
}

struct void_call {
	const struct exclusion *e;
	const struct live_row *call;
	int64_t voided;
};

static int
void_tx(struct db *db, void *arg, struct fault *f)
{
	struct void_call *v = arg;

	return db_exec(db, &v->voided, STMT_EXCLUDE_VOID,
		       ARGS(ARG_INT(v->e->who->workspace_id),
			    ARG_STR(v->call->phone),
			    ARG_INT(v->e->order->campaign_id)),
		       f);
}

/*
 * After the commit: no call of some numbers is sent any more.  A call that is
 * being sent now is waited for by the write of its row, one row at a time, so
 * that nobody who sends many is in the way of this.  *leaving: one that was
 * sent may not have left yet.
 */
static int
stop_calls(struct db *db, struct exclusion *e, size_t from, bool *leaving,
	   struct fault *f)
{
	size_t count;
	struct live_row *calls = read_calls(db, e, from, &count, f);

	if (!calls)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct void_call v = { .e = e, .call = &calls[i] };
		struct campaign_phone *p = campaign_phone_find(
			e->phones, e->count, calls[i].phone);

		if (calls[i].state == QUEUED &&
		    tx_run(db, void_tx, &v, NULL, f))
			return -1;
		*leaving |= calls[i].state <= SENT && !v.voided;
		if (p)
			e->up[p - e->phones] |= !v.voided;
	}
	return 0;
}

static enum exclude_fate
fate_of(const struct campaign_phone *p, bool up)
{
	if (up)
		return EXCLUDE_IN_PROGRESS;
	if (p->is_open)
		return EXCLUDE_EXCLUDED;
	return p->is_contact ? EXCLUDE_ALREADY_FINAL : EXCLUDE_NOT_IN_CAMPAIGN;
}

static void
tell(const struct exclusion *e, struct exclude_answer *out)
{
	out->results = e->read;
	for (size_t i = 0; i < e->order->count; i++) {
		struct exclude_result *r = &e->read[i];
		const struct campaign_phone *p =
			campaign_phone_find(e->phones, e->count, r->phone);

		if (!p)
			continue;
		r->fate = fate_of(p, e->up[p - e->phones]);
		out->in_flight |= e->up[p - e->phones];
	}
}

int
campaign_exclude(struct db *db, const struct actor *who,
		 const struct exclude_order *o, struct arena *a,
		 struct exclude_answer *out, struct fault *f)
{
	struct exclusion e = { .who = who, .order = o, .arena = a };
	int64_t begun = clock_boot_us(), committed, left = 0;
	bool leaving = false;

	if (prepare(db, &e, f) || tx_run_marked(db, exclude_tx, &e, f))
		return -1;
	committed = clock_boot_us();
	for (size_t i = 0; i < e.count; i += AT_ONCE)
		if (stop_calls(db, &e, i, &leaving, f))
			return -1;
	/* Whoever asks the gates from now on is refused, also for a call that
	 * was sent; an older permission has run out by then. */
	while (leaving && (left = committed + GATE_US - clock_boot_us()) > 0)
		clock_sleep_us(left);
	*out = (struct exclude_answer){ .written = e.written };
	tell(&e, out);
	out->delay_us = clock_boot_us() - begun;
	return 0;
}

static int
lift_tx(struct db *db, void *arg, struct fault *f)
{
	struct exclusion *e = arg;
	struct campaign c;

	if (campaign_row(db, e->who->workspace_id, e->order->campaign_id, &c,
			 e->arena, f))
		return -1;
	for (size_t i = 0; i < e->count; i++) {
		struct arg phone = ARG_STR(e->phones[i].digits);
		int64_t changed;

		if (db_exec(db, &changed, STMT_EXCLUDE_LIFT,
			    ARGS(phone, ARG_STR(e->clean.reason), phone,
				 ARG_STR(e->who->name), ARG_INT(c.id),
				 ARG_INT(c.workspace_id), phone),
			    f))
			return -1;
		e->up[i] = changed > 0;
	}
	return note(db, e, "lift exclusion", e->count, f);
}

int
campaign_lift_exclusion(struct db *db, const struct actor *who,
			const struct exclude_order *o, struct arena *a,
			struct lift_result **out, struct fault *f)
{
	struct exclusion e = { .who = who, .order = o, .arena = a };
	struct lift_result *all;

	if (prepare(db, &e, f) || tx_run_marked(db, lift_tx, &e, f))
		return -1;
	all = ARENA_ARRAY(a, o->count, struct lift_result);
	for (size_t i = 0; i < o->count; i++) {
		const struct exclude_result *r = &e.read[i];
		const struct campaign_phone *p =
			campaign_phone_find(e.phones, e.count, r->phone);

		all[i] = (struct lift_result){ .fate = LIFT_INVALID,
					       .text = r->text };
		memcpy(all[i].phone, r->phone, sizeof(r->phone));
		if (p)
			all[i].fate = e.up[p - e.phones] ? LIFT_LIFTED
							 : LIFT_NOT_EXCLUDED;
	}
	*out = all;
	return 0;
}

int
campaign_excludes(struct db *db, int64_t workspace_id, int64_t campaign_id,
		  const char *phone, bool *out, struct fault *f)
{
	int64_t is_barred;

	if (db_int(db, &is_barred, STMT_EXCLUDE_IS_BARRED,
		   ARGS(ARG_STR(phone), ARG_INT(campaign_id),
			ARG_INT(workspace_id)),
		   f))
		return -1;
	*out = is_barred != 0;
	return 0;
}
