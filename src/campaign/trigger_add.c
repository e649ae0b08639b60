/* Adds the contacts of a call to a campaign's own list, and takes them back. */
#include <inttypes.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "campaign/faults.h"
#include "campaign/repo.h"
#include "campaign/trigger_priv.h"
#include "contacts/contact_list.h"
#include "store/db.h"
#include "workspace/account.h"

/* A part of the own list, with the contacts of one priority. */
struct own_part {
	int64_t seg, part, prio, n;
	int64_t added;
	bool is_new;
};
static const struct field part_fields[] = {
	{ FIELD(own_part, seg) },
	{ FIELD(own_part, part) },
	{ FIELD(own_part, prio) },
	{ FIELD(own_part, n) },
};
static const struct record part_record = RECORD(part_fields);
static const struct rows_kind own_parts = { STMT_APPEND_PARTS, &part_record,
					    sizeof(struct own_part) };

struct appending {
	struct trigger *t;
	struct trigger_answer *out;
	struct campaign c;
	struct own_part parts[PRIORITY_MOST + 2];
	size_t part_count;
};

int
trigger_check_status(const struct campaign *c, struct fault *f)
{
	if (c->status != CAMPAIGN_COMPLETED && c->status != CAMPAIGN_FAILED)
		return 0;
	return fault_set(f, FAULT_CONFLICT,
			 "The campaign %s %s. Only a draft, a running or a "
			 "paused campaign takes contacts.",
			 c->status == CAMPAIGN_FAILED ? "has" : "is",
			 campaign_status_words[c->status]);
}

static int
read_campaign(struct db *db, struct appending *ap, struct fault *f)
{
	const struct trigger *t = ap->t;

	if (campaign_row(db, t->who->workspace_id, t->order->campaign_id,
			 &ap->c, t->arena, f))
		return -1;
	return trigger_check_status(&ap->c, f);
}

/* Writes the list's row first, and reads the campaign again after that: the end
 * of its run writes that row, too. */
static int
lock_list(struct db *db, struct appending *ap, struct fault *f)
{
	int64_t locked;

	if (db_exec(db, &locked, STMT_APPEND_LOCK,
		    ARGS(ARG_INT(ap->c.own_list), ARG_INT(ap->c.workspace_id)),
		    f) ||
	    read_campaign(db, ap, f))
		return -1;
	return locked ? 0 : fault_stale_version(f);
}

static int
read_parts(struct db *db, struct appending *ap, struct fault *f)
{
	struct own_part *all =
		rows_all(db, &own_parts,
			 ARGS(ARG_INT(ap->c.id), ARG_INT(ap->c.own_list)),
			 &ap->part_count, ap->t->arena, f);

	if (!all)
		return -1;
	if (ap->part_count > PRIORITY_MOST + 1)
		return fault_set(f, FAULT_BROKEN,
				 "The campaign’s own list has too many parts.");
	memcpy(ap->parts, all, ap->part_count * sizeof(*all));
	return 0;
}

/* The part of a priority; a new one has the number of its priority and 1. */
static struct own_part *
part_of(struct appending *ap, int64_t prio)
{
	int64_t part = PRIO_OF(prio) + 1;

	for (size_t i = 0; i < ap->part_count; i++)
		if (ap->parts[i].prio == prio)
			return &ap->parts[i];
	ap->parts[ap->part_count] =
		(struct own_part){ .seg = SEGMENT_OWN_PARTS + part,
				   .part = part,
				   .prio = prio,
				   .is_new = true };
	return &ap->parts[ap->part_count++];
}

static void
refuse(struct trigger_result *r, enum trigger_fate fate, const char *code,
       const char *text)
{
	r->fate = fate;
	r->code = code;
	r->field = "phone_number";
	r->text = text;
}

static bool
may_be_added(const struct campaign_phone *p, struct trigger_result *r)
{
	if (p->excluded)
		refuse(r, TRIGGER_REJECTED, "excluded",
		       "The number is excluded from this campaign.");
	else if (p->barred)
		refuse(r, TRIGGER_REJECTED, "do_not_call",
		       "The number is on the workspace’s do-not-call list.");
	else if (p->is_open)
		refuse(r, TRIGGER_DUPLICATE, "duplicate",
		       "The campaign has a contact with this number that is "
		       "not final yet.");
	else
		return true;
	return false;
}

/* Decides about each contact, and gives the accepted ones their places. */
static void
place(struct appending *ap)
{
	struct trigger *t = ap->t;

	for (size_t i = 0; i < t->count; i++) {
		struct trigger_row *row = &t->rows[i];
		struct trigger_result *r = &ap->out->results[row->index];
		const struct campaign_phone *p = campaign_phone_find(
			t->phones, t->phone_count, row->phone);
		struct own_part *part;

		row->added = may_be_added(p, r);
		if (!row->added)
			continue;
		part = part_of(ap, row->prio);
		r->seg = part->seg;
		r->ordinal = part->n + ++part->added;
	}
}

static void
count_fates(struct trigger_answer *out, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		out->accepted += out->results[i].fate == TRIGGER_ACCEPTED;
		out->duplicate += out->results[i].fate == TRIGGER_DUPLICATE;
		out->rejected += out->results[i].fate == TRIGGER_REJECTED;
	}
}

