/* Endpoints: who may keep them, what is refused, and what the audit log says.
 */
#include "base/zone_cache.h"
#include "campaign/event.h"
#include "campaign/workspace_stats.h"
#include "hook/delivery.h"
#include "hook/endpoint.h"
#include "tests/lib/world.h"

static struct world w;
static struct endpoint_entry entry = { .url = "https://example.com/hook",
				       .description = "Books",
				       .kinds = { EVENT_FEED } };

static int64_t
kinds_written(void)
{
	return world_int(&w, "SELECT COALESCE((SELECT kinds FROM event_seq"
			     " WHERE workspace_id = 1), 0)");
}

static struct endpoint_ref
add(const char *url, char *secret)
{
	struct endpoint_entry e = entry;
	struct endpoint_ref ref = { .ver = 1 };
	struct endpoint_made made;

	e.url = url;
	world_need(endpoint_add(w.db, &w.who, &e, &made, w.a, &f), url);
	memcpy(secret, made.secret, SIGN_TEXT);
	ref.id = made.id;
	return ref;
}

/* What the summary of the campaign list says. */
static int64_t
down(void)
{
	struct workspace_stats_query q = { .workspace_id = w.who.workspace_id,
					   .zone = "UTC",
					   .zones = zones_new() };
	struct workspace_stats p = { .webhooks_down = -1 };

	world_need(workspace_stats_read(w.db, &q, &p, w.a, &f), "stats");
	zones_free(q.zones);
	return p.webhooks_down;
}

static void
test_add(void)
{
	char secret[SIGN_TEXT];
	struct endpoint_made made;
	struct endpoint_ref ref = add(entry.url, secret);
	struct endpoint *list;
	size_t count;

	is_int((int64_t)strlen(secret), 6 + 44,
	       "a secret has 32 bytes in Base64");
	ok(strncmp(secret, "whsec_", 6) == 0, "a secret says what it is");
	is_int(kinds_written(), EVENT_FEED,
	       "what the endpoint asks for is written");
	world_need(
		endpoint_list(w.db, w.who.workspace_id, &list, &count, w.a, &f),
		"list");
	is_int((int64_t)count, 1, "the endpoint is listed");
	is_str(list[0].url, entry.url, "the endpoint has its address");
	is_int(list[0].next_seq, 1, "it begins with the next event");
	is_int(endpoint_add(w.db, &w.who, &entry, &made, w.a, &f), -1,
	       "the same address a second time is refused");
	is_str(f.field, "url", "the fault is at the address");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE actor = 'Ann'"
			     " AND action = 'add webhook' AND became LIKE"
			     " '%%\"events\":\"attempt.finished,contact.final,"
			     "campaign.status\"%%'"),
	       1, "the audit log says who added what, once");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit"
			     " WHERE became LIKE '%%whsec%%'"),
	       0, "no secret is in the audit log");
	world_need(endpoint_remove(w.db, &w.who, ref, w.a, &f), "remove");
	is_int(kinds_written(), 0, "without an endpoint nothing is written");
}

static void
refused(const char *url, uint32_t kinds, const char *field, const char *what)
{
	struct endpoint_entry e = { .url = url,
				    .description = "",
				    .kinds = { kinds } };
	struct endpoint_made made;

	is_int(endpoint_add(w.db, &w.who, &e, &made, w.a, &f), -1, what);
	is_str(f.field, field, "the fault names the field");
}

