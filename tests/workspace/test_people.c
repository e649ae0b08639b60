/* The people of a workspace: invited, changed, disabled, removed; their links.
 */
#include <pthread.h>

#include "tests/lib/world.h"
#include "workspace/people.h"

#define ROUNDS 20

static struct world w;

static struct person
person(const char *email)
{
	struct person p = { 0 };

	world_need(person_find(w.db, w.who.workspace_id, email, &p, w.a, &f),
		   email);
	return p;
}

static struct person_link
invite(const char *email, const char *role)
{
	struct person_link link = { 0 };

	world_need(person_invite(w.db, &w.who,
				 &(struct person_form){ email, "", role },
				 &link, w.a, &f),
		   email);
	return link;
}

/* Somebody who has accepted. */
static struct actor
join(const char *email, const char *role)
{
	struct person_link link = invite(email, role);
	struct link_use use = { .token = link.token,
				.name = "Joined",
				.password = "battery staple" };

	world_need(person_link_use(w.db, &use, w.a, &f), email);
	return (struct actor){ .user_id = use.holder.user_id,
			       .workspace_id = use.holder.workspace_id,
			       .role = (enum role)use.holder.role,
			       .name = "Joined" };
}

static void
refused(int rc, enum fault_code code, const char *text, const char *what)
{
	ok(rc == -1 && f.code == code, what);
	if (strcmp(f.text, text) != 0)
		is_str(f.text, text, "the fault says why");
}

static void
check_invite(void)
{
	struct person_form form = { "bob@example.com", "", "boss" };
	struct actor viewer = w.who;
	struct person_link link = invite("Bob@Example.com", "supervisor");
	struct person p = person("bob@example.com");
	uint8_t digest[DIGEST_LEN];
	char hex[2 * DIGEST_LEN + 1];

	ok(p.state == PERSON_INVITED && p.role == ROLE_SUPERVISOR &&
		   p.link_until > 0,
	   "an invited person has a role and an open link");
	is_str(p.name, "Bob",
	       "without a name they are called by the first part of the "
	       "address");
	secret_digest(link.token, strlen(link.token), digest);
	secret_hex(digest, DIGEST_LEN, hex);
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM user_link WHERE HEX(digest)"
			 " = '%s'",
			 hex),
	       1, "the table has the SHA-256 of the token");
	is_int(world_int(&w, "SELECT TIMESTAMPDIFF(MINUTE, NOW(6), expires_at)"
			     " BETWEEN 10078 AND 10080 FROM user_link"),
	       1, "an invitation is valid for 7 days");
	refused(person_invite(w.db, &w.who, &form, &link, w.a, &f),
		FAULT_INVALID, "Role must be viewer, supervisor or admin.",
		"a role that does not exist is refused");
	form.role = "viewer";
	form.email = "BOB@EXAMPLE.COM";
	refused(person_invite(w.db, &w.who, &form, &link, w.a, &f),
		FAULT_CONFLICT, "This e-mail address is already in use.",
		"an address in capitals that is in use is refused");
	form.email = "";
	ok(person_invite(w.db, &w.who, &form, &link, w.a, &f) == -1 &&
		   !strcmp(f.field, "email"),
	   "no address at all is refused at its field");
	viewer.role = ROLE_SUPERVISOR;
	form.email = "eve@example.com";
	refused(person_invite(w.db, &viewer, &form, &link, w.a, &f),
		FAULT_DENIED, "Your role (supervisor) does not allow this.",
		"a supervisor may not invite");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE action ="
			     " 'invite user' AND actor = 'Ann' AND became ="
			     " '{\"user\":\"Bob@Example.com\",\"name\":\"Bob\","
			     "\"role\":\"supervisor\",\"state\":\"invited\"}'"),
	       1, "the audit log says who invited whom");
}

