/* Workspaces, people, sessions, and what campaigns are made of. */
#include "tests/lib/world.h"

static struct world w;

static void
refused(const char *email, const char *name, const char *password,
	enum fault_code code, const char *field, const char *what)
{
	struct new_user user = { email, name, password, ROLE_VIEWER };
	int64_t id;
	int rc = user_create(w.db, w.who.workspace_id, &user, &id, &f);

	ok(rc == -1 && f.code == code && !strcmp(f.field, field), what);
}

static void
check_people(void)
{
	struct account who;
	const char *hash = NULL;

	fine(account_by_email(w.db, "ann@example.com", &who, &hash, w.a, &f),
	     "a person is found by her e-mail address");
	ok(who.user_id == w.who.user_id &&
		   who.workspace_id == w.who.workspace_id &&
		   who.role == ROLE_ADMIN && who.letter_keys,
	   "the account has her id, workspace, role and keyboard setting");
	is_str(who.workspace, "Test",
	       "the account has the name of her workspace");
	is_str(who.zone, "Europe/London",
	       "the account has the zone of her workspace");
	ok(secret_password_check(hash, "correct horse"),
	   "her password matches the stored hash");
	fine(account_by_email(w.db, "ANN@example.com", &who, &hash, w.a, &f),
	     "an e-mail address is found in capitals too");
	ok(account_by_email(w.db, "bob@example.com", &who, &hash, w.a, &f) ==
			   -1 &&
		   f.code == FAULT_ABSENT,
	   "an unknown e-mail address is reported as absent");
	fine(user_set_password(w.db, w.who.user_id, "battery staple", &f),
	     "a new password is set");
	account_by_email(w.db, "ann@example.com", &who, &hash, w.a, &f);
	ok(secret_password_check(hash, "battery staple") &&
		   !secret_password_check(hash, "correct horse"),
	   "the new password replaces the old one");

	refused("Ann@Example.com", "Ann", "long enough by far", FAULT_CONFLICT,
		"email", "an e-mail address that is taken is refused");
	refused("nobody", "Ann", "long enough by far", FAULT_INVALID, "email",
		"an e-mail address without an at sign is refused");
	refused("a@b@c", "Ann", "long enough by far", FAULT_INVALID, "email",
		"an e-mail address with two at signs is refused");
	refused("x@example.com", "", "long enough by far", FAULT_INVALID,
		"name", "a person without a name is refused");
	refused("x@example.com", "X", "short", FAULT_INVALID, "password",
		"a short password is refused");
	refused("x@example.com", "X",
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff"
		"\xff",
		FAULT_INVALID, "password",
		"a password that is not UTF-8 is refused");
}

