/* Checks the contacts of a call one by one, before the campaign is asked. */
#include "campaign/trigger.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/secret.h"
#include "base/text.h"
#include "campaign/trigger_priv.h"
#include "contacts/contact_list.h"
#include "contacts/contact_vars.h"
#include "contacts/import_rows.h"
#include "contacts/numbers.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

#define EXTERNAL_CHARS 190
#define BATCH_BITS 50 /* as campaign ids have */

const char *const trigger_fate_words[] = { "accepted", "duplicate", "rejected",
					   NULL };

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(trigger_contact, phone_number), .min = 1, .max = 100,
	  .label = "Phone Number",
	  .help = "With a country code, or as it is dialled in the workspace’s country." },
	{ FIELD(trigger_contact, external_id), .min = 1, .max = EXTERNAL_CHARS,
	  .label = "External ID",
	  .help = "Your own name for the contact, by which it can be found." },
	{ FIELD(trigger_contact, priority), .min = 0, .max = PRIORITY_MOST, .def = "5",
	  .label = "Priority",
	  .help = "Contacts of a higher priority are called first; 9 before all that were never called." },
	{ FIELD(trigger_contact, time_zone), .label = "Time Zone",
	  .help = "Not supported yet." },
	{ FIELD(trigger_contact, not_before), .label = "Not Before",
	  .help = "Not supported yet." },
	{ FIELD(trigger_contact, expires_at), .label = "Expires At",
	  .help = "Not supported yet." },
};
/* clang-format on */
const struct record trigger_contact_record = RECORD(fields);

/* What is needed to read the contacts of one call. */
struct reading_state {
	struct trigger *t;
	struct phone_reader *reader;
	struct contact contact;
};

static int
reject(struct trigger_result *r, const char *code, const char *field,
       const char *text)
{
	r->fate = TRIGGER_REJECTED;
	r->code = code;
	r->field = field;
	r->text = text;
	return -1;
}

/* Nothing is dropped without a word. */
static int
check_supported(const struct trigger_contact *c, struct trigger_result *r)
{
	static const char text[] =
		"This is not supported yet; leave it out to add the contact.";

	if (c->time_zone)
		return reject(r, "not_supported", "time_zone", text);
	if (c->not_before)
		return reject(r, "not_supported", "not_before", text);
	return c->expires_at ? reject(r, "not_supported", "expires_at", text)
			     : 0;
}

static int
check_fields(const struct trigger_contact *c, struct trigger_contact *clean,
	     struct trigger_result *r, struct arena *a)
{
	const struct record *rec = &trigger_contact_record;
	struct fault f = { 0 };

	*clean = *c;
	if (field_check(record_find(rec, "priority"), c, &f))
		return reject(r, "invalid", "priority",
			      arena_strdup(a, f.text));
	if (!c->external_id)
		return 0;
	if (!text_is_utf8(c->external_id, strlen(c->external_id)) ||
	    field_set(record_find(rec, "external_id"), clean, c->external_id, a,
		      &f))
		return reject(r, "invalid", "external_id",
			      *f.text ? arena_strdup(a, f.text)
				      : "The external ID is not valid text.");
	return 0;
}

static int
check_phone(struct reading_state *s, const struct trigger_contact *c,
	    struct trigger_result *r)
{
	const char *text = c->phone_number ? c->phone_number : "";
	struct arena *a = s->t->arena;

	if (!text_is_utf8(text, strlen(text)))
		return reject(r, "invalid", "phone_number",
			      "The phone number is not valid text.");
	if (contact_read_phone(s->reader, text, strlen(text), &s->contact))
		return reject(r, "invalid", "phone_number",
			      arena_strdup(a, s->contact.why.data));
	memcpy(r->phone, s->contact.phone.digits, sizeof(r->phone));
	if (s->contact.why.len)
		r->text = arena_strdup(a, s->contact.why.data);
	return 0;
}

static const char *
text_of(const struct buf *b, struct arena *a)
{
	return b->len ? arena_strdup(a, b->data) : NULL;
}

