#include "workspace/person_link.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "store/tx.h"
#include "workspace/account.h"
#include "workspace/password.h"

#define S_PER_HOUR 3600

static const struct {
	int64_t life_s;
	const char *life, *action;
} kinds[] = {
	[LINK_INVITATION] = { 7 * 24 * S_PER_HOUR, "7 days",
			      "accept invitation" },
	[LINK_RESET] = { 24 * S_PER_HOUR, "24 hours", "reset password" },
};
static const char *const kind_words[] = { "invitation", "reset", NULL };

/* clang-format off */
static const struct field holder_fields[] = {
	{ FIELD(link_holder, user_id) },
	{ FIELD(link_holder, workspace_id) },
	{ FIELD(link_holder, role), .words = role_words },
	{ FIELD(link_holder, kind), .words = kind_words },
	{ FIELD(link_holder, email) },
	{ FIELD(link_holder, name) },
	{ FIELD(link_holder, workspace) },
};
/* clang-format on */

static const struct record holder_record = RECORD(holder_fields);

const char *
person_link_life(enum link_kind kind)
{
	return kinds[kind].life;
}

static void
digest_of(const char *token, uint8_t out[static DIGEST_LEN])
{
	secret_digest(token, strlen(token), out);
}

int
person_link_put(struct db *db, int64_t user_id, enum link_kind kind,
		struct person_link *out, struct fault *f)
{
	uint8_t digest[DIGEST_LEN];

	out->kind = kind;
	secret_token(out->token);
	digest_of(out->token, digest);
	return db_exec(db, NULL, STMT_LINK_PUT,
		       ARGS(ARG_INT(user_id), ARG_BIN(digest, DIGEST_LEN),
			    ARG_INT(kind), ARG_INT(kinds[kind].life_s)),
		       f);
}

const char *
person_link_address(const char *public_url, const struct person_link *l,
		    struct arena *a)
{
	int len = (int)strlen(public_url);

	while (len && public_url[len - 1] == '/')
		len--;
	return arena_printf(a, "%.*s/invitation/%s", len, public_url, l->token);
}

static int
no_link(struct fault *f)
{
	return fault_set(f, FAULT_ABSENT,
			 "This link has been used, or it has expired. Ask an "
			 "administrator for a new one.");
}

int
person_link_look(struct db *db, const char *token, struct link_holder *out,
		 struct arena *a, struct fault *f)
{
	struct link_holder got = { 0 };
	uint8_t digest[DIGEST_LEN];
	struct rows r;
	int n;

	digest_of(token, digest);
	if (db_query(db, &r, STMT_LINK_LOOK, ARGS(ARG_BIN(digest, DIGEST_LEN)),
		     f))
		return -1;
	n = rows_fetch(&r, &holder_record, &got, a, f);
	rows_close(&r);
	if (n == 0)
		return no_link(f);
	if (n < 0)
		return -1;
	*out = got;
	return 0;
}

struct taking {
	struct link_use *use;
	const char *name;
	char hash[PASSWORD_HASH_LEN];
	struct arena *a;
};

static int
take_tx(struct db *db, void *arg, struct fault *f)
{
	struct taking *t = arg;
	const struct link_holder *h = &t->use->holder;
	const struct actor who = { .user_id = h->user_id,
				   .workspace_id = h->workspace_id,
				   .role = (enum role)h->role,
				   .name = t->name };
	uint8_t digest[DIGEST_LEN];
	int64_t taken;

	digest_of(t->use->token, digest);
	if (db_exec(db, &taken, STMT_LINK_TAKE,
		    ARGS(ARG_BIN(digest, DIGEST_LEN)), f))
		return -1;
	if (!taken)
		return no_link(f);
	if (db_exec(db, NULL, STMT_LINK_PASSWORD,
		    ARGS(ARG_STR(t->name), ARG_STR(t->hash),
			 ARG_INT(h->user_id)),
		    f) ||
	    session_end_all(db, h->user_id, NULL, &t->use->ended, t->a, f))
		return -1;
	return audit_add(db, &who, 0, kinds[h->kind].action, NULL, NULL, f);
}

int
person_link_use(struct db *db, struct link_use *use, struct arena *a,
		struct fault *f)
{
	struct taking t = { .use = use, .a = a };
	struct link_holder *h = &use->holder;
	struct user_entry entry;

	if (person_link_look(db, use->token, h, a, f))
		return -1;
	if (h->kind == LINK_RESET || !use->name)
		t.name = h->name;
	else if (user_entry_read(h->email, use->name, &entry, a, f))
		return -1;
	else
		t.name = entry.name;
	if (password_hash_new(
		    &(struct password_entry){ use->password, h->email, t.name },
		    t.hash, f))
		return -1;
	return tx_run_marked(db, take_tx, &t, f);
}