static void
test_refusals(void)
{
	char secret[SIGN_TEXT];
	struct endpoint_ref ref = add("https://example.com/r", secret);
	struct endpoint_entry e = entry;
	struct actor who = w.who;
	struct endpoint is;

	refused("ftp://example.com", EVENT_FEED, "url", "FTP is refused");
	refused("", EVENT_FEED, "url", "no address is refused");
	refused("https://example.com/k", 0, "kinds", "no event is refused");
	refused("https://example.com/k", EVENT_ALL + 1, "kinds",
		"an unknown event is refused");
	who.role = ROLE_SUPERVISOR;
	is_int(endpoint_change(w.db, &who, ref, &e, w.a, &f), -1,
	       "a supervisor changes none");
	is_int(f.code, FAULT_DENIED, "the supervisor is denied");
	who = w.who;
	who.workspace_id = 2;
	is_int(endpoint_get(w.db, 2, ref.id, &is, w.a, &f), -1,
	       "another workspace does not see it");
	is_int(endpoint_remove(w.db, &who, ref, w.a, &f), -1,
	       "another workspace does not remove it");
	is_int(f.code, FAULT_ABSENT, "to another workspace it is absent");
	is_int(endpoint_rotate(w.db, &who, ref, secret, w.a, &f), -1,
	       "another workspace makes no secret for it");
	world_need(endpoint_change(w.db, &w.who, ref, &e, w.a, &f), "change");
	is_int(endpoint_change(w.db, &w.who, ref, &e, w.a, &f), -1,
	       "a form that was shown before the last change is refused");
	is_int(f.code, FAULT_CONFLICT, "the stale form is a conflict");
	ref.ver = 0;
	world_need(endpoint_remove(w.db, &w.who, ref, w.a, &f), "remove");
}

static void
test_switch(void)
{
	char secret[SIGN_TEXT], fresh[SIGN_TEXT];
	struct endpoint_ref ref = add("https://example.com/s", secret);
	struct endpoint is;

	world_need(endpoint_rotate(w.db, &w.who, ref, fresh, w.a, &f),
		   "rotate");
	ok(strcmp(secret, fresh) != 0, "a rotation makes another secret");
	is_int(endpoint_rotate(w.db, &w.who, ref, fresh, w.a, &f), -1,
	       "a rotation pressed twice is one");
	ref.ver = 0;
	world_need(endpoint_give_up(w.db, w.who.workspace_id, ref, OFF_GONE,
				    w.a, &f),
		   "give up");
	world_need(endpoint_get(w.db, w.who.workspace_id, ref.id, &is, w.a, &f),
		   "get");
	ok(!is.enabled && is.off_why == OFF_GONE && is.off_at > 0,
	   "one that was given up says why and since when");
	ok(is.old_until > 0, "the old secret signs for a while");
	is_int(kinds_written(), 0, "nothing is written for one that is off");
	is_int(down(), 1, "the list is told of it");
	is_int(endpoint_test(w.db, &w.who, ref, w.a, &f), -1,
	       "one that is off gets no test event");
	world_need(endpoint_switch(w.db, &w.who, ref, true, w.a, &f), "on");
	is_int(down(), 0, "one that is on again is not down");
	is_int(endpoint_switch(w.db, &w.who, ref, true, w.a, &f), -1,
	       "one that is on cannot be switched on");
	world_need(endpoint_test(w.db, &w.who, ref, w.a, &f), "test");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM event WHERE kind = 6"
			 " AND run_id = %lld",
			 (long long)ref.id),
	       1, "a test event is written for this endpoint");
	world_need(endpoint_switch(w.db, &w.who, ref, false, w.a, &f), "off");
	is_int(down(), 0, "one that a person switched off is not down");
	world_need(endpoint_remove(w.db, &w.who, ref, w.a, &f), "remove");
}

static void
test_most(void)
{
	char secret[SIGN_TEXT];
	struct endpoint_entry e = entry;
	struct endpoint_made made;

	for (int i = 0; i < ENDPOINTS_MOST; i++)
		add(arena_printf(w.a, "https://example.com/%d", i), secret);
	e.url = "https://example.com/more";
	is_int(endpoint_add(w.db, &w.who, &e, &made, w.a, &f), -1,
	       "there is a limit to the endpoints of a workspace");
	is_str(f.text, "A workspace has at most 50 webhooks.",
	       "the fault gives the limit");
	world_sql(&w, "DELETE FROM endpoint");
}

int
main(void)
{
	world_open(&w);
	test_add();
	test_refusals();
	test_switch();
	test_most();
	return world_close(&w);
}
