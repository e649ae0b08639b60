/* Workspaces and people. */
#include "domain/account.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/zone.h"
#include "domain/stmt.h"
#include "store/db.h"

const char *const role_words[] = { "viewer", "supervisor", "admin", NULL };

#define PASSWORD_MIN 10
#define PASSWORD_MAX 200

/* clang-format off */
static const struct field account_fields[] = {
	{ FIELD(account, user_id) },
	{ FIELD(account, workspace_id) },
	{ FIELD(account, role), .words = role_words },
	{ FIELD(account, theme), .words = account_theme_words },
	{ FIELD(account, density), .words = account_density_words },
	{ FIELD(account, letter_keys) },
	{ FIELD(account, email) },
	{ FIELD(account, name) },
	{ FIELD(account, workspace) },
	{ FIELD(account, zone) },
	{ FIELD(account, expires_at) },
};

struct workspace_form {
	const char *name, *zone, *country;
};
static const struct field workspace_fields[] = {
	{ FIELD(workspace_form, name), .min = 1, .max = 120, .label = "Workspace" },
	{ FIELD(workspace_form, zone), .min = 1, .max = 64, .shape = SHAPE_ZONE, .label = "Time zone" },
	{ FIELD(workspace_form, country), .min = 2, .max = 2, .label = "Default country" },
};

struct user_form {
	const char *email, *name, *password;
};
static const struct field user_fields[] = {
	{ FIELD(user_form, email), .min = 3, .max = 190, .label = "E-mail" },
	{ FIELD(user_form, name), .min = 1, .max = 120, .label = "Name" },
};
/* clang-format on */

static const struct record account_record = RECORD(account_fields);

const char *const account_theme_words[] = { "system", "light", "dark", NULL };
const char *const account_density_words[] = { "normal", "compact",
					      "comfortable", NULL };

static int
check_fields(const struct field *fields, size_t count, const void *base,
	     struct fault *f)
{
	for (size_t i = 0; i < count; i++) {
		if (field_check(&fields[i], base, f))
			return -1;
	}
	return 0;
}

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
	       int64_t lifetime_s, struct fault *f)
{
	return db_exec(db, NULL, STMT_SESSION_CREATE,
		       ARGS(ARG_BIN(digest, 32), ARG_INT(user_id),
			    ARG_INT(lifetime_s)),
		       f);
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

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

int
workspace_create(struct db *db, const char *name, const char *zone,
		 const char *country, int64_t *id, struct fault *f)
{
	struct workspace_form w = { name, zone, country };

	if (check_fields(workspace_fields, ARRAY_LEN(workspace_fields), &w, f))
		return -1;
	if (!is_capital(country[0]) || !is_capital(country[1]))
		return fault_field(f, "country",
				   "Default country must be two capital "
				   "letters, such as GB.");
	if (db_exec(db, NULL, STMT_WORKSPACE_CREATE,
		    ARGS(ARG_STR(name), ARG_STR(zone), ARG_STR(country)), f)) {
		if (f->code == FAULT_CONFLICT)
			fault_set(f, FAULT_CONFLICT,
				  "There is a workspace of this name.");
		return -1;
	}
	*id = db_insert_id(db);
	return 0;
}

int
workspace_find(struct db *db, const char *name, int64_t *id, struct fault *f)
{
	if (!db_int(db, id, STMT_WORKSPACE_FIND, ARGS(ARG_STR(name)), f))
		return 0;
	if (f->code == FAULT_ABSENT)
		fault_set(f, FAULT_ABSENT, "There is no such workspace.");
	return -1;
}

int
workspace_list(struct db *db, struct workspace **out, size_t *count,
	       struct arena *a, struct fault *f)
{
	size_t n = 0, room = 8;
	struct workspace *list = ARENA_ARRAY(a, room, struct workspace);
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_WORKSPACE_LIST, NO_ARGS, f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		list[n].id = rows_int(&r, 0);
		list[n].name = rows_str(&r, 1, a);
		if (++n == room) {
			struct workspace *more =
				ARENA_ARRAY(a, room * 2, struct workspace);

			memcpy(more, list, room * sizeof(*more));
			list = more;
			room *= 2;
		}
	}
	if (got < 0)
		return -1;
	*out = list;
	*count = n;
	return 0;
}

static bool
is_email(const char *s)
{
	const char *at = strchr(s, '@');

	return at && at > s && at[1] && !strchr(at + 1, '@') &&
	       !strpbrk(s, " \t\r\n<>,;\"");
}

static int
hash_password(const char *password, char hash[static PASSWORD_HASH_LEN],
	      struct fault *f)
{
	size_t len;

	if (!text_is_utf8(password, strlen(password)))
		return fault_field(f, "password",
				   "The password must be text in UTF-8.");
	len = text_length(password);
	if (len < PASSWORD_MIN || len > PASSWORD_MAX)
		return fault_field(f, "password",
				   "The password must have %d to %d "
				   "characters.",
				   PASSWORD_MIN, PASSWORD_MAX);
	if (secret_password_hash(password, hash))
		return fault_set(f, FAULT_BUSY,
				 "There is not enough memory to hash the "
				 "password. Try again.");
	return 0;
}

int
user_create(struct db *db, int64_t workspace_id, const char *email,
	    const char *name, enum role role, const char *password, int64_t *id,
	    struct fault *f)
{
	struct user_form u = { email, name, password };
	char hash[PASSWORD_HASH_LEN];

	if (check_fields(user_fields, ARRAY_LEN(user_fields), &u, f))
		return -1;
	if (!is_email(email))
		return fault_field(f, "email",
				   "E-mail must be an address, such as "
				   "ann@example.com.");
	if (hash_password(password, hash, f))
		return -1;
	if (db_exec(db, NULL, STMT_USER_CREATE,
		    ARGS(ARG_INT(workspace_id), ARG_STR(email), ARG_STR(name),
			 ARG_INT(role), ARG_STR(hash)),
		    f)) {
		if (f->code == FAULT_CONFLICT) {
			fault_field(f, "email",
				    "This e-mail address is taken.");
			f->code = FAULT_CONFLICT;
		}
		return -1;
	}
	*id = db_insert_id(db);
	return 0;
}

int
user_set_password(struct db *db, int64_t user_id, const char *password,
		  struct fault *f)
{
	char hash[PASSWORD_HASH_LEN];

	if (hash_password(password, hash, f))
		return -1;
	return db_exec(db, NULL, STMT_USER_SET_PASSWORD,
		       ARGS(ARG_STR(hash), ARG_INT(user_id)), f);
}