/* Adds a contact to those that the campaign is asked about. */
static void
keep(struct reading_state *s, size_t index, const struct trigger_contact *c)
{
	struct trigger *t = s->t;
	struct trigger_result *r = &t->read[index];
	struct arena *a = t->arena;

	t->rows[t->count++] = (struct trigger_row){
		.index = index,
		.phone = r->phone,
		.country = arena_strdup(a, s->contact.phone.country),
		.written = text_of(&s->contact.written, a),
		.vars = text_of(&s->contact.vars, a),
		.external_id = c->external_id,
		.prio = PRIO_OF(c->priority),
	};
	memcpy(t->phones[t->phone_count++].digits, r->phone, PHONE_TEXT);
}

static void
read_one(struct reading_state *s, size_t index)
{
	const struct trigger_contact *c = &s->t->order->contacts[index];
	struct trigger_result *r = &s->t->read[index];
	struct trigger_contact clean;

	*r = (struct trigger_result){ .code = "", .field = "", .text = "" };
	if (check_supported(c, r) || check_fields(c, &clean, r, s->t->arena) ||
	    check_phone(s, c, r))
		return;
	if (contact_read_vars(c->variables, s->t->arena, &s->contact)) {
		reject(r, "invalid", "variables",
		       arena_strdup(s->t->arena, s->contact.why.data));
		return;
	}
	keep(s, index, &clean);
}

/* Of the contacts with one number the first counts. */
static void
drop_repeated(struct trigger *t)
{
	bool *seen = ARENA_ARRAY(t->arena, t->phone_count + 1, bool);
	size_t left = 0;

	t->phone_count = campaign_phones_sort(t->phones, t->phone_count);
	for (size_t i = 0; i < t->count; i++) {
		struct trigger_row *row = &t->rows[i];
		struct trigger_result *r = &t->read[row->index];
		const struct campaign_phone *p = campaign_phone_find(
			t->phones, t->phone_count, row->phone);

		if (!seen[p - t->phones]) {
			seen[p - t->phones] = true;
			t->rows[left++] = *row;
			continue;
		}
		r->fate = TRIGGER_DUPLICATE;
		r->code = "repeated";
		r->field = "phone_number";
		r->text = "This call has the number more than once; the first "
			  "contact counts.";
	}
	t->count = left;
}

struct trigger *
trigger_prepare(struct db *db, const struct actor *who,
		const struct trigger_order *o, struct arena *a, struct fault *f)
{
	struct trigger *t = ARENA_NEW(a, struct trigger);
	struct reading_state s = { .t = t, .contact = CONTACT_INIT };

	if (actor_check(who, ROLE_SUPERVISOR, f))
		return NULL;
	if (!o->count || o->count > TRIGGER_MOST) {
		fault_field(f, "contacts",
			    "One call takes 1 to %s contacts, not %s.",
			    text_thousands(a, TRIGGER_MOST),
			    text_thousands(a, (int64_t)o->count));
		return NULL;
	}
	if (numbers_open(db, who->workspace_id, &s.reader, f))
		return NULL;
	*t = (struct trigger){ .who = who, .order = o, .arena = a };
	t->read = ARENA_ARRAY(a, o->count, struct trigger_result);
	t->rows = ARENA_ARRAY(a, o->count, struct trigger_row);
	t->phones = ARENA_ARRAY(a, o->count, struct campaign_phone);
	do
		t->batch_id = (int64_t)secret_random_bits(BATCH_BITS);
	while (!t->batch_id);
	for (size_t i = 0; i < o->count; i++)
		read_one(&s, i);
	drop_repeated(t);
	contact_free(&s.contact);
	phone_close(s.reader);
	return t;
}

struct trigger_run {
	struct trigger *t;
	struct trigger_answer *out;
};

static int
add(struct db *db, void *arg, struct fault *f)
{
	struct trigger_run *r = arg;

	return trigger_add(db, r->t, r->out, f);
}

int
campaign_trigger(struct db *db, const struct actor *who,
		 const struct trigger_order *o, struct arena *a,
		 struct trigger_answer *out, struct fault *f)
{
	struct trigger_run r = { .out = out };

	r.t = trigger_prepare(db, who, o, a, f);
	return r.t && !tx_run_marked(db, add, &r, f) ? 0 : -1;
}
