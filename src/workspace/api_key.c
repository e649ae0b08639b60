#include "workspace/api_key.h"

#include <inttypes.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/text.h"
#include "store/db.h"
#include "store/tx.h"

#define HINT_LEN 4
#define USED_US (60 * US_PER_S)

/* clang-format off */
const char *const api_scope_words[] = {
#define X(name, word, ...) word,
	API_SCOPES(X)
#undef X
	NULL
};

const char *const api_scope_texts[] = {
#define X(name, word, role, text) text,
	API_SCOPES(X)
#undef X
	NULL
};

static const enum role roles[] = {
#define X(name, word, role, ...) ROLE_##role,
	API_SCOPES(X)
#undef X
};

static const struct field entered[] = {
	{ FIELD(api_key, name), .min = 1, .max = 120, .label = "Name",
	  .help = "Which program uses the key." },
	{ FIELD(api_key, scopes), .words = api_scope_words, .min = 1, .max = SCOPE_MAX, .label = "Scopes",
	  .help = "What the key may do." },
	{ FIELD(api_key, expires_at), .shape = SHAPE_TIME, .min = 0, .max = -1, .def = "", .label = "Expires",
	  .help = "From this moment on the key is refused; empty: never." },
};

/* In the order of API_KEY_SHOWN (sql/api.def), then what API_KEY_FIND adds. */
static const struct field stored[] = {
	{ FIELD(api_key, id) },
	{ FIELD(api_key, workspace_id) },
	{ FIELD(api_key, campaign_id) },
	{ FIELD(api_key, name) },
	{ FIELD(api_key, hint) },
	{ FIELD(api_key, scopes) },
	{ FIELD(api_key, user_id) },
	{ FIELD(api_key, created_by) },
	{ FIELD(api_key, created_at) },
	{ FIELD(api_key, expires_at) },
	{ FIELD(api_key, revoked_at) },
	{ FIELD(api_key, used_at) },
	{ FIELD(api_key, used_from) },
	{ FIELD(api_key, zone) },
	{ FIELD(api_key, country) },
};
/* clang-format on */

#define FOUND_MORE 2 /* columns */

const struct record api_key_record = RECORD(entered);
static const struct record found_record = RECORD(stored);
static const struct record shown = {
	.fields = stored, .count = ARRAY_LEN(stored) - FOUND_MORE
};

static const struct rows_kind keys = { STMT_API_KEY_LIST, &shown,
				       sizeof(struct api_key) };

struct actor
api_key_actor(const struct api_key *k, struct arena *a)
{
	struct actor who = { .user_id = k->user_id,
			     .workspace_id = k->workspace_id,
			     .campaign_id = k->campaign_id,
			     .name = k->created_by,
			     .via = arena_printf(a, "API key %s", k->name) };

	for (int i = 0; i < SCOPE_MAX; i++)
		if (k->scopes.bits >> i & 1 && roles[i] > who.role)
			who.role = roles[i];
	return who;
}

/* What the audit log keeps of a key. */
static const char *
key_json(const struct api_key *k, struct arena *a)
{
	struct buf b = BUF_INIT;
	const char *text;

	buf_str(&b, "{\"api_key\":");
	json_str(&b, k->name);
	for (size_t i = 1; i < api_key_record.count; i++) {
		buf_printf(&b, ",\"%s\":", entered[i].name);
		json_str(&b, field_text(&entered[i], k, a));
	}
	buf_char(&b, '}');
	text = arena_memdup(a, b.data, b.len);
	buf_free(&b);
	return text;
}

struct key_change {
	const struct actor *who;
	const struct api_key *key; /* to be made */
	const uint8_t *digest;
	const char *hint;
	int64_t id;
	struct arena *a;
};

static int
check_campaign(struct db *db, const struct key_change *ch, struct fault *f)
{
	int64_t count;

	if (!ch->key->campaign_id)
		return 0;
	if (db_int(db, &count, STMT_API_KEY_CAMPAIGN,
		   ARGS(ARG_INT(ch->who->workspace_id),
			ARG_INT(ch->key->campaign_id)),
		   f))
		return -1;
	return count ? 0
		     : fault_set(f, FAULT_ABSENT, "There is no such campaign.");
}

