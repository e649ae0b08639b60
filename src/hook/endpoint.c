#include "hook/endpoint.h"

#include <inttypes.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/json.h"
#include "campaign/event.h"
#include "hook/address.h"
#include "store/tx.h"
#include "workspace/account.h"

const char *const endpoint_off_words[] = { "", "person", "gone", "failed",
					   NULL };

/* clang-format off */
static const struct field entry_fields[] = {
	{ FIELD(endpoint_entry, url), .min = 1, .max = 500, .label = "Address",
	  .help = "Where events are sent by POST: https://, a public host and a path. http:// and private addresses work only where webhook_allow of the installation allows them." },
	{ FIELD(endpoint_entry, description), .max = 200, .def = "", .label = "Description",
	  .help = "For people: what receives the events." },
	{ FIELD(endpoint_entry, kinds), .words = event_kind_words, .min = 1, .max = EVENT_CHOICES,
	  .def = "attempt.finished,contact.final,campaign.status", .label = "Events",
	  .help = "Which events are sent." },
};

static const struct field endpoint_fields[] = {
	{ FIELD(endpoint, id) },
	{ FIELD(endpoint, url) },
	{ FIELD(endpoint, description) },
	{ FIELD(endpoint, kinds), .words = event_kind_words },
	{ FIELD(endpoint, enabled) },
	{ FIELD(endpoint, off_why), .words = endpoint_off_words },
	{ FIELD(endpoint, off_at) },
	{ FIELD(endpoint, ver) },
	{ FIELD(endpoint, failing_since) },
	{ FIELD(endpoint, old_until) },
	{ FIELD(endpoint, next_seq) },
	{ FIELD(endpoint, fails) },
};
/* clang-format on */

const struct record endpoint_entry_record = RECORD(entry_fields);
static const struct record endpoint_record = RECORD(endpoint_fields);
static const struct rows_kind endpoints = { STMT_ENDPOINT_LIST,
					    &endpoint_record,
					    sizeof(struct endpoint) };

int
endpoint_list(struct db *db, int64_t workspace_id, struct endpoint **out,
	      size_t *count, struct arena *a, struct fault *f)
{
	*out = rows_all(db, &endpoints, ARGS(ARG_INT(workspace_id)), count, a,
			f);
	return *out ? 0 : -1;
}

int
endpoint_get(struct db *db, int64_t workspace_id, int64_t id,
	     struct endpoint *out, struct arena *a, struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_ENDPOINT_GET,
		     ARGS(ARG_INT(workspace_id), ARG_INT(id)), f))
		return -1;
	got = rows_fetch(&r, &endpoint_record, out, a, f);
	rows_close(&r);
	if (got == 0)
		fault_set(f, FAULT_ABSENT, "There is no such webhook.");
	return got > 0 ? 0 : -1;
}

struct endpoint_edit;
typedef int edit_fn(struct db *db, struct endpoint_edit *e, struct fault *f);

struct endpoint_edit {
	const struct actor *who;
	struct endpoint_ref ref; /* id 0: of the feed, or a new one */
	const struct endpoint_entry *entry;
	edit_fn *step;
	const char *action; /* in the audit log */
	uint8_t secret[DIGEST_LEN];
	bool on;
	enum endpoint_off why;
	struct endpoint was;
	struct arena *arena;
};

static const char *
json_of(const struct endpoint *p, struct arena *a)
{
	struct buf b = BUF_INIT;
	const char *text;

	buf_printf(&b, "{\"webhook\":%" PRId64 ",\"url\":", p->id);
	json_str(&b, p->url);
	buf_str(&b, ",\"description\":");
	json_str(&b, p->description);
	buf_printf(&b, ",\"events\":\"%s\",\"enabled\":%s,\"off\":\"%s\"}",
		   field_text(&endpoint_fields[3], p, a),
		   p->enabled ? "true" : "false",
		   endpoint_off_words[p->off_why]);
	text = arena_strdup(a, b.data);
	buf_free(&b);
	return text;
}

/* One row changed; none: it is another version, or in that state already. */
static int
one_row(struct db *db, int stmt, const struct arg *args, size_t count,
	struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, stmt, args, count, f)) {
		if (f->code == FAULT_CONFLICT)
			fault_field(f, "url",
				    "There is already a webhook with this "
				    "address.");
		return -1;
	}
	if (changed)
		return 0;
	return fault_set(f, FAULT_CONFLICT,
			 "The webhook was changed in the meantime. Reload "
			 "it and try again.");
}

