/* Bots and carriers: added, changed, removed, and what each change does to
 * campaigns that use them; numbers are in test_number.c. */
#include "tests/lib/world.h"

#include "app/stored_secret.h"
#include "tests/temp.h"

#include "workspace/needs.h"

static struct world w;
static struct actor other; /* an administrator of another workspace */

static union catalog_entry e;

/* Reads an entry of the test's workspace into 'e'. */
static void
get(const struct catalog_kind *k, int64_t id)
{
	world_need(catalog_get(w.db, k,
			       (struct catalog_id){ w.who.workspace_id, id },
			       &e, w.a, &f),
		   k->word);
}

static int64_t
epoch(int64_t campaign)
{
	return world_int(&w, "SELECT epoch FROM campaign WHERE id = %lld",
			 (long long)campaign);
}

static int64_t
audits(const char *action)
{
	return world_int(&w, "SELECT COUNT(*) FROM audit WHERE action = '%s'",
			 action);
}

static void
refused(int rc, enum fault_code code, const char *field, const char *what)
{
	ok(rc == -1 && f.code == code && !strcmp(f.field, field), what);
	if (rc == 0 || f.code != code || strcmp(f.field, field) != 0)
		printf("# %d %s, %s: %s (%s)\n", rc, fault_word(f.code),
		       f.field, f.text, f.cause);
}

static void
check_targets(void)
{
	static const char *const good[] = {
		"sip:bot@example.com",
		"sips:bot@example.com:5061;transport=tcp;lr",
		"SIP:10.0.0.1",
		"sip:a%20b@[2001:db8::1]:5060",
		"sip:+4420@pbx-1.example.org;user=phone",
		"1001",
		"*97",
		"ivr_main.2",
	};
	static const char *const bad[] = {
		"sip:",
		"sip:@example.com",
		"sip:bot@",
		"sip:bot@exa mple.com",
		"sip:bot:secret@example.com",
		"sip:bot@example.com?subject=x",
		"sip:bot@example.com:0",
		"sip:bot@example.com:99999",
		"sip:bot@300.1.1.1",
		"sip:bot@-a.example",
		"sip:bot@a..example",
		"sip:bot@[::g]",
		"sip:bot@example.com;=x",
		"sip:b%2@example.com",
		"http://example.com",
		"bot 7",
		"<b>",
	};

	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		is_int(bot_target_check(good[i], &f), 0, good[i]);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		refused(bot_target_check(bad[i], &f), FAULT_INVALID, "target",
			arena_printf(w.a, "the target “%s” is refused",
				     bad[i]));
}

static void
check_bots(void)
{
	struct bot b = { .name = "Survey", .target = "1001" };
	struct actor who = w.who;
	int64_t running = world_campaign(&w, CAMPAIGN_RUNNING, false), was;

	fine(catalog_add(w.db, &who, &catalog_bots, &b, w.a, &f),
	     "a bot is added");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM audit WHERE action = 'add bot'"
			 " AND actor = 'Ann' AND became = '{\"id\":%lld,"
			 "\"name\":\"Survey\",\"target\":\"1001\"}'",
			 (long long)b.id),
	       1, "the audit log says who added which bot");
	b.id = 0;
	refused(catalog_add(w.db, &who, &catalog_bots, &b, w.a, &f),
		FAULT_CONFLICT, "name", "a name is not given twice");
	b.name = "\xe2\x80\xae\xd7\x90 <b>";
	fine(catalog_add(w.db, &who, &catalog_bots, &b, w.a, &f),
	     "a name may have markup and other directions");
	b.target = "sip:a b";
	refused(catalog_add(w.db, &who, &catalog_bots, &b, w.a, &f),
		FAULT_INVALID, "target", "a target that is none is refused");
	who.role = ROLE_SUPERVISOR;
	b.target = "1002";
	refused(catalog_add(w.db, &who, &catalog_bots, &b, w.a, &f),
		FAULT_DENIED, "", "a supervisor may not add a bot");
	who = w.who;

	get(&catalog_bots, w.bot);
	was = epoch(running);
	e.bot.name = "Renamed";
	fine(catalog_change(w.db, &who, &catalog_bots, &e, w.a, &f),
	     "a bot is renamed");
	is_int(epoch(running), was, "another name voids no queued call");
	refused(catalog_change(w.db, &who, &catalog_bots, &e, w.a, &f),
		FAULT_CONFLICT, "", "a stale form changes nothing");
	get(&catalog_bots, w.bot);
	e.bot.target = "sip:new@example.com";
	fine(catalog_change(w.db, &who, &catalog_bots, &e, w.a, &f),
	     "a bot gets another target");
	is_int(epoch(running), was + 1,
	       "another target voids the queued calls of its campaigns");
	e.bot.ver = VER_ANY;
	fine(catalog_change(w.db, &who, &catalog_bots, &e, w.a, &f),
	     "the same again is no fault");
	is_int(epoch(running), was + 1, "and voids nothing");
	is_int(audits("change bot"), 2, "and is not in the audit log");
	e.bot.target = "1003";
	refused(catalog_change(w.db, &other, &catalog_bots, &e, w.a, &f),
		FAULT_ABSENT, "", "another workspace’s bot is absent");
}