static void
check_link(void)
{
	struct person_link old = invite("cat@example.com", "viewer"), link;
	struct person p = person("cat@example.com");
	struct link_use use = { .name = "Cat", .password = "battery staple" };
	struct link_holder holder;
	struct account who;
	const char *hash;

	fine(person_link_make(w.db, &w.who, p.user_id, &link, w.a, &f),
	     "an invitation is renewed");
	refused(person_link_look(w.db, old.token, &holder, w.a, &f),
		FAULT_ABSENT,
		"This link has been used, or it has expired. Ask an "
		"administrator for a new one.",
		"the link before is no longer valid");
	fine(person_link_look(w.db, link.token, &holder, w.a, &f),
	     "the new link is valid");
	is_str(holder.email, "cat@example.com", "the link says whose it is");
	use.token = link.token;
	use.password = "cat@example.com";
	ok(person_link_use(w.db, &use, w.a, &f) == -1 &&
		   !strcmp(f.field, "password"),
	   "the e-mail address is refused as a password");
	use.password = "aaaaaaaaaaaaaaaa";
	ok(person_link_use(w.db, &use, w.a, &f) == -1 &&
		   !strcmp(f.field, "password"),
	   "a password of one character is refused");
	use.password = "Password12345";
	ok(person_link_use(w.db, &use, w.a, &f) == -1 &&
		   !strcmp(f.field, "password"),
	   "a common password is refused");
	use.password = " battery staple ";
	use.name = "\xe2\x80\xae";
	ok(person_link_use(w.db, &use, w.a, &f) == -1 &&
		   !strcmp(f.field, "name"),
	   "an invisible name is refused");
	use.name = "Cat \xe2\x80\xaeRTL</b>";
	fine(person_link_use(w.db, &use, w.a, &f),
	     "a right password and a name are taken");
	account_by_email(w.db, "cat@example.com", &who, &hash, w.a, &f);
	ok(secret_password_check(hash, " battery staple "),
	   "a password keeps its spaces");
	is_str(who.name, "Cat \xe2\x80\xaeRTL</b>",
	       "the name is what was entered");
	is_int(person_link_use(w.db, &use, w.a, &f), -1,
	       "a link is used only once");
	is_int(person("cat@example.com").state, PERSON_ACTIVE,
	       "who has accepted is active");
	fine(person_link_make(w.db, &w.who, p.user_id, &link, w.a, &f),
	     "an active person gets a link, too");
	is_int(link.kind, LINK_RESET, "it resets the password");
	world_sql(&w, "UPDATE user_link SET expires_at = NOW(6)");
	is_int(person_link_look(w.db, link.token, &holder, w.a, &f), -1,
	       "an expired link is not valid");
}

/* A reset ends the sessions, and keeps the name. */
static void
check_reset(void)
{
	const struct session_from from = { "192.0.2.1", "Browser" };
	struct actor dan = join("dan@example.com", "viewer");
	struct link_use use = { .name = "Other",
				.password = "another battery" };
	uint8_t digest[DIGEST_LEN] = { 7 };
	struct person_link link;
	struct account who;

	session_create(w.db, digest, dan.user_id, &from, &f);
	world_need(person_link_make(w.db, &w.who, dan.user_id, &link, w.a, &f),
		   "link");
	is_int(session_load(w.db, digest, &who, w.a, &f), 0,
	       "a reset link alone ends no session");
	use.token = link.token;
	fine(person_link_use(w.db, &use, w.a, &f), "a password is reset");
	ok(use.ended.count == 1 && !memcmp(use.ended.of[0], digest, DIGEST_LEN),
	   "the reset says which sessions it has ended");
	is_int(session_load(w.db, digest, &who, w.a, &f), -1,
	       "a reset ends the sessions of the person");
	is_str(person("dan@example.com").name, "Joined",
	       "a reset does not change the name");
}

static int
step(const struct actor *who, int64_t id, enum person_action action)
{
	struct person_step s = { .user_id = id, .action = action };

	return person_apply(w.db, who, &s, w.a, &f);
}

static int
set_role(const struct actor *who, int64_t id, const char *role)
{
	struct person_change c = { .user_id = id, .version = -1, .role = role };

	return person_change(w.db, who, &c, w.a, &f);
}