static int
create(struct db *db, void *arg, struct fault *f)
{
	struct key_change *ch = arg;
	const struct api_key *k = ch->key;
	const struct actor *who = ch->who;

	if (check_campaign(db, ch, f) ||
	    db_exec(db, NULL, STMT_API_KEY_CREATE,
		    ARGS(ARG_INT(who->workspace_id),
			 k->campaign_id ? ARG_INT(k->campaign_id) : ARG_NULL,
			 ARG_STR(k->name), ARG_BIN(ch->digest, DIGEST_LEN),
			 ARG_STR(ch->hint), ARG_INT(k->scopes.bits),
			 who->user_id ? ARG_INT(who->user_id) : ARG_NULL,
			 ARG_STR(who->name),
			 k->expires_at ? ARG_TIME(k->expires_at) : ARG_NULL),
		    f))
		return -1;
	ch->id = db_insert_id(db);
	return audit_add(db, who, k->campaign_id, "add api key", NULL,
			 key_json(k, ch->a), f);
}

int
api_key_create(struct db *db, const struct actor *who, const struct api_key *k,
	       struct new_api_key *out, struct arena *a, struct fault *f)
{
	char *text = out->text;
	uint8_t digest[DIGEST_LEN];
	struct key_change ch = {
		.who = who, .key = k, .digest = digest, .a = a
	};

	if (actor_check(who, ROLE_ADMIN, f) ||
	    record_check(&api_key_record, k, f))
		return -1;
	memcpy(text, API_KEY_PREFIX, strlen(API_KEY_PREFIX));
	secret_token(text + strlen(API_KEY_PREFIX));
	secret_digest(text, strlen(text), digest);
	ch.hint = text + strlen(text) - HINT_LEN;
	if (tx_run_marked(db, create, &ch, f))
		return -1;
	out->id = ch.id;
	return 0;
}

int
api_key_list(struct db *db, const struct api_key_query *q,
	     struct api_key **out, size_t *count, struct arena *a,
	     struct fault *f)
{
	struct api_key *list =
		rows_all(db, &keys,
			 ARGS(ARG_INT(q->workspace_id),
			      ARG_INT(q->before ? q->before : INT64_MAX),
			      ARG_INT(q->limit)),
			 count, a, f);

	if (list)
		*out = list;
	return list ? 0 : -1;
}

/* The only row of a statement that gives keys. */
static int
first(const struct api_key *list, size_t count, struct api_key *out,
      struct fault *f)
{
	if (!list)
		return -1;
	if (!count)
		return fault_set(f, FAULT_ABSENT, "There is no such API key.");
	*out = list[0];
	return 0;
}

static int
revoke(struct db *db, void *arg, struct fault *f)
{
	static const struct rows_kind row = { STMT_API_KEY_ROW, &shown,
					      sizeof(struct api_key) };
	struct key_change *ch = arg;
	struct api_key k, *found;
	int64_t changed;
	size_t count;

	found = rows_all(db, &row,
			 ARGS(ARG_INT(ch->who->workspace_id), ARG_INT(ch->id)),
			 &count, ch->a, f);
	if (first(found, count, &k, f) ||
	    db_exec(db, &changed, STMT_API_KEY_REVOKE,
		    ARGS(ARG_INT(ch->who->workspace_id), ARG_INT(ch->id)), f))
		return -1;
	if (!changed)
		return fault_set(f, FAULT_CONFLICT,
				 "This key is revoked already.");
	return audit_add(db, ch->who, k.campaign_id, "revoke api key",
			 key_json(&k, ch->a), NULL, f);
}

int
api_key_revoke(struct db *db, const struct actor *who, int64_t id,
	       struct arena *a, struct fault *f)
{
	struct key_change ch = { .who = who, .id = id, .a = a };

	if (actor_check(who, ROLE_ADMIN, f))
		return -1;
	return tx_run_marked(db, revoke, &ch, f);
}

int
api_key_find(struct db *db, const char *text, struct api_key *out,
	     struct arena *a, struct fault *f)
{
	static const struct rows_kind row = { STMT_API_KEY_FIND, &found_record,
					      sizeof(struct api_key) };
	uint8_t digest[DIGEST_LEN];
	struct api_key *list;
	size_t count;

	secret_digest(text, strlen(text), digest);
	list = rows_all(db, &row, ARGS(ARG_BIN(digest, DIGEST_LEN)), &count, a,
			f);
	return first(list, count, out, f);
}

int
api_key_used(struct db *db, const struct api_key *k, const char *address,
	     int64_t now, struct fault *f)
{
	if (k->used_at && now - k->used_at < USED_US)
		return 0;
	return db_exec(db, NULL, STMT_API_KEY_USED,
		       ARGS(ARG_STR(address), ARG_INT(k->id)), f);
}

int
api_answers_sweep(struct db *db, struct fault *f)
{
	return db_exec(db, NULL, STMT_IDEMPOTENCY_SWEEP, NO_ARGS, f);
}
