/* Workspaces, people, sessions, and what campaigns are made of. */
#include "tests/store/world.h"

static struct world w;

static void
refused(const char *email, const char *name, const char *password,
	enum fault_code code, const char *field, const char *what)
{
	int64_t id;
	int rc = user_create(w.db, w.who.workspace_id, email, name, ROLE_VIEWER,
			     password, &id, &f);

	ok(rc == -1 && f.code == code && !strcmp(f.field, field), what);
}

static void
check_people(void)
{
	struct account who;
	const char *hash = NULL;

	fine(account_by_email(w.db, "ann@example.com", &who, &hash, w.a, &f),
	     "a person by her e-mail");
	ok(who.user_id == w.who.user_id &&
		   who.workspace_id == w.who.workspace_id &&
		   who.role == ROLE_ADMIN && who.letter_keys,
	   "her account");
	is_str(who.workspace, "Test", "her workspace");
	is_str(who.zone, "Europe/London", "its zone");
	ok(secret_password_check(hash, "correct horse"), "her password");
	fine(account_by_email(w.db, "ANN@example.com", &who, &hash, w.a, &f),
	     "whatever the case");
	ok(account_by_email(w.db, "bob@example.com", &who, &hash, w.a, &f) ==
			   -1 &&
		   f.code == FAULT_ABSENT,
	   "nobody else");
	fine(user_set_password(w.db, w.who.user_id, "battery staple", &f),
	     "a new password");
	account_by_email(w.db, "ann@example.com", &who, &hash, w.a, &f);
	ok(secret_password_check(hash, "battery staple") &&
		   !secret_password_check(hash, "correct horse"),
	   "replaces the old one");

	refused("Ann@Example.com", "Ann", "long enough", FAULT_CONFLICT,
		"email", "an e-mail that is taken");
	refused("nobody", "Ann", "long enough", FAULT_INVALID, "email",
		"no address");
	refused("a@b@c", "Ann", "long enough", FAULT_INVALID, "email",
		"two at signs");
	refused("x@example.com", "", "long enough", FAULT_INVALID, "name",
		"no name");
	refused("x@example.com", "X", "short", FAULT_INVALID, "password",
		"a short password");
	refused("x@example.com", "X",
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff"
		"\xff",
		FAULT_INVALID, "password", "a password that is no text");
}