static void
check_disable(void)
{
	const struct session_from from = { "192.0.2.1", "Browser" };
	struct actor eve = join("eve@example.com", "viewer");
	struct person_step s = { .user_id = eve.user_id,
				 .action = PERSON_DISABLE };
	uint8_t digest[DIGEST_LEN] = { 8 };
	struct person_link link;
	struct account who;
	const char *hash;

	session_create(w.db, digest, eve.user_id, &from, &f);
	fine(person_apply(w.db, &w.who, &s, w.a, &f), "a person is disabled");
	is_int((int64_t)s.ended.count, 1, "their session has ended");
	is_int(session_load(w.db, digest, &who, w.a, &f), -1,
	       "a disabled person has no session");
	world_sql(&w,
		  "INSERT INTO session (digest, user_id, created_at,"
		  " expires_at) VALUES (REPEAT('x', 32), %lld, NOW(6),"
		  " NOW(6) + INTERVAL 1 HOUR)",
		  (long long)eve.user_id);
	memset(digest, 'x', sizeof(digest));
	is_int(session_load(w.db, digest, &who, w.a, &f), -1,
	       "nor one that was made at the same time");
	is_int(account_by_email(w.db, "eve@example.com", &who, &hash, w.a, &f),
	       -1, "a disabled person cannot sign in");
	refused(step(&w.who, eve.user_id, PERSON_DISABLE), FAULT_CONFLICT,
		"This user is already disabled.",
		"a second press says that it is so already");
	refused(person_link_make(w.db, &w.who, eve.user_id, &link, w.a, &f),
		FAULT_CONFLICT, "This user is disabled. Enable them first.",
		"a disabled person gets no link");
	fine(step(&w.who, eve.user_id, PERSON_ENABLE),
	     "a disabled person is enabled");
	fine(account_by_email(w.db, "eve@example.com", &who, &hash, w.a, &f),
	     "an enabled person can sign in");
	fine(step(&w.who, eve.user_id, PERSON_REMOVE), "a person is removed");
	is_int(step(&w.who, eve.user_id, PERSON_REMOVE), -1,
	       "a removed person is not removed again");
	is_int(f.code, FAULT_ABSENT, "a removed person is reported as absent");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE action IN"
			     " ('disable user', 'enable user', 'remove user')"
			     " AND was LIKE '%%eve@example.com%%'"),
	       3, "the audit log has each change");
}

static void
check_sign_out(void)
{
	const struct session_from from = { "192.0.2.1", "Browser" };
	struct actor ida = join("ida@example.com", "viewer");
	struct person_step s = { .user_id = ida.user_id,
				 .action = PERSON_SIGN_OUT };
	uint8_t digest[DIGEST_LEN] = { 9 };
	struct account who;

	session_create(w.db, digest, ida.user_id, &from, &f);
	fine(person_apply(w.db, &w.who, &s, w.a, &f), "a person is signed out");
	is_int((int64_t)s.ended.count, 1, "their session has ended");
	is_int(session_load(w.db, digest, &who, w.a, &f), -1,
	       "a person who is signed out has no session");
	fine(step(&w.who, ida.user_id, PERSON_SIGN_OUT),
	     "whoever has no session can be signed out");
	fine(step(&w.who, w.who.user_id, PERSON_SIGN_OUT),
	     "everybody can sign themselves out");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit"
			     " WHERE action = 'sign out user'"),
	       1, "only what ended a session is in the audit log");
}

static void
check_last_admin(void)
{
	const char *last =
		"Ann is the last administrator who can sign in. Make "
		"somebody else an administrator first.";
	struct actor nobody = { .workspace_id = w.who.workspace_id,
				.role = ROLE_ADMIN,
				.name = "command line" };
	int64_t ann = w.who.user_id;
	struct actor fay;

	refused(set_role(&nobody, ann, "viewer"), FAULT_CONFLICT, last,
		"the last administrator keeps the role");
	refused(step(&nobody, ann, PERSON_DISABLE), FAULT_CONFLICT, last,
		"the last administrator is not disabled");
	refused(step(&nobody, ann, PERSON_REMOVE), FAULT_CONFLICT, last,
		"the last administrator is not removed");
	invite("gus@example.com", "admin");
	refused(step(&nobody, ann, PERSON_REMOVE), FAULT_CONFLICT, last,
		"one who has not accepted yet is no other administrator");
	fay = join("fay@example.com", "admin");
	refused(set_role(&w.who, ann, "viewer"), FAULT_CONFLICT,
		"You cannot change your own role. Another administrator can.",
		"nobody changes the own role");
	refused(step(&w.who, ann, PERSON_DISABLE), FAULT_CONFLICT,
		"You cannot disable yourself. Another administrator can.",
		"nobody disables themselves");
	refused(step(&w.who, ann, PERSON_REMOVE), FAULT_CONFLICT,
		"You cannot remove yourself. Another administrator can.",
		"nobody removes themselves");
	fine(set_role(&fay, ann, "supervisor"),
	     "another administrator changes the role");
	refused(step(&nobody, fay.user_id, PERSON_DISABLE), FAULT_CONFLICT,
		"Joined is the last administrator who can sign in. Make "
		"somebody else an administrator first.",
		"now the other one is the last");
	fine(set_role(&fay, ann, "admin"), "the role is given back");
}

/* One of two administrators who disable each other at the same moment. */
struct duel {
	pthread_barrier_t *start;
	struct actor who;
	int64_t other;
	int rc;
};

