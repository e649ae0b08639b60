/* People and their sessions. */
#include "workspace/account.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/civil.h"
#include "phone/phone.h"
#include "app/stmt.h"
#include "store/db.h"
#include "workspace/password.h"

const char *const role_words[] = { "viewer", "supervisor", "admin", NULL };

const char *const theme_words[THEME_MAX + 1] = { "system", "light", "dark",
						 NULL };
const char *const density_words[DENSITY_MAX + 1] = { "normal", "compact",
						     "comfortable", NULL };

/* clang-format off */
static const struct field account_fields[] = {
	{ FIELD(account, user_id) },
	{ FIELD(account, workspace_id) },
	{ FIELD(account, role), .words = role_words },
	{ FIELD(account, theme), .words = theme_words },
	{ FIELD(account, density), .words = density_words },
	{ FIELD(account, letter_keys) },
	{ FIELD(account, email) },
	{ FIELD(account, name) },
	{ FIELD(account, workspace) },
	{ FIELD(account, zone) },
	{ FIELD(account, expires_at) },
};

static const struct field user_entry_fields[] = {
	{ FIELD(user_entry, email), .min = 3, .max = 190, .label = "E-mail" },
	{ FIELD(user_entry, name), .min = 1, .max = 120, .label = "Name" },
};
/* clang-format on */

static const struct record account_record = RECORD(account_fields);
static const struct record user_entry_record = RECORD(user_entry_fields);

int
actor_check(const struct actor *who, enum role least, struct fault *f)
{
	if (who->role >= least)
		return 0;
	return fault_set(f, FAULT_DENIED, "Your role (%s) does not allow this.",
			 role_words[who->role]);
}

int
account_by_email(struct db *db, const char *email, struct account *out,
		 const char **password_hash, struct arena *a, struct fault *f)
{
	struct account got = { 0 };
	struct rows r;
	int n;

	if (db_query(db, &r, STMT_ACCOUNT_BY_EMAIL, ARGS(ARG_STR(email)), f))
		return -1;
	n = rows_fetch(&r, &account_record, &got, a, f);
	if (n > 0) {
		*password_hash =
			rows_str(&r, (unsigned)account_record.count, a);
		*out = got;
	}
	rows_close(&r);
	if (n == 0)
		return fault_set(f, FAULT_ABSENT,
				 "There is no user with this e-mail address.");
	return n < 0 ? -1 : 0;
}

int
session_create(struct db *db, const uint8_t digest[static 32], int64_t user_id,
	       const struct session_from *from, struct fault *f)
{
	if (db_exec(db, NULL, STMT_SESSION_CREATE,
		    ARGS(ARG_BIN(digest, 32), ARG_INT(user_id),
			 ARG_INT(SESSION_LIFE_S), ARG_STR(from->address),
			 ARG_STR(from->agent)),
		    f))
		return -1;
	return db_exec(db, NULL, STMT_SESSION_TRIM,
		       ARGS(ARG_INT(user_id), ARG_INT(SESSIONS_MOST)), f);
}

int
session_load(struct db *db, const uint8_t digest[static 32],
	     struct account *out, struct arena *a, struct fault *f)
{
	struct account got = { 0 };
	struct rows r;
	int n;

	if (db_query(db, &r, STMT_SESSION_LOAD, ARGS(ARG_BIN(digest, 32)), f))
		return -1;
	n = rows_fetch(&r, &account_record, &got, a, f);
	rows_close(&r);
	if (n == 0)
		return fault_set(f, FAULT_ABSENT,
				 "The session has ended. Sign in again.");
	if (n < 0)
		return -1;
	*out = got;
	return 0;
}

int
session_seen(struct db *db, const uint8_t digest[static 32],
	     const char *address, struct fault *f)
{
	return db_exec(db, NULL, STMT_SESSION_SEEN,
		       ARGS(ARG_STR(address), ARG_BIN(digest, 32)), f);
}

int
session_end(struct db *db, const uint8_t digest[static 32], struct fault *f)
{
	return db_exec(db, NULL, STMT_SESSION_END, ARGS(ARG_BIN(digest, 32)),
		       f);
}

int
session_sweep(struct db *db, struct fault *f)
{
	return db_exec(db, NULL, STMT_SESSION_SWEEP, NO_ARGS, f);
}

/* Reads each typed text into its member. */
static int
read_form(const struct record *r, void *base, const char *const *texts,
	  struct arena *a, struct fault *f)
{
	for (size_t i = 0; i < r->count; i++) {
		if (field_set(&r->fields[i], base, texts[i], a, f))
			return -1;
	}
	return 0;
}

static bool
is_email(const char *s)
{
	const char *at = strchr(s, '@');

	return at && at > s && at[1] && !strchr(at + 1, '@') &&
	       !strpbrk(s, " \t\r\n<>,;\"");
}

int
user_entry_read(const char *email, const char *name, struct user_entry *out,
		struct arena *a, struct fault *f)
{
	const char *const texts[] = { email, name };
	struct user_entry got;

	if (read_form(&user_entry_record, &got, texts, a, f))
		return -1;
	if (!is_email(got.email))
		return fault_field(f, "email",
				   "E-mail must be an address, such as "
				   "ann@example.com.");
	*out = got;
	return 0;
}

static int
create_user(struct db *db, int64_t workspace_id, const struct user_entry *u,
	    const struct new_user *user, struct fault *f)
{
	const struct password_entry entry = { user->password, u->email,
					      u->name };
	char hash[PASSWORD_HASH_LEN] = "";

	if (user->password && password_hash_new(&entry, hash, f))
		return -1;
	if (!db_exec(db, NULL, STMT_USER_CREATE,
		     ARGS(ARG_INT(workspace_id), ARG_STR(u->email),
			  ARG_STR(u->name), ARG_INT(user->role), ARG_STR(hash)),
		     f))
		return 0;
	if (f->code == FAULT_CONFLICT) {
		fault_field(f, "email",
			    "This e-mail address is already in use.");
		f->code = FAULT_CONFLICT;
	}
	return -1;
}

int
user_create(struct db *db, int64_t workspace_id, const struct new_user *user,
	    int64_t *id, struct fault *f)
{
	struct arena *a = arena_new();
	struct user_entry u;
	int rc = user_entry_read(user->email, user->name, &u, a, f);

	if (!rc)
		rc = create_user(db, workspace_id, &u, user, f);
	arena_free(a);
	if (!rc)
		*id = db_insert_id(db);
	return rc;
}

int
user_set_password(struct db *db, int64_t user_id, const char *password,
		  struct fault *f)
{
	const struct password_entry entry = { password, "", "" };
	char hash[PASSWORD_HASH_LEN];

	if (password_hash_new(&entry, hash, f))
		return -1;
	return db_exec(db, NULL, STMT_USER_SET_PASSWORD,
		       ARGS(ARG_STR(hash), ARG_INT(user_id)), f);
}
