#include "workspace/second_factor.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "store/tx.h"
#include "workspace/account.h"

#define BOX_LEN (TOTP_SECRET_LEN + SECRET_BOX_EXTRA)
#define RECOVERY_LEN 16 /* characters of a recovery code */
#define GROUP_LEN 4

static void
make_key(const uint8_t *installation, uint8_t key[static DIGEST_LEN])
{
	static const char purpose[] = "second factor";

	secret_hmac(installation, purpose, strlen(purpose), key);
}

/* The code without the spaces and hyphens that people put in. */
static const char *
plain_code(const char *typed, struct arena *a)
{
	char *out = arena_strdup(a, typed), *to = out;

	for (const char *s = typed; *s; s++) {
		if (strchr(" -\t\r\n", *s))
			continue;
		*to++ = *s >= 'A' && *s <= 'Z' ? (char)(*s - 'A' + 'a') : *s;
	}
	*to = '\0';
	return out;
}

int
factor_is_on(struct db *db, int64_t user_id, bool *on, struct fault *f)
{
	int64_t n;

	if (db_int(db, &n, STMT_FACTOR_IS_ON, ARGS(ARG_INT(user_id)), f))
		return -1;
	*on = n != 0;
	return 0;
}

int
factor_recovery_left(struct db *db, int64_t user_id, int64_t *left,
		     struct fault *f)
{
	return db_int(db, left, STMT_RECOVERY_LEFT, ARGS(ARG_INT(user_id)), f);
}

const char *
factor_uri(const uint8_t secret[static TOTP_SECRET_LEN], const char *email,
	   struct arena *a)
{
	return arena_printf(a, "otpauth://totp/Outdial:%s?secret=%s&issuer=%s",
			    text_url_encode(a, email), totp_text(secret, a),
			    "Outdial");
}

static int
wrong_code(struct fault *f)
{
	return fault_field(f, "code",
			   "The code is wrong, or it has been used already. "
			   "Enter the one that the app shows now.");
}

struct switching {
	const struct actor *who;
	struct factor_setup *s;
	int64_t step;
	struct arena *a;
};

/* "k7m2-x9qa-..." */
static const char *
make_recovery(uint8_t digest[static DIGEST_LEN], struct arena *a)
{
	char code[21], shown[RECOVERY_LEN + RECOVERY_LEN / GROUP_LEN];
	size_t n = 0;

	secret_password_make(code);
	secret_digest(code, RECOVERY_LEN, digest);
	for (size_t i = 0; i < RECOVERY_LEN; i++) {
		if (i && i % GROUP_LEN == 0)
			shown[n++] = '-';
		shown[n++] = code[i];
	}
	return arena_memdup(a, shown, n);
}

static int
add_recovery(struct db *db, const struct switching *w, struct fault *f)
{
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		uint8_t digest[DIGEST_LEN];

		w->s->recovery[i] = make_recovery(digest, w->a);
		if (db_exec(db, NULL, STMT_RECOVERY_ADD,
			    ARGS(ARG_INT(w->who->user_id),
				 ARG_BIN(digest, DIGEST_LEN)),
			    f))
			return -1;
	}
	return 0;
}

static int
switch_on_tx(struct db *db, void *arg, struct fault *f)
{
	const struct switching *w = arg;
	struct arg id = ARG_INT(w->who->user_id);
	uint8_t key[DIGEST_LEN], box[BOX_LEN];
	int64_t done;

	make_key(w->s->installation, key);
	secret_lock(key, w->s->secret, TOTP_SECRET_LEN, box);
	if (db_exec(db, &done, STMT_FACTOR_SET,
		    ARGS(ARG_BIN(box, BOX_LEN), ARG_INT(w->step), id), f))
		return -1;
	if (!done)
		return fault_set(f, FAULT_CONFLICT,
				 "The second factor is already on.");
	if (db_exec(db, NULL, STMT_FACTOR_FORGET_CODES, ARGS(id), f) ||
	    add_recovery(db, w, f))
		return -1;
	return audit_add(db, w->who, 0, "switch second factor on", NULL, NULL,
			 f);
}

int
factor_switch_on(struct db *db, const struct actor *who, struct factor_setup *s,
		 struct arena *a, struct fault *f)
{
	struct switching w = { .who = who, .s = s, .a = a };

	if (totp_check(s->secret, plain_code(s->code, a), s->now, &w.step))
		return wrong_code(f);
	return tx_run_marked(db, switch_on_tx, &w, f);
}

struct clearing {
	const struct actor *who;
	int64_t user_id;
};

static int
switch_off_tx(struct db *db, void *arg, struct fault *f)
{
	const struct clearing *c = arg;
	struct arg id = ARG_INT(c->user_id);
	char was[40];
	int64_t done;

	if (db_exec(db, &done, STMT_FACTOR_CLEAR,
		    ARGS(id, ARG_INT(c->who->workspace_id)), f))
		return -1;
	if (!done)
		return fault_set(f, FAULT_CONFLICT,
				 "The second factor is already off.");
	if (db_exec(db, NULL, STMT_FACTOR_FORGET_CODES, ARGS(id), f))
		return -1;
	snprintf(was, sizeof(was), "{\"id\":%" PRId64 "}", c->user_id);
	return audit_add(db, c->who, 0, "switch second factor off", was, NULL,
			 f);
}

int
factor_switch_off(struct db *db, const struct actor *who, int64_t user_id,
		  struct fault *f)
{
	struct clearing c = { .who = who, .user_id = user_id };

	if (who->user_id != user_id && actor_check(who, ROLE_ADMIN, f))
		return -1;
	return tx_run_marked(db, switch_off_tx, &c, f);
}

/* The secret of the person; FAULT_INVALID when there is none. */
static int
load(struct db *db, const struct factor_try *try,
     uint8_t secret[static TOTP_SECRET_LEN], struct fault *f)
{
	uint8_t key[DIGEST_LEN], box[BOX_LEN];
	bool there = false;
	struct rows r;
	int n;

	if (db_query(db, &r, STMT_FACTOR_LOAD, ARGS(ARG_INT(try->user_id)), f))
		return -1;
	n = rows_next(&r, f);
	if (n > 0)
		there = rows_copy(&r, 0, box, BOX_LEN);
	rows_close(&r);
	if (n < 0)
		return -1;
	make_key(try->installation, key);
	if (!there || secret_unlock(key, box, BOX_LEN, secret))
		return wrong_code(f);
	return 0;
}

static int
take_recovery(struct db *db, const struct factor_try *try, const char *code,
	      struct fault *f)
{
	uint8_t digest[DIGEST_LEN];
	int64_t taken;

	secret_digest(code, strlen(code), digest);
	if (db_exec(db, &taken, STMT_RECOVERY_TAKE,
		    ARGS(ARG_INT(try->user_id), ARG_BIN(digest, DIGEST_LEN)),
		    f))
		return -1;
	return taken ? 0 : wrong_code(f);
}

int
factor_take(struct db *db, const struct factor_try *try, struct arena *a,
	    struct fault *f)
{
	const char *code = plain_code(try->code, a);
	uint8_t secret[TOTP_SECRET_LEN];
	int64_t step, taken;

	if (strlen(code) == RECOVERY_LEN)
		return take_recovery(db, try, code, f);
	if (load(db, try, secret, f))
		return -1;
	if (totp_check(secret, code, try->now, &step))
		return wrong_code(f);
	if (db_exec(db, &taken, STMT_FACTOR_TAKE,
		    ARGS(ARG_INT(step), ARG_INT(try->user_id), ARG_INT(step)),
		    f))
		return -1;
	return taken ? 0 : wrong_code(f);
}