static void *
strike(void *arg)
{
	struct duel *d = arg;
	struct person_step s = { .user_id = d->other,
				 .action = PERSON_DISABLE };
	struct arena *a = arena_new();
	struct db *db = world_connect(&w);
	struct fault unused;

	db_connect(db, &unused);
	pthread_barrier_wait(d->start);
	d->rc = person_apply(db, &d->who, &s, a, &unused);
	db_free(db);
	arena_free(a);
	return NULL;
}

static void
check_two_at_once(void)
{
	int64_t ids[] = { w.who.user_id, person("fay@example.com").user_id };
	int one = 0;

	for (int round = 0; round < ROUNDS; round++) {
		pthread_barrier_t start;
		pthread_t threads[2];
		struct duel d[2];

		pthread_barrier_init(&start, NULL, 2);
		for (int i = 0; i < 2; i++) {
			d[i] = (struct duel){ &start, w.who, ids[!i], 0 };
			d[i].who.user_id = ids[i];
			pthread_create(&threads[i], NULL, strike, &d[i]);
		}
		for (int i = 0; i < 2; i++)
			pthread_join(threads[i], NULL);
		one += (d[0].rc == 0) != (d[1].rc == 0);
		world_sql(&w, "UPDATE user SET disabled_at = NULL");
	}
	is_int(one, ROUNDS,
	       "of two administrators who disable each other at once, one "
	       "stays");
}

static void
check_stale(void)
{
	struct person p = person("fay@example.com");
	struct person_change c = { .user_id = p.user_id,
				   .version = p.version,
				   .name = "Fay" };

	fine(person_change(w.db, &w.who, &c, w.a, &f), "a name is changed");
	c.name = "Gay";
	refused(person_change(w.db, &w.who, &c, w.a, &f), FAULT_CONFLICT,
		"Somebody else changed this user first. Reload the page and "
		"try again.",
		"a stale page changes nothing");
	is_str(person("fay@example.com").name, "Fay", "the first change stays");
}

static void
check_walls(void)
{
	struct actor other = { .role = ROLE_ADMIN, .name = "Otto" };
	struct person_change c = { .user_id = w.who.user_id,
				   .version = -1,
				   .name = "Mine" };
	struct person_link link;
	struct person p;

	world_need(workspace_create(w.db, "Other", "UTC", "GB",
				    &other.workspace_id, &f),
		   "workspace");
	ok(person_change(w.db, &other, &c, w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "nobody is changed from another workspace");
	ok(step(&other, w.who.user_id, PERSON_REMOVE) == -1 &&
		   f.code == FAULT_ABSENT,
	   "nobody is removed from another workspace");
	ok(person_link_make(w.db, &other, w.who.user_id, &link, w.a, &f) ==
			   -1 &&
		   f.code == FAULT_ABSENT,
	   "nobody gets a link from another workspace");
	ok(person_find(w.db, other.workspace_id, "ann@example.com", &p, w.a,
		       &f) == -1,
	   "nobody is found from another workspace");
}

/* The list is read in pages, each by the key of the one before. */
static void
check_pages(void)
{
	struct people people = { .list = NULL };
	const char *after = "";
	size_t all = 0, pages = 0;

	world_sql(&w,
		  "INSERT INTO user (workspace_id, email, name, role,"
		  " password_hash, created_at) SELECT %lld,"
		  " CONCAT('p', seq, '@example.com'), 'Person', 0, 'x', NOW(6)"
		  " FROM seq_1_to_200000",
		  (long long)w.who.workspace_id);
	do {
		if (people.count)
			after = people.list[people.count - 1].email;
		world_need(people_list(w.db, w.who.workspace_id, after, &people,
				       w.a, &f),
			   "list");
		all += people.count;
		pages++;
	} while (people.more && pages < 3);
	is_int((int64_t)all, 3 * PEOPLE_PAGE,
	       "a page of many people has its limit");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM user WHERE workspace_id ="
			 " %lld AND email <= '%s'",
			 (long long)w.who.workspace_id,
			 people.list[people.count - 1].email),
	       3 * PEOPLE_PAGE, "the pages follow each other without a gap");
}

int
main(void)
{
	world_open(&w);
	check_invite();
	check_link();
	check_reset();
	check_disable();
	check_sign_out();
	check_last_admin();
	check_two_at_once();
	check_stale();
	check_walls();
	check_pages();
	return world_close(&w);
}