static int
add_step(struct db *db, struct endpoint_edit *e, struct fault *f)
{
	struct arg workspace = ARG_INT(e->who->workspace_id);
	int64_t all;

	if (db_int(db, &all, STMT_ENDPOINT_COUNT, &workspace, 1, f))
		return -1;
	if (all >= ENDPOINTS_MOST)
		return fault_field(f, "url",
				   "A workspace has at most %d webhooks.",
				   ENDPOINTS_MOST);
	if (one_row(db, STMT_ENDPOINT_ADD,
		    ARGS(ARG_STR(e->entry->url), ARG_STR(e->entry->description),
			 ARG_INT(e->entry->kinds.bits), ARG_INT(1),
			 ARG_BIN(e->secret, DIGEST_LEN), workspace),
		    f))
		return -1;
	e->ref.id = db_insert_id(db);
	return 0;
}

static int
change_step(struct db *db, struct endpoint_edit *e, struct fault *f)
{
	return one_row(db, STMT_ENDPOINT_CHANGE,
		       ARGS(ARG_STR(e->entry->url),
			    ARG_STR(e->entry->description),
			    ARG_INT(e->entry->kinds.bits),
			    ARG_INT(e->who->workspace_id), ARG_INT(e->ref.id),
			    ARG_INT(e->ref.ver)),
		       f);
}

static int
switch_step(struct db *db, struct endpoint_edit *e, struct fault *f)
{
	struct arg workspace = ARG_INT(e->who->workspace_id);
	struct arg id = ARG_INT(e->ref.id), ver = ARG_INT(e->ref.ver);

	if (e->on)
		return one_row(db, STMT_ENDPOINT_ON, ARGS(workspace, id, ver),
			       f);
	return one_row(db, STMT_ENDPOINT_OFF,
		       ARGS(ARG_INT(e->why), workspace, id, ver), f);
}

static int
rotate_step(struct db *db, struct endpoint_edit *e, struct fault *f)
{
	return one_row(db, STMT_ENDPOINT_ROTATE,
		       ARGS(ARG_BIN(e->secret, DIGEST_LEN),
			    ARG_INT(ROTATE_HOURS),
			    ARG_INT(e->who->workspace_id), ARG_INT(e->ref.id),
			    ARG_INT(e->ref.ver)),
		       f);
}

static int
remove_step(struct db *db, struct endpoint_edit *e, struct fault *f)
{
	return one_row(db, STMT_ENDPOINT_REMOVE,
		       ARGS(ARG_INT(e->who->workspace_id), ARG_INT(e->ref.id)),
		       f);
}

static int
test_step(struct db *db, struct endpoint_edit *e, struct fault *f)
{
	struct arg workspace = ARG_INT(e->who->workspace_id);
	int64_t changed;

	if (!e->was.enabled)
		return fault_set(f, FAULT_CONFLICT,
				 "The webhook is off. Switch it on first.");
	if (db_exec(db, &changed, STMT_EVENT_TAKE,
		    ARGS(ARG_INT(1), workspace, ARG_INT(EVENT_ALL)), f))
		return -1;
	return db_exec(db, NULL, STMT_EVENT_ADD_TEST,
		       ARGS(workspace, ARG_INT(db_insert_id(db)),
			    ARG_INT(EVENT_TEST), ARG_INT(e->ref.id)),
		       f);
}

static int
feed_step(struct db *db, struct endpoint_edit *e, struct fault *f)
{
	return db_exec(db, NULL, STMT_EVENT_SEQ_FEED,
		       ARGS(ARG_INT(e->on), ARG_INT(e->who->workspace_id)), f);
}

static int
note(struct db *db, struct endpoint_edit *e, struct fault *f)
{
	const char *was = e->was.id ? json_of(&e->was, e->arena) : NULL;
	const char *became = NULL;
	struct endpoint now;

	if (!e->ref.id) {
		became = e->on ? "{\"feed\":true}" : "{\"feed\":false}";
	} else if (e->step != remove_step) {
		if (endpoint_get(db, e->who->workspace_id, e->ref.id, &now,
				 e->arena, f))
			return -1;
		became = json_of(&now, e->arena);
	}
	return audit_add(db, e->who, 0, e->action, was, became, f);
}

static int
edit_tx(struct db *db, void *arg, struct fault *f)
{
	struct endpoint_edit once = *(const struct endpoint_edit *)arg;
	struct arg workspace = ARG_INT(once.who->workspace_id);

	if (db_exec(db, NULL, STMT_EVENT_SEQ_LOCK, &workspace, 1, f) ||
	    (once.ref.id &&
	     endpoint_get(db, once.who->workspace_id, once.ref.id, &once.was,
			  once.arena, f)))
		return -1;
	if (!once.ref.ver)
		once.ref.ver = once.was.ver;
	if (once.step(db, &once, f) ||
	    db_exec(db, NULL, STMT_EVENT_SEQ_KINDS,
		    ARGS(ARG_INT(EVENT_FEED), workspace), f) ||
	    note(db, &once, f))
		return -1;
	((struct endpoint_edit *)arg)->was.id = once.ref.id;
	return 0;
}

