/* What people set for themselves: the look, the password, their sessions. */
#include "tests/lib/world.h"
#include "workspace/own_account.h"

static const struct session_from from = { "192.0.2.1", "Browser" };
static struct world w;

static struct account
ann(void)
{
	struct account who = { 0 };
	const char *hash;

	world_need(
		account_by_email(w.db, "ann@example.com", &who, &hash, w.a, &f),
		"ann");
	return who;
}

static void
begin_session(uint8_t first, int64_t user)
{
	uint8_t digest[DIGEST_LEN] = { first };

	world_need(session_create(w.db, digest, user, &from, &f), "session");
}

static bool
lives(uint8_t first)
{
	uint8_t digest[DIGEST_LEN] = { first };
	struct account who;

	return !session_load(w.db, digest, &who, w.a, &f);
}

static void
check_look(void)
{
	struct own_look look = { .theme = 2, .density = 1 };
	struct account who;

	fine(own_look_set(w.db, &w.who, &look, w.a, &f), "the look is set");
	who = ann();
	ok(who.theme == 2 && who.density == 1 && !who.letter_keys,
	   "theme, density and letter keys are those that were chosen");
	look.theme = 3;
	ok(own_look_set(w.db, &w.who, &look, w.a, &f) == -1 &&
		   !strcmp(f.field, "theme"),
	   "a theme that does not exist is refused");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE action ="
			     " 'change own look' AND became = '{\"theme\":"
			     "\"dark\",\"density\":\"compact\","
			     "\"letter_keys\":false}'"),
	       1, "the audit log has the look");
}

static void
check_password(void)
{
	static const uint8_t keep[DIGEST_LEN] = { 1 };
	struct account who = ann();
	struct own_password p = { .present = "wrong horse",
				  .password = "battery staple",
				  .keep = keep };

	begin_session(1, who.user_id);
	begin_session(2, who.user_id);
	ok(own_password_set(w.db, &who, &p, w.a, &f) == -1 &&
		   !strcmp(f.field, "present"),
	   "a wrong present password is refused");
	p.present = "correct horse";
	p.password = "short";
	ok(own_password_set(w.db, &who, &p, w.a, &f) == -1 &&
		   !strcmp(f.field, "password"),
	   "a short new password is refused");
	is_str(f.text, "The password must have 12 to 200 characters.",
	       "the fault gives the limits");
	p.password = "battery staple";
	fine(own_password_set(w.db, &who, &p, w.a, &f),
	     "a password is changed");
	ok(lives(1) && !lives(2),
	   "only the session in which it was changed goes on");
	ok(p.ended.count == 1 && p.ended.of[0][0] == 2,
	   "the others are named, to be marked");
	p.present = "battery staple";
	p.password = "correct horse";
	world_need(own_password_set(w.db, &who, &p, w.a, &f), "back");
}

static void
check_sessions(void)
{
	struct account who = ann();
	struct seen_session *list;
	struct new_user bob = { "bob@example.com", "Bob", "correct horse",
				ROLE_VIEWER };
	struct digests ended;
	size_t count;
	int64_t id;

	world_need(user_create(w.db, w.who.workspace_id, &bob, &id, &f), "bob");
	begin_session(9, id);
	world_need(session_list(w.db, id, &list, &count, w.a, &f), "list");
	ok(count == 1 && !strcmp(list[0].address, "192.0.2.1") &&
		   !strcmp(list[0].agent, "Browser") && list[0].seen_at > 0,
	   "a session has its address and browser, and when it was seen");
	ok(session_end_own(w.db, who.user_id, list[0].key, &ended, w.a, &f) ==
			   -1 &&
		   f.code == FAULT_ABSENT && lives(9),
	   "nobody ends the session of somebody else");
	ok(session_end_own(w.db, id, "x", &ended, w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "a key that is none is reported as absent");
	fine(session_end_own(w.db, id, list[0].key, &ended, w.a, &f),
	     "a session is ended by its key");
	ok(!lives(9) && ended.count == 1 && ended.of[0][0] == 9,
	   "it has ended, and is named");
	begin_session(3, who.user_id);
	begin_session(9, id);
	fine(own_sign_out(w.db, &w.who, &ended, w.a, &f),
	     "a person signs out everywhere");
	ok(!lives(1) && !lives(3) && lives(9),
	   "all sessions of this person have ended, and no other");
}

/* Whoever has a password for a while cannot hide sessions in their number. */
static void
check_many(void)
{
	struct account who = ann();

	for (int i = 0; i < SESSIONS_MOST + 20; i++) {
		uint8_t digest[DIGEST_LEN] = { 100, (uint8_t)i };

		world_need(session_create(w.db, digest, who.user_id, &from, &f),
			   "session");
	}
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM session WHERE user_id ="
			 " %lld",
			 (long long)who.user_id),
	       SESSIONS_MOST, "a person has a limited number of sessions");
	ok(!lives(100), "the oldest has ended");
}

static void
check_seen(void)
{
	static const uint8_t digest[DIGEST_LEN] = { 50 };

	begin_session(50, w.who.user_id);
	session_seen(w.db, digest, "192.0.2.9", &f);
	is_int(world_int(&w, "SELECT COUNT(*) FROM session WHERE address ="
			     " '192.0.2.9'"),
	       0, "a session that was seen just now is not written again");
	world_sql(&w,
		  "UPDATE session SET seen_at = NOW(6) - INTERVAL 11 SECOND");
	session_seen(w.db, digest, "192.0.2.9", &f);
	is_int(world_int(&w, "SELECT COUNT(*) FROM session WHERE address ="
			     " '192.0.2.9' AND seen_at > NOW(6) - INTERVAL 5"
			     " SECOND"),
	       1, "10 s later its time and address are kept");
}

int
main(void)
{
	world_open(&w);
	check_look();
	check_password();
	check_sessions();
	check_seen();
	check_many();
	return world_close(&w);
}