static void
check_sessions(void)
{
	const struct session_from from = { "192.0.2.1", "Browser" };
	uint8_t digest[32] = { 1 }, other[32] = { 2 };
	struct account who;

	fine(session_create(w.db, digest, w.who.user_id, &from, &f),
	     "a session is created");
	fine(session_load(w.db, digest, &who, w.a, &f),
	     "the session is found by its digest");
	is_str(who.name, "Ann", "the session has the name of its person");
	ok(who.expires_at > 0, "the session has a time at which it expires");
	ok(session_load(w.db, other, &who, w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "a session with another digest is reported as absent");
	world_sql(&w, "UPDATE session SET expires_at = NOW(6)");
	ok(session_load(w.db, digest, &who, w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "an expired session is reported as absent");
	fine(session_sweep(w.db, &f), "the sweep of sessions succeeds");
	is_int(world_int(&w, "SELECT COUNT(*) FROM session"), 0,
	       "the sweep deletes the expired session");
	session_create(w.db, digest, w.who.user_id, &from, &f);
	fine(session_end(w.db, digest, &f), "a session is ended");
	is_int(session_load(w.db, digest, &who, w.a, &f), -1,
	       "an ended session is not found");
}

static void
check_catalogue(void)
{
	struct carrier_row bad = { .workspace_id = w.who.workspace_id,
				   .name = "Bad",
				   .address = "/x",
				   .cps = 0,
				   .channels = 1 };
	struct carrier_row *list, moved;
	size_t count;
	int64_t id;

	fine(carrier_list(w.db, &list, &count, w.a, &f),
	     "the carriers are listed");
	ok(count == 1 && list[0].id == w.carrier && list[0].cps == 10 &&
		   list[0].enabled,
	   "the one carrier has the values it was created with");
	is_str(list[0].address, "/none",
	       "the carrier has the address it was created with");
	moved = list[0];
	moved.address = "/run/sim.sock";
	moved.cps = 20;
	moved.channels = 200;
	fine(carrier_move(w.db, &moved, &f),
	     "a carrier is moved to another address");
	carrier_list(w.db, &list, &count, w.a, &f);
	ok(list[0].cps == 20 && list[0].channels == 200,
	   "the moved carrier has the new limits");
	world_sql(&w, "UPDATE carrier SET enabled = 0");
	carrier_list(w.db, &list, &count, w.a, &f);
	is_int((int64_t)count, 0, "a disabled carrier is not listed");
	ok(carrier_create(w.db, &bad, &id, w.a, &f) == -1 && !strcmp(f.field, "cps"),
	   "a carrier limit out of range is refused");
	bad.cps = 1;
	bad.address = "sip:trunk.example";
	ok(carrier_create(w.db, &bad, &id, w.a, &f) == -1 &&
		   !strcmp(f.field, "address"),
	   "a carrier address that is not a socket is refused");
}

static void
check_refused_entries(void)
{
	int64_t id;

	ok(bot_create(w.db, w.who.workspace_id, "a\tb", "sip:x", &id, &f) ==
			   -1 &&
		   !strcmp(f.field, "name"),
	   "a tab in the name of a bot is refused");
	ok(bot_create(w.db, w.who.workspace_id, "Bot", "sip:x\nplace evil", &id,
		      &f) == -1 &&
		   !strcmp(f.field, "target"),
	   "a line break in the target of a bot is refused");
	ok(number_create(w.db, w.who.workspace_id, w.carrier, "442079460009",
			 "a\nb", &id, &f) == -1 &&
		   !strcmp(f.field, "label"),
	   "a line break in the label of a number is refused");
	ok(number_create(w.db, w.who.workspace_id, w.carrier, "442079460000",
			 "", &id, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "a number that already exists is a conflict");
	ok(number_create(w.db, w.who.workspace_id, w.carrier, "+44", "", &id,
			 &f) == -1 &&
		   f.code == FAULT_INVALID,
	   "an invalid number is refused");
	ok(number_create(w.db, w.who.workspace_id + 1, w.carrier, "44207946",
			 "", &id, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "a carrier of another workspace is reported as absent");
	ok(bot_create(w.db, w.who.workspace_id, "", "sip:x", &id, &f) == -1 &&
		   f.code == FAULT_INVALID,
	   "a bot without a name is refused");
}

static void
check_workspaces(void)
{
	struct workspace *list;
	size_t count;
	int64_t id;

	fine(workspace_list(w.db, &list, &count, w.a, &f),
	     "the workspaces are listed");
	ok(count == 1 && !strcmp(list[0].name, "Test"),
	   "the only workspace listed is Test");
	fine(workspace_find(w.db, "Test", &id, &f),
	     "a workspace is found by its name");
	is_int(id, w.who.workspace_id,
	       "the workspace found by name has the right id");
	ok(workspace_find(w.db, "Nowhere", &id, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "an unknown workspace is reported as absent");
	ok(workspace_create(w.db, "Test", "UTC", "GB", &id, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "a workspace name that is taken is a conflict");
	ok(workspace_create(w.db, "New", "Nowhere/City", "GB", &id, &f) == -1 &&
		   !strcmp(f.field, "zone"),
	   "an unknown time zone is refused");
	ok(workspace_create(w.db, "New", "UTC", "UK", &id, &f) == -1 &&
		   !strcmp(f.field, "country"),
	   "an unknown country is refused");
	is_str(f.text,
	       "Default country: there is no country UK; you may mean GB.",
	       "the fault suggests the right country code");
	ok(workspace_create(w.db, "New", "UTC", "zz", &id, &f) == -1 &&
		   !strcmp(f.field, "country"),
	   "another unknown country is refused");
	is_str(f.text,
	       "Default country: there is no country ZZ; it is a code of two "
	       "letters, such as GB.",
	       "the fault says what a country code looks like");
	ok(workspace_create(w.db, "New\nLine", "UTC", "GB", &id, &f) == -1 &&
		   !strcmp(f.field, "name"),
	   "a workspace name of two lines is refused");
	ok(workspace_create(w.db, "\xe2\x80\x8b", "UTC", "GB", &id, &f) == -1 &&
		   !strcmp(f.field, "name"),
	   "a workspace name of invisible characters is refused");
	fine(workspace_create(w.db, " New ", "america/new york", "us", &id, &f),
	     "a zone and a country in small letters are accepted");
	workspace_list(w.db, &list, &count, w.a, &f);
	ok(count == 2 && !strcmp(list[1].name, "New") &&
		   !strcmp(list[1].zone, "America/New_York") &&
		   !strcmp(list[1].country, "US") && !list[1].held,
	   "the name, zone and country are stored in their usual spelling");
}

static void
check_refused_people(void)
{
	refused("eve@example.com", "evil\nname", "long enough by far",
		FAULT_INVALID, "name",
		"a person's name with a line break is refused");
	refused("e\x1a@example.com", "Eve", "long enough by far", FAULT_INVALID,
		"email",
		"an e-mail address with a control character is refused");
}

/* What the running programs may do is every statement of theirs, and no more.
 */
static void
check_grants(void)
{
	static const struct stmt rewrite[] = {
		{ "REWRITE_AUDIT", "t", "", "UPDATE audit SET at = ?" },
	};
	struct db_conf conf = w.conf;
	struct db *db;

	conf.probe = -1;
	db = db_new(&conf, rewrite, ARRAY_LEN(rewrite));
	fine(db_check(w.db, &f),
	     "the running programs may prepare every statement");
	ok(db_check(db, &f) == -1 && strstr(f.cause, "REWRITE_AUDIT: 1142"),
	   "the running programs may not update the audit log");
	db_free(db);
}

int
main(void)
{
	world_open(&w);
	check_people();
	check_sessions();
	check_catalogue();
	check_refused_entries();
	check_workspaces();
	check_refused_people();
	check_grants();
	return world_close(&w);
}
