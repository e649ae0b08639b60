/* API keys: made, found, revoked; who may, and for whom they act. */
#include "base/clock.h"
#include "tests/lib/world.h"
#include "workspace/api_key.h"

static struct world w;

static struct api_key
asked(const char *name, uint32_t scopes)
{
	return (struct api_key){ .name = name, .scopes = { scopes } };
}

static void
check_use(void)
{
	struct api_key k = asked("Shop", 1u << SCOPE_READ | 1u << SCOPE_TRIGGER);
	struct api_key found;
	struct new_api_key made;
	char other[API_KEY_TEXT];
	const char *text = made.text;
	struct actor who;

	fine(api_key_create(w.db, &w.who, &k, &made, w.a, &f),
	     "a key is made");
	ok(strlen(text) == API_KEY_TEXT - 1 && !strncmp(text, "od_", 3),
	   "it has 256 bits and begins with what scanners know");
	fine(api_key_find(w.db, text, &found, w.a, &f), "it is found");
	ok(found.id == made.id && found.workspace_id == w.who.workspace_id &&
		   found.scopes.bits == k.scopes.bits && !found.campaign_id,
	   "with its workspace and its scopes");
	is_str(found.hint, text + strlen(text) - 4,
	       "people know it by its last four characters");
	is_str(found.zone, "Europe/London", "the zone is the workspace's");
	who = api_key_actor(&found, w.a);
	ok(who.user_id == w.who.user_id && who.role == ROLE_SUPERVISOR,
	   "it acts for who made it, with the least role for its scopes");
	is_str(who.name, "Ann", "and by that name");
	world_sql(&w, "UPDATE user SET name = 'Anna'");
	api_key_find(w.db, made.text, &found, w.a, &f);
	is_str(found.created_by, "Anna", "a person may get another name");
	memcpy(other, text, sizeof(other));
	other[10] = other[10] == 'a' ? 'b' : 'a';
	ok(api_key_find(w.db, other, &found, w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "another key is not found");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM api_key WHERE"
			 " INSTR(CONCAT(name, HEX(digest)), 'od_')"),
	       0, "the table does not have the key itself");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM audit WHERE action ="
			 " 'add api key' AND became LIKE '%%read,trigger%%'"),
	       1, "the audit log says what it may do");
	fine(api_key_revoke(w.db, &w.who, made.id, w.a, &f), "it is revoked");
	ok(api_key_find(w.db, made.text, &found, w.a, &f) == -1,
	   "and not found any more");
	ok(api_key_revoke(w.db, &w.who, made.id, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "a second time it is told so");
}

static void
check_refusals(void)
{
	struct api_key k = asked("Shop", 1u << SCOPE_READ);
	struct actor low = w.who, elsewhere = w.who;
	struct new_api_key made;

	low.role = ROLE_SUPERVISOR;
	ok(api_key_create(w.db, &low, &k, &made, w.a, &f) == -1 &&
		   f.code == FAULT_DENIED,
	   "a supervisor makes no keys");
	k.scopes.bits = 0;
	ok(api_key_create(w.db, &w.who, &k, &made, w.a, &f) == -1 &&
		   !strcmp(f.field, "scopes"),
	   "a key without a scope is refused");
	k = asked(" ", 1);
	ok(api_key_create(w.db, &w.who, &k, &made, w.a, &f) == -1 &&
		   !strcmp(f.field, "name"),
	   "so is one without a name");
	k = asked("Shop", 1);
	k.campaign_id = 12345;
	ok(api_key_create(w.db, &w.who, &k, &made, w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "and one for a campaign that is not there");
	k.campaign_id = 0;
	fine(api_key_create(w.db, &w.who, &k, &made, w.a, &f), "one is made");
	elsewhere.workspace_id++;
	ok(api_key_revoke(w.db, &elsewhere, made.id, w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "another workspace does not revoke it");
}

static void
check_list(void)
{
	struct api_key k = asked("Listed", 1), *list, found;
	struct api_key_query q = { w.who.workspace_id, 0, 2 };
	struct new_api_key made;
	size_t count;

	world_sql(&w, "DELETE FROM api_key");
	for (int i = 0; i < 3; i++)
		api_key_create(w.db, &w.who, &k, &made, w.a, &f);
	fine(api_key_list(w.db, &q, &list, &count, w.a, &f), "keys are listed");
	ok(count == 2 && list[0].id == made.id && list[1].id == made.id - 1,
	   "newest first, as many as were asked for");
	q.before = list[1].id;
	api_key_list(w.db, &q, &list, &count, w.a, &f);
	ok(count == 1 && list[0].id == made.id - 2, "and the older ones after them");
	q.workspace_id++;
	q.before = 0;
	api_key_list(w.db, &q, &list, &count, w.a, &f);
	is_int((int64_t)count, 0, "another workspace sees none");
	world_sql(&w, "UPDATE api_key SET expires_at = NOW(6)");
	ok(api_key_find(w.db, made.text, &found, w.a, &f) == -1,
	   "a key that has expired is not found");
	world_sql(&w, "UPDATE api_key SET expires_at = NULL");
	api_key_find(w.db, made.text, &found, w.a, &f);
	fine(api_key_used(w.db, &found, "192.0.2.1", clock_wall_us(), &f),
	     "its use is noted");
	api_key_find(w.db, made.text, &found, w.a, &f);
	is_str(found.used_from, "192.0.2.1", "with the address");
	fine(api_key_used(w.db, &found, "192.0.2.2", clock_wall_us(), &f),
	     "again within a minute");
	api_key_find(w.db, made.text, &found, w.a, &f);
	is_str(found.used_from, "192.0.2.1", "it is not written");
}

int
main(void)
{
	world_open(&w);
	check_use();
	check_refusals();
	check_list();
	return world_close(&w);
}
