/* The second factor: set up, codes that are taken once, recovery codes. */
#include <liboath/oath.h>

#include "tests/lib/world.h"
#include "workspace/second_factor.h"

#define NOW 1795443602 /* seconds since 1970 */

static const uint8_t installation[DIGEST_LEN] = { 1, 2, 3 };
static struct world w;

static const char *
code_at(const uint8_t *secret, int64_t now)
{
	char *code = arena_alloc(w.a, 7);

	world_need(oath_totp_generate((const char *)secret, TOTP_SECRET_LEN,
				      (time_t)now, 30, 0, 6, code),
		   "code");
	return code;
}

static int
take(const char *code, int64_t now)
{
	const struct factor_try try = { installation, w.who.user_id, code,
					now };

	return factor_take(w.db, &try, w.a, &f);
}

static bool
is_on(void)
{
	bool on = false;

	world_need(factor_is_on(w.db, w.who.user_id, &on, &f), "on");
	return on;
}

static struct factor_setup
set_up(void)
{
	struct factor_setup s = { .installation = installation, .now = NOW };

	secret_random(s.secret, sizeof(s.secret));
	s.code = code_at(s.secret, NOW);
	return s;
}

static void
check_set_up(struct factor_setup *s)
{
	const char *right = s->code;
	char hex[2 * TOTP_SECRET_LEN + 1];

	ok(!is_on(), "nobody has a second factor at first");
	is_int(take("123456", NOW), -1, "without one no code is taken");
	s->code = "12345";
	ok(factor_switch_on(w.db, &w.who, s, w.a, &f) == -1 &&
		   !strcmp(f.field, "code") && !is_on(),
	   "a wrong code does not switch it on");
	s->code = right;
	fine(factor_switch_on(w.db, &w.who, s, w.a, &f),
	     "the code of the app switches it on");
	ok(is_on(), "it is on");
	ok(factor_switch_on(w.db, &w.who, s, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "it is not switched on twice");
	secret_hex(s->secret, sizeof(s->secret), hex);
	is_int(world_int(&w, "SELECT COUNT(*) FROM user WHERE HEX(factor)"
			     " LIKE '%%%s%%'", hex),
	       0, "the table has the secret encrypted");
	is_str(factor_uri((const uint8_t *)"12345678901234567890",
			  "ann+x@example.com", w.a),
	       "otpauth://totp/Outdial:ann%2Bx%40example.com?secret="
	       "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Outdial",
	       "the address for the app has the secret and the account");
}

static void
check_codes(const struct factor_setup *s)
{
	const uint8_t other[DIGEST_LEN] = { 9 };
	const char *next = code_at(s->secret, NOW + 30);
	struct factor_try try = { other, w.who.user_id, next, NOW + 30 };

	is_int(take(s->code, NOW), -1, "the code of the set-up is used up");
	ok(factor_take(w.db, &try, w.a, &f) == -1,
	   "with another installation's secret no code is right");
	fine(take(arena_printf(w.a, " %.3s %s ", next, next + 3), NOW + 30),
	     "the next code is taken, with spaces");
	is_int(take(next, NOW + 31), -1, "a code is taken once");
	is_int(take(s->code, NOW + 31), -1, "nor is an earlier one taken later");
	is_int(take(code_at(s->secret, NOW + 300), NOW + 60), -1,
	       "nor one of another time");
}

static void
check_recovery(const struct factor_setup *s)
{
	int64_t left;
	char upper[40];

	is_int(world_int(&w, "SELECT COUNT(*) FROM recovery_code"),
	       RECOVERY_CODES, "there are eight recovery codes");
	is_int((int64_t)strlen(s->recovery[0]), 19,
	       "a recovery code has four groups of four");
	for (size_t i = 0; i <= strlen(s->recovery[0]); i++)
		upper[i] = s->recovery[0][i] >= 'a' && s->recovery[0][i] <= 'z'
				   ? (char)(s->recovery[0][i] - 32)
				   : s->recovery[0][i];
	fine(take(upper, NOW), "a recovery code is taken, in capitals too");
	is_int(take(s->recovery[0], NOW), -1, "it is taken once");
	fine(take(s->recovery[7], NOW), "so is another one");
	world_need(factor_recovery_left(w.db, w.who.user_id, &left, &f),
		   "left");
	is_int(left, 6, "six are left");
}

static void
check_off(void)
{
	struct actor viewer = { .workspace_id = w.who.workspace_id,
				.user_id = 99,
				.role = ROLE_VIEWER,
				.name = "Vic" };
	struct actor other = { .workspace_id = w.who.workspace_id + 1,
			       .role = ROLE_ADMIN,
			       .name = "Otto" };
	struct factor_setup s = set_up();

	ok(factor_switch_off(w.db, &viewer, w.who.user_id, &f) == -1 &&
		   f.code == FAULT_DENIED && is_on(),
	   "a viewer does not switch off somebody else's");
	ok(factor_switch_off(w.db, &other, w.who.user_id, &f) == -1 && is_on(),
	   "nor does an administrator of another workspace");
	fine(factor_switch_off(w.db, &w.who, w.who.user_id, &f),
	     "it is switched off");
	ok(!is_on(), "it is off");
	is_int(world_int(&w, "SELECT COUNT(*) FROM recovery_code"), 0,
	       "the recovery codes are gone");
	fine(factor_switch_on(w.db, &w.who, &s, w.a, &f),
	     "it can be set up again");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE action LIKE"
			     " 'switch second factor %%'"),
	       3, "the audit log has each change");
}

int
main(void)
{
	struct factor_setup s;

	world_open(&w);
	s = set_up();
	check_set_up(&s);
	check_codes(&s);
	check_recovery(&s);
	check_off();
	return world_close(&w);
}