static int
add_part(struct db *db, const struct appending *ap, const struct own_part *p,
	 struct fault *f)
{
	const struct campaign *c = &ap->c;
	struct list_use own = { .list_id = c->own_list, .segments = 1 };
	struct arg seg = ARG_INT(p->seg), list = ARG_INT(c->own_list);
	struct arg part = ARG_INT(p->part), prio = ARG_INT(p->prio);

	if (lists_ref(db, &own, 1, f) ||
	    db_exec(db, NULL, STMT_APPEND_ADD_PART, ARGS(list, part), f) ||
	    db_exec(db, NULL, STMT_APPEND_ADD_SEGMENT,
		    ARGS(ARG_INT(c->id), seg, list, part, prio), f))
		return -1;
	if (!c->current_run)
		return 0;
	return db_exec(db, NULL, STMT_APPEND_ADD_CURSOR,
		       ARGS(ARG_INT(c->current_run), seg, list, part, prio), f);
}

static int
grow_part(struct db *db, const struct appending *ap, const struct own_part *p,
	  struct fault *f)
{
	struct arg list = ARG_INT(ap->c.own_list), part = ARG_INT(p->part);
	int64_t grown;

	if (p->is_new && add_part(db, ap, p, f))
		return -1;
	if (db_exec(db, &grown, STMT_APPEND_GROW,
		    ARGS(ARG_INT(p->added), list, part, ARG_INT(p->n)), f))
		return -1;
	if (!grown)
		return fault_set(f, FAULT_BROKEN,
				 "The contact list’s count of contacts is "
				 "wrong.");
	return db_exec(db, NULL, STMT_APPEND_BATCH,
		       ARGS(ARG_INT(ap->t->batch_id), part,
			    ARG_INT(ap->c.workspace_id), ARG_INT(ap->c.id),
			    list, ARG_INT(p->n + 1), ARG_INT(p->n + p->added),
			    ARG_STR(ap->t->who->name)),
		       f);
}

enum { CONTACT_COLUMNS = 8, EXTERNAL_COLUMNS = 4 };

static int
add_contacts(struct db *db, struct appending *ap, struct fault *f)
{
	struct trigger *t = ap->t;
	struct arg list = ARG_INT(ap->c.own_list);
	struct arg *contacts =
		ARENA_ARRAY(t->arena, t->count * CONTACT_COLUMNS, struct arg);
	struct arg *externals =
		ARENA_ARRAY(t->arena, t->count * EXTERNAL_COLUMNS, struct arg);
	struct arg *c = contacts, *e = externals;

	for (size_t i = 0; i < t->count; i++) {
		const struct trigger_row *row = &t->rows[i];
		struct arg part, ordinal;

		if (!row->added)
			continue;
		part = ARG_INT(part_of(ap, row->prio)->part);
		ordinal = ARG_INT(ap->out->results[row->index].ordinal);
		*c++ = list;
		*c++ = part;
		*c++ = ordinal;
		*c++ = ARG_STR(row->phone);
		*c++ = ARG_STR(row->country);
		*c++ = ARG_STR(row->written);
		*c++ = ARG_STR(row->vars);
		*c++ = ARG_STR(row->external_id);
		if (!row->external_id)
			continue;
		*e++ = list;
		*e++ = ARG_STR(row->external_id);
		*e++ = part;
		*e++ = ordinal;
	}
	if (db_bulk(db, NULL, STMT_APPEND_CONTACT, contacts, CONTACT_COLUMNS,
		    (size_t)(c - contacts) / CONTACT_COLUMNS, f))
		return -1;
	return db_bulk(db, NULL, STMT_APPEND_EXTERNAL, externals,
		       EXTERNAL_COLUMNS,
		       (size_t)(e - externals) / EXTERNAL_COLUMNS, f);
}

static int
write(struct db *db, struct appending *ap, struct fault *f)
{
	const struct trigger *t = ap->t;
	struct trigger_answer *out = ap->out;

	for (size_t i = 0; i < ap->part_count; i++)
		if (ap->parts[i].added && grow_part(db, ap, &ap->parts[i], f))
			return -1;
	if (add_contacts(db, ap, f))
		return -1;
	out->batch_id = t->batch_id;
	out->run_id = ap->c.current_run;
	return audit_add(db, t->who, ap->c.id, "trigger", NULL,
			 arena_printf(t->arena,
				      "{\"contacts\":%zu,\"duplicate\":%zu,"
				      "\"rejected\":%zu,\"batch\":%" PRId64 "}",
				      out->accepted, out->duplicate,
				      out->rejected, t->batch_id),
			 f);
}

int
trigger_add(struct db *db, struct trigger *t, struct trigger_answer *out,
	    struct fault *f)
{
	struct appending ap = { .t = t, .out = out };
	size_t n = t->order->count;

	*out = (struct trigger_answer){ .run_id = 0 };
	out->results = ARENA_ARRAY(t->arena, n, struct trigger_result);
	memcpy(out->results, t->read, n * sizeof(*t->read));
	if (read_campaign(db, &ap, f) ||
	    (!t->order->dry_run && lock_list(db, &ap, f)) ||
	    read_parts(db, &ap, f) ||
	    campaign_phones(db, &ap.c, t->phones, t->phone_count, t->arena, f))
		return -1;
	place(&ap);
	count_fates(out, n);
	return t->order->dry_run || !out->accepted ? 0 : write(db, &ap, f);
}