static void
check_bot_removal(void)
{
	struct catalog_removal r = { .id = w.bot };
	struct actor who = w.who;
	struct bot b = { .name = "Idle", .target = "1004" };

	for (int i = 0; i < 7; i++)
		world_draft(&w, arena_printf(w.a, "Draft %d", i), 0);
	refused(catalog_remove(w.db, &who, &catalog_bots, &r, w.a, &f),
		FAULT_CONFLICT, "", "a bot that campaigns use stays");
	is_str(f.text,
	       "The bot is used by the campaigns “Draft 6”, “Draft 5”, “Draft "
	       "4”, “Draft 3”, “Draft 2” and 3 more.",
	       "the fault names five campaigns and counts the rest");
	world_need(catalog_add(w.db, &who, &catalog_bots, &b, w.a, &f), "bot");
	r.id = b.id;
	refused(catalog_remove(w.db, &other, &catalog_bots, &r, w.a, &f),
		FAULT_ABSENT, "", "another workspace cannot remove it");
	who.role = ROLE_SUPERVISOR;
	refused(catalog_remove(w.db, &who, &catalog_bots, &r, w.a, &f),
		FAULT_DENIED, "", "nor a supervisor");
	who = w.who;
	fine(catalog_remove(w.db, &who, &catalog_bots, &r, w.a, &f),
	     "a bot that nothing uses is removed");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE action ="
			     " 'remove bot' AND was LIKE '%%\"Idle\"%%'"
			     " AND became IS NULL"),
	       1, "the audit log says what it was");
	refused(catalog_remove(w.db, &who, &catalog_bots, &r, w.a, &f),
		FAULT_ABSENT, "", "it cannot be removed twice");
}

static void
check_carriers(void)
{
	struct carrier_row c = { .name = "Second",
				 .address = "/run/second.sock",
				 .cps = 5,
				 .channels = 50,
				 .enabled = true,
				 .user = "",
				 .secret = "",
				 .dial = "",
				 .message = "",
				 .amd = "" };
	struct catalog_switch off = { .id = w.carrier };
	int64_t running = world_campaign(&w, CAMPAIGN_RUNNING, false), was;
	struct actor who = w.who;

	fine(catalog_add(w.db, &who, &catalog_carriers, &c, w.a, &f),
	     "a carrier is added");
	c.id = 0;
	c.name = "Third";
	c.address = "sip:trunk";
	refused(catalog_add(w.db, &who, &catalog_carriers, &c, w.a, &f),
		FAULT_INVALID, "address", "an address that is no socket");
	c.address = "/run/third.sock";
	c.cps = 0;
	refused(catalog_add(w.db, &who, &catalog_carriers, &c, w.a, &f),
		FAULT_INVALID, "cps", "no calls per second");
	was = epoch(running);
	fine(catalog_enable(w.db, &who, &catalog_carriers, &off, w.a, &f),
	     "a carrier is disabled");
	is_int(epoch(running), was + 1,
	       "which voids the queued calls of campaigns with its numbers");
	fine(catalog_enable(w.db, &who, &catalog_carriers, &off, w.a, &f),
	     "a second press is no fault");
	is_int(epoch(running), was + 1, "and voids nothing");
	is_int(audits("change carrier"), 1, "and is not in the audit log");
	refused(catalog_enable(w.db, &other, &catalog_carriers, &off, w.a, &f),
		FAULT_ABSENT, "", "another workspace’s carrier is absent");
	off.on = true;
	fine(catalog_enable(w.db, &who, &catalog_carriers, &off, w.a, &f),
	     "a carrier is enabled");
	get(&catalog_carriers, w.carrier);
	e.carrier.cps = 3;
	was = epoch(running);
	fine(catalog_change(w.db, &who, &catalog_carriers, &e, w.a, &f),
	     "a carrier gets another limit");
	is_int(epoch(running), was + 1, "which voids queued calls, too");
}

