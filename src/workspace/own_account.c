#include "workspace/own_account.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/secret.h"
#include "store/tx.h"
#include "workspace/account.h"
#include "workspace/password.h"

/* clang-format off */
static const struct field look_fields[] = {
	{ FIELD(own_look, theme), .words = theme_words, .label = "Theme",
	  .help = "System follows the setting of your device." },
	{ FIELD(own_look, density), .words = density_words, .label = "Density",
	  .help = "How much space the rows of a list take." },
	{ FIELD(own_look, letter_keys), .label = "Letter keys",
	  .help = "Single letters act as shortcuts, such as N for a new campaign." },
};
/* clang-format on */

const struct record own_look_record = RECORD(look_fields);

struct looking {
	const struct actor *who;
	const struct own_look *look;
	struct arena *a;
};

static int
look_tx(struct db *db, void *arg, struct fault *f)
{
	const struct looking *l = arg;
	const struct own_look *look = l->look;

	if (db_exec(db, NULL, STMT_OWN_LOOK,
		    ARGS(ARG_INT(look->theme), ARG_INT(look->density),
			 ARG_INT(look->letter_keys), ARG_INT(l->who->user_id),
			 ARG_INT(l->who->workspace_id)),
		    f))
		return -1;
	return audit_add(db, l->who, 0, "change own look", NULL,
			 arena_printf(l->a,
				      "{\"theme\":\"%s\",\"density\":\"%s\","
				      "\"letter_keys\":%s}",
				      theme_words[look->theme],
				      density_words[look->density],
				      look->letter_keys ? "true" : "false"),
			 f);
}

int
own_look_set(struct db *db, const struct actor *who,
	     const struct own_look *look, struct arena *a, struct fault *f)
{
	struct looking l = { .who = who, .look = look, .a = a };

	if (record_check(&own_look_record, look, f))
		return -1;
	return tx_run_marked(db, look_tx, &l, f);
}

int
own_password_check(struct db *db, const struct account *who,
		   const char *password, struct arena *a, struct fault *f)
{
	struct account found;
	const char *hash;

	if (account_by_email(db, who->email, &found, &hash, a, f))
		return -1;
	if (!secret_password_check(hash, password))
		return fault_field(f, "present",
				   "The present password is wrong.");
	return 0;
}

struct changing {
	const struct account *who;
	struct own_password *p;
	char hash[PASSWORD_HASH_LEN];
	struct arena *a;
};

static int
password_tx(struct db *db, void *arg, struct fault *f)
{
	struct changing *c = arg;
	const struct actor who = { .user_id = c->who->user_id,
				   .workspace_id = c->who->workspace_id,
				   .role = (enum role)c->who->role,
				   .name = c->who->name };

	if (db_exec(db, NULL, STMT_USER_SET_PASSWORD,
		    ARGS(ARG_STR(c->hash), ARG_INT(who.user_id)), f) ||
	    session_end_all(db, who.user_id, c->p->keep, &c->p->ended, c->a, f))
		return -1;
	return audit_add(db, &who, 0, "change own password", NULL, NULL, f);
}

int
own_password_set(struct db *db, const struct account *who,
		 struct own_password *p, struct arena *a, struct fault *f)
{
	const struct password_entry entry = { p->password, who->email,
					      who->name };
	struct changing c = { .who = who, .p = p, .a = a };

	p->ended = (struct digests){ .of = NULL };
	if (own_password_check(db, who, p->present, a, f) ||
	    password_hash_new(&entry, c.hash, f))
		return -1;
	return tx_run_marked(db, password_tx, &c, f);
}

struct leaving {
	const struct actor *who;
	struct digests *ended;
	struct arena *a;
};

static int
sign_out_tx(struct db *db, void *arg, struct fault *f)
{
	struct leaving *l = arg;

	if (session_end_all(db, l->who->user_id, NULL, l->ended, l->a, f))
		return -1;
	return audit_add(db, l->who, 0, "sign out everywhere", NULL, NULL, f);
}

int
own_sign_out(struct db *db, const struct actor *who, struct digests *ended,
	     struct arena *a, struct fault *f)
{
	struct leaving l = { .who = who, .ended = ended, .a = a };

	return tx_run_marked(db, sign_out_tx, &l, f);
}