static void
check_sessions(void)
{
	uint8_t digest[32] = { 1 }, other[32] = { 2 };
	struct account who;

	fine(session_create(w.db, digest, w.who.user_id, 3600, &f),
	     "a session");
	fine(session_load(w.db, digest, &who, w.a, &f), "is found");
	is_str(who.name, "Ann", "with its person");
	ok(who.expires_at > 0, "and its end");
	ok(session_load(w.db, other, &who, w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "another token is none");
	world_sql(&w, "UPDATE session SET expires_at = NOW(6)");
	ok(session_load(w.db, digest, &who, w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "an expired one is none");
	fine(session_sweep(w.db, &f), "the sweep");
	is_int(world_int(&w, "SELECT COUNT(*) FROM session"), 0,
	       "takes it away");
	session_create(w.db, digest, w.who.user_id, 3600, &f);
	fine(session_end(w.db, digest, &f), "a session ended");
	is_int(session_load(w.db, digest, &who, w.a, &f), -1, "is gone");
}

static void
check_catalogue(void)
{
	struct carrier_row bad = { .workspace_id = w.who.workspace_id,
				   .name = "Bad",
				   .address = "/x",
				   .cps = 0,
				   .channels = 1 };
	struct carrier_row *list;
	size_t count;
	int64_t id;

	fine(carrier_list(w.db, &list, &count, w.a, &f), "carriers");
	ok(count == 1 && list[0].id == w.carrier && list[0].cps == 10 &&
		   list[0].enabled,
	   "one, as it was made");
	is_str(list[0].address, "/none", "its address");
	fine(carrier_move(w.db, w.carrier, "/run/sim.sock", 20, 200, &f),
	     "it moves");
	carrier_list(w.db, &list, &count, w.a, &f);
	ok(list[0].cps == 20 && list[0].channels == 200, "with other limits");
	world_sql(&w, "UPDATE carrier SET enabled = 0");
	carrier_list(w.db, &list, &count, w.a, &f);
	is_int((int64_t)count, 0, "one that is off is not served");
	ok(carrier_create(w.db, &bad, &id, &f) == -1 && !strcmp(f.field, "cps"),
	   "a limit is refused");
	bad.cps = 1;
	bad.address = "sip:trunk.example";
	ok(carrier_create(w.db, &bad, &id, &f) == -1 &&
		   !strcmp(f.field, "address"),
	   "nor is an address taken that is no socket");
	ok(bot_create(w.db, w.who.workspace_id, "a\tb", "sip:x", &id, &f) ==
			   -1 &&
		   !strcmp(f.field, "name"),
	   "nor a tab in the name of a bot");
	ok(bot_create(w.db, w.who.workspace_id, "Bot", "sip:x\nplace evil", &id,
		      &f) == -1 &&
		   !strcmp(f.field, "target"),
	   "nor a line break in its target");
	ok(number_create(w.db, w.who.workspace_id, w.carrier, "442079460009",
			 "a\nb", &id, &f) == -1 &&
		   !strcmp(f.field, "label"),
	   "nor one in the label of a number");
	ok(number_create(w.db, w.who.workspace_id, w.carrier, "442079460000",
			 "", &id, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "a number twice");
	ok(number_create(w.db, w.who.workspace_id, w.carrier, "+44", "", &id,
			 &f) == -1 &&
		   f.code == FAULT_INVALID,
	   "a number that is none");
	ok(number_create(w.db, w.who.workspace_id + 1, w.carrier, "44207946",
			 "", &id, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "at another workspace's carrier");
	ok(bot_create(w.db, w.who.workspace_id, "", "sip:x", &id, &f) == -1 &&
		   f.code == FAULT_INVALID,
	   "a bot without a name");
}

static void
check_workspaces(void)
{
	struct workspace *list;
	size_t count;
	int64_t id;

	fine(workspace_list(w.db, &list, &count, w.a, &f), "workspaces");
	ok(count == 1 && !strcmp(list[0].name, "Test"), "one");
	fine(workspace_find(w.db, "Test", &id, &f), "found by name");
	is_int(id, w.who.workspace_id, "it is the one");
	ok(workspace_find(w.db, "Nowhere", &id, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "another is not");
	ok(workspace_create(w.db, "Test", "UTC", "GB", &id, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "a name once");
	ok(workspace_create(w.db, "New", "Nowhere/City", "GB", &id, &f) == -1 &&
		   !strcmp(f.field, "zone"),
	   "a zone that is none");
	ok(workspace_create(w.db, "New", "UTC", "UK", &id, &f) == -1 &&
		   !strcmp(f.field, "country"),
	   "a country that is none");
	is_str(f.text,
	       "Default country: there is no country UK; you may mean GB.",
	       "with the right one");
	ok(workspace_create(w.db, "New", "UTC", "zz", &id, &f) == -1 &&
		   !strcmp(f.field, "country"),
	   "another one");
	is_str(f.text,
	       "Default country: there is no country ZZ; it is a code of two "
	       "letters, such as GB.",
	       "without");
	ok(workspace_create(w.db, "New\nLine", "UTC", "GB", &id, &f) == -1 &&
		   !strcmp(f.field, "name"),
	   "nor a name of two lines");
	ok(workspace_create(w.db, "\xe2\x80\x8b", "UTC", "GB", &id, &f) == -1 &&
		   !strcmp(f.field, "name"),
	   "nor one that nobody sees");
	fine(workspace_create(w.db, " New ", "america/new york", "us", &id, &f),
	     "in small letters");
	workspace_list(w.db, &list, &count, w.a, &f);
	ok(count == 2 && !strcmp(list[1].name, "New") &&
		   !strcmp(list[1].zone, "America/New_York") &&
		   !strcmp(list[1].country, "US") && !list[1].held,
	   "it is as they are written");
}

static void
check_listed(void)
{
	struct account *list;
	size_t count;
	int64_t id;

	ok(user_create(w.db, w.who.workspace_id, "eve@example.com",
		       "evil\nname", ROLE_VIEWER, "long enough", &id,
		       &f) == -1 &&
		   !strcmp(f.field, "name"),
	   "a name with a line break");
	ok(user_create(w.db, w.who.workspace_id, "e\x1a@example.com", "Eve",
		       ROLE_VIEWER, "long enough", &id, &f) == -1 &&
		   !strcmp(f.field, "email"),
	   "an e-mail with a control character");
	fine(user_list(w.db, w.who.workspace_id, &list, &count, w.a, &f),
	     "the people of a workspace");
	ok(count >= 1 && !strcmp(list[0].name, "Ann"), "are listed");
}

/* Every statement of the program is what the server takes it for. */
static void
check_statements(void)
{
	struct db_conf conf = w.conf;
	struct db *db;

	conf.user = bed_server().user;
	db = db_new(&conf, stmt_table, STMT_COUNT);
	fine(db_check(db, &f), "every statement prepares");
	db_free(db);
	ok(db_check(w.db, &f) == -1 && strstr(f.cause, "DEMO_AUDIT_AT: 1142"),
	   "but to the running programs the audit log is past");
}

int
main(void)
{
	world_open(&w);
	check_people();
	check_sessions();
	check_catalogue();
	check_workspaces();
	check_listed();
	check_statements();
	return world_close(&w);
}