/* Each in turn in the place of the good one. */
static void
check_asterisk_entries(struct carrier_row good)
{
	/* clang-format off */
	static const struct {
		const char *field, *value, *what;
		size_t at;
	} bad[] = {
#define AT(member) offsetof(struct carrier_row, member)
		{ "address", "127.0.0.1", "an address without its port", AT(address) },
		{ "address", "/run/a.sock", "a socket", AT(address) },
		{ "user", "", "no account", AT(user) },
		{ "secret", "", "no secret", AT(secret) },
		{ "dial", "PJSIP/trunk", "a dial string without a number", AT(dial) },
		{ "dial", "PJSIP/{number}@t,A", "an option in the dial string", AT(dial) },
		{ "dial", "{number}", "a dial string without a channel", AT(dial) },
		{ "message", "a,b", "two sound files", AT(message) },
		{ "amd", "System(x)", "a function", AT(amd) },
#undef AT
	};
	/* clang-format on */

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct carrier_row c = good;
		char what[80];

		*(const char **)(void *)((char *)&c + bad[i].at) =
			bad[i].value;
		snprintf(what, sizeof(what), "Asterisk is refused %s",
			 bad[i].what);
		refused(catalog_add(w.db, &w.who, &catalog_carriers, &c, w.a,
				    &f),
			FAULT_INVALID, bad[i].field, what);
	}
	good.inbound = good.channels;
	refused(catalog_add(w.db, &w.who, &catalog_carriers, &good, w.a, &f),
		FAULT_INVALID, "inbound", "nothing is left for calls out");
}

static const char *
stored_secret(int64_t id)
{
	get(&catalog_carriers, id);
	return e.carrier.secret;
}

static void
check_asterisk(void)
{
	struct carrier_row c = { .name = "Trunk",
				 .kind = CARRIER_AMI,
				 .address = "127.0.0.1:5038",
				 .cps = 5,
				 .channels = 30,
				 .inbound = 2,
				 .enabled = true,
				 .user = "outdial",
				 .secret = "open sesame",
				 .dial = "PJSIP/{number}@trunk",
				 .plus = true,
				 .message = "outdial/sorry",
				 .amd = "" };
	char path[TEMP_MAX];
	const char *text, *was;
	int fd = mkstemp(temp_template(path, "key"));

	refused(catalog_add(w.db, &w.who, &catalog_carriers, &c, w.a, &f),
		FAULT_INVALID, "secret", "without a key no secret is stored");
	ok(write(fd, "too short", 9) == 9, "a key");
	is_int(stored_secret_load(path, &f), -1, "a short key is refused");
	ok(write(fd, ", and now it is long enough", 27) == 27, "a longer key");
	fine(stored_secret_load(path, &f), "the key is read");
	check_asterisk_entries(c);
	fine(catalog_add(w.db, &w.who, &catalog_carriers, &c, w.a, &f),
	     "an Asterisk is added");
	was = stored_secret(c.id);
	ok(!strstr(was, "sesame"), "its secret is stored encrypted");
	fine(stored_secret_get(was, &text, w.a, &f), "the key opens it");
	is_str(text, "open sesame", "it is the secret that was entered");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE"
			     " CONCAT_WS('', was, became) LIKE '%%sesame%%'"
			     " OR CONCAT_WS('', was, became) LIKE '%%secret%%'"),
	       0, "the audit log has neither");
	e.carrier.secret = "";
	e.carrier.cps = 6;
	fine(catalog_change(w.db, &w.who, &catalog_carriers, &e, w.a, &f),
	     "it is changed without its secret");
	is_str(stored_secret(c.id), was, "the secret stays");
	e.carrier.secret = "another";
	fine(catalog_change(w.db, &w.who, &catalog_carriers, &e, w.a, &f),
	     "its secret is changed");
	fine(stored_secret_get(stored_secret(c.id), &text, w.a, &f),
	     "the key opens that, too");
	is_str(text, "another", "it is the new one");
	ok(pwrite(fd, "T", 1, 0) == 1, "another key");
	fine(stored_secret_load(path, &f), "another key is read");
	refused(stored_secret_get(stored_secret(c.id), &text, w.a, &f),
		FAULT_BROKEN, "", "another key does not open it");
	world_sql(&w, "DELETE FROM carrier WHERE id = %lld", (long long)c.id);
	close(fd);
	unlink(path);
	fine(stored_secret_load("", &f), "there need be no key");
}