static int
edit(struct db *db, struct endpoint_edit *e, struct fault *f)
{
	if (actor_check(e->who, ROLE_ADMIN, f))
		return -1;
	return tx_run_marked(db, edit_tx, e, f);
}

static int
check_entry(const struct endpoint_entry *e, struct fault *f)
{
	return record_check(&endpoint_entry_record, e, f) ||
			       address_url_check(e->url, f)
		       ? -1
		       : 0;
}

int
endpoint_add(struct db *db, const struct actor *who,
	     const struct endpoint_entry *entry, struct endpoint_made *out,
	     struct arena *a, struct fault *f)
{
	struct endpoint_edit e = { .who = who,
				   .entry = entry,
				   .step = add_step,
				   .action = "add webhook",
				   .arena = a };

	secret_random(e.secret, sizeof(e.secret));
	if (check_entry(entry, f) || edit(db, &e, f))
		return -1;
	out->id = e.was.id;
	sign_secret_text(e.secret, out->secret);
	return 0;
}

int
endpoint_change(struct db *db, const struct actor *who, struct endpoint_ref ref,
		const struct endpoint_entry *entry, struct arena *a,
		struct fault *f)
{
	struct endpoint_edit e = { .who = who,
				   .ref = ref,
				   .entry = entry,
				   .step = change_step,
				   .action = "change webhook",
				   .arena = a };

	return check_entry(entry, f) || edit(db, &e, f) ? -1 : 0;
}

int
endpoint_switch(struct db *db, const struct actor *who, struct endpoint_ref ref,
		bool on, struct arena *a, struct fault *f)
{
	struct endpoint_edit e = { .who = who,
				   .ref = ref,
				   .step = switch_step,
				   .on = on,
				   .why = OFF_BY_PERSON,
				   .action = on ? "switch webhook on"
						: "switch webhook off",
				   .arena = a };

	return edit(db, &e, f);
}

int
endpoint_rotate(struct db *db, const struct actor *who, struct endpoint_ref ref,
		char secret[static SIGN_TEXT], struct arena *a, struct fault *f)
{
	struct endpoint_edit e = { .who = who,
				   .ref = ref,
				   .step = rotate_step,
				   .action = "rotate webhook secret",
				   .arena = a };

	secret_random(e.secret, sizeof(e.secret));
	if (edit(db, &e, f))
		return -1;
	sign_secret_text(e.secret, secret);
	return 0;
}

int
endpoint_remove(struct db *db, const struct actor *who, struct endpoint_ref ref,
		struct arena *a, struct fault *f)
{
	struct endpoint_edit e = { .who = who,
				   .ref = ref,
				   .step = remove_step,
				   .action = "remove webhook",
				   .arena = a };

	return edit(db, &e, f);
}

int
endpoint_test(struct db *db, const struct actor *who, struct endpoint_ref ref,
	      struct arena *a, struct fault *f)
{
	struct endpoint_edit e = { .who = who,
				   .ref = ref,
				   .step = test_step,
				   .action = "test webhook",
				   .arena = a };

	return edit(db, &e, f);
}

int
event_feed(struct db *db, const struct actor *who, bool on, struct arena *a,
	   struct fault *f)
{
	struct endpoint_edit e = { .who = who,
				   .step = feed_step,
				   .on = on,
				   .action = "switch event feed",
				   .arena = a };

	return edit(db, &e, f);
}

int
event_feed_is_on(struct db *db, int64_t workspace_id, bool *on, struct fault *f)
{
	int64_t feed;

	*on = false;
	if (db_int(db, &feed, STMT_EVENT_SEQ_FEED_IS,
		   ARGS(ARG_INT(workspace_id)), f))
		return f->code == FAULT_ABSENT ? 0 : -1;
	*on = feed != 0;
	return 0;
}

int
endpoint_give_up(struct db *db, int64_t workspace_id, struct endpoint_ref ref,
		 enum endpoint_off why, struct arena *a, struct fault *f)
{
	/* The dialler, as in the audit log of a run's end. */
	struct actor nobody = { .workspace_id = workspace_id,
				.role = ROLE_ADMIN,
				.name = "" };
	struct endpoint_edit e = { .who = &nobody,
				   .ref = ref,
				   .step = switch_step,
				   .why = why,
				   .action = "switch webhook off",
				   .arena = a };

	return edit(db, &e, f);
}