static void
check_carrier_removal(void)
{
	struct catalog_removal r = { .id = w.carrier };
	struct actor who = w.who;

	refused(catalog_remove(w.db, &who, &catalog_carriers, &r, w.a, &f),
		FAULT_CONFLICT, "", "a carrier with numbers stays");
	is_str(f.text,
	       "The carrier is used by the numbers “+442079460000”, "
	       "“+442079460001”.",
	       "the fault names its numbers");
	r.id = world_int(&w, "SELECT id FROM carrier WHERE name = 'Second'");
	world_sql(&w,
		  "INSERT INTO live_call (id, workspace_id, phone, campaign_id,"
		  " run_id, seg, ordinal, seq, class, epoch, carrier_id,"
		  " number_id, queued_at, not_after) VALUES (RANDOM_BYTES(16),"
		  " %lld,"
		  " '447700900000', 1, 1, 1, 1, 1, 1, 1, %lld, 1, NOW(6),"
		  " NOW(6))",
		  (long long)who.workspace_id, (long long)r.id);
	refused(catalog_remove(w.db, &who, &catalog_carriers, &r, w.a, &f),
		FAULT_CONFLICT, "", "nor one with a call in progress");
	world_sql(&w, "DELETE FROM live_call");
	fine(catalog_remove(w.db, &who, &catalog_carriers, &r, w.a, &f),
	     "a carrier that has none of both is removed");
}

static void
check_nodes(void)
{
	struct carrier_nodes nodes;

	world_sql(&w, "INSERT INTO node (slot, boot, name, lease_until) VALUES"
		      " (0, 11, 'one', NOW(6) + INTERVAL 5 SECOND),"
		      " (1, 12, 'two', NOW(6) - INTERVAL 1 SECOND),"
		      " (2, 13, 'three', NOW(6) + INTERVAL 5 SECOND)");
	world_sql(&w,
		  "INSERT INTO carrier_share (carrier_id, slot, boot, want,"
		  " cps, channels, grown_at) VALUES (%lld, 0, 11, 1, 7, 70,"
		  " NOW(6)), (%lld, 1, 12, 1, 3, 30, NOW(6)),"
		  " (%lld, 2, 13, 0, 0, 0, NOW(6))",
		  (long long)w.carrier, (long long)w.carrier,
		  (long long)w.carrier);
	fine(carrier_nodes(w.db, w.who.workspace_id, w.carrier, &nodes, w.a,
			   &f),
	     "the diallers of a carrier are read");
	ok(nodes.count == 1 && nodes.list[0].cps == 7 &&
		   !strcmp(nodes.list[0].name, "one"),
	   "only those that live and reach it, with their shares");
	carrier_nodes(w.db, other.workspace_id, w.carrier, &nodes, w.a, &f);
	is_int((int64_t)nodes.count, 0, "none of them for another workspace");
	world_sql(&w, "DELETE FROM carrier_share");
	world_sql(&w, "DELETE FROM node");
}

static void
check_needs(void)
{
	struct needs n;

	world_need(needs_read(w.db, other.workspace_id, &n, w.a, &f), "needs");
	ok(!n.carrier && !n.number && !n.bot, "a new workspace needs all");
	is_str(n.admins, "Eve (eve@example.com)", "its administrator is named");
	world_need(needs_read(w.db, w.who.workspace_id, &n, w.a, &f), "needs");
	ok(needs_nothing(&n), "another one needs nothing");
	world_sql(&w, "UPDATE carrier SET enabled = 0");
	world_need(needs_read(w.db, w.who.workspace_id, &n, w.a, &f), "needs");
	ok(!n.carrier && !n.number && n.bot,
	   "without an enabled carrier no number can call");
}

int
main(void)
{
	struct new_user eve = { .email = "eve@example.com",
				.name = "Eve",
				.password = "correct horse",
				.role = ROLE_ADMIN };

	world_open(&w);
	other = w.who;
	world_need(workspace_create(w.db, "Other", "UTC", "GB",
				    &other.workspace_id, &f),
		   "workspace");
	world_need(
		user_create(w.db, other.workspace_id, &eve, &other.user_id, &f),
		"user");
	check_targets();
	check_bots();
	check_bot_removal();
	check_carriers();
	check_asterisk();
	check_carrier_removal();
	check_nodes();
	check_needs();
	return world_close(&w);
}
