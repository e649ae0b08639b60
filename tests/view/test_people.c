/* The people of a workspace, their links, and the page of one's own account. */
#include "tests/view/golden.h"

#include "base/zone.h"
#include "base/zone_cache.h"
#include "web/pages/fill_account.h"
#include "web/pages/fill_factor.h"
#include "web/pages/fill_pages.h"
#include "web/pages/fill_users.h"
#include "web/pages/viewer.h"
#include "workspace/account.h"
#include "workspace/second_factor.h"

#define HOUR (3600 * INT64_C(1000000))
/* Monday, 23 November 2026, 14:20:02 UTC */
#define NOW (INT64_C(1795443602) * 1000000)
#define WRONG "It is <wrong>."

static struct viewer viewer = { .role = ROLE_ADMIN, .now = NOW };

/* clang-format off */
static struct person people[] = {
	{ 1, 0, ROLE_ADMIN, PERSON_ACTIVE, false, "ann@example.com", "Ann", 0 },
	{ 2, 3, ROLE_VIEWER, PERSON_INVITED, false, "bob@example.com", "Bob", NOW + 90 * HOUR },
	{ 3, 1, ROLE_VIEWER, PERSON_INVITED, false, "cleo@example.com", "Cleo", 0 },
	{ 4, 9, ROLE_SUPERVISOR, PERSON_DISABLED, true, "d&d@example.com", "Dan <b> \u202e", 0 },
	{ 5, 9, ROLE_SUPERVISOR, PERSON_ACTIVE, true, "eve@example.com", "Eve", 0 },
};
/* clang-format on */

static void
test_users(void)
{
	struct users_page page = { .viewer = &viewer,
				   .csrf = "t0ken",
				   .people = { people, ARRAY_LEN(people),
					       true },
				   .own = 1 };

	page.e.value[USER_EMAIL] = page.e.value[USER_NAME] = "";
	page.e.value[USER_ROLE] = "viewer";
	page.first = true;
	example("users", "page_users.tpl", fill_users, &page);
	page.e.value[USER_EMAIL] = "\"x\"";
	page.e.value[USER_ROLE] = "boss";
	page.e.wrong[USER_EMAIL] = page.e.wrong[USER_NAME] =
		page.e.wrong[USER_ROLE] = WRONG;
	page.first = page.people.more = false;
	example("users-wrong", "page_users.tpl", fill_users, &page);
	viewer.role = ROLE_VIEWER;
	example("users-viewer", "page_users.tpl", fill_users, &page);
	viewer.role = ROLE_ADMIN;
	agree("page_users.tpl");
}

static void
test_user(void)
{
	static const char *const names[] = { "user-own", "user-invited",
					     "user-expired", "user-disabled",
					     "user-active" };
	struct user_page page = { .viewer = &viewer,
				  .csrf = "t0ken",
				  .own = true };

	for (size_t i = 0; i < ARRAY_LEN(people); i++) {
		page.person = &people[i];
		page.e.value[USER_NAME] = people[i].name;
		page.e.value[USER_ROLE] = role_words[people[i].role];
		example(names[i], "page_user.tpl", fill_user, &page);
		page.own = false;
	}
	page.e.wrong[USER_NAME] = page.e.wrong[USER_ROLE] = WRONG;
	example("user-wrong", "page_user.tpl", fill_user, &page);
	agree("page_user.tpl");
}

static void
test_links(void)
{
	struct user_link_page link = { .person = &people[3],
				       .address =
					       "https://x.example/invitation/T",
				       .kind = LINK_INVITATION };
	struct link_holder holder = { .email = "bob@example.com",
				      .name = "Bob & Co",
				      .workspace = "Northwind <Sons>",
				      .kind = LINK_INVITATION };
	struct invitation_page page = { .action = "/invitation/T",
					.holder = &holder };

	example("link-invitation", "page_user_link.tpl", fill_user_link, &link);
	link.kind = LINK_RESET;
	example("link-reset", "page_user_link.tpl", fill_user_link, &link);
	agree("page_user_link.tpl");
	page.e.value[USER_NAME] = "\"Bob\"";
	example("invitation", "page_invitation.tpl", fill_invitation, &page);
	page.e.wrong[USER_NAME] = page.e.wrong[USER_PASSWORD] = WRONG;
	example("invitation-wrong", "page_invitation.tpl", fill_invitation,
		&page);
	holder.kind = LINK_RESET;
	example("invitation-reset", "page_invitation.tpl", fill_invitation,
		&page);
	agree("page_invitation.tpl");
}

static void
test_account(void)
{
	static const struct seen_session list[] = {
		{ "aa", NOW - HOUR, NOW, "192.0.2.1",
		  "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, "
		  "like Gecko) Chrome/127.0.0.0 Safari/537.36 Edg/127.0" },
		{ "bb", NOW - 2 * HOUR, NOW - HOUR, "2001:db8::1", "" },
	};
	struct account ann = { .name = "Ann <b>",
			       .email = "ann@example.com",
			       .role = ROLE_ADMIN,
			       .theme = 2,
			       .letter_keys = true };
	struct account_page page = { .viewer = &viewer,
				     .who = &ann,
				     .csrf = "t0ken",
				     .own_key = "aa",
				     .sessions = list,
				     .session_count = 2 };

	example("account", "page_account.tpl", fill_account, &page);
	for (size_t i = 0; i < ACCOUNT_FIELDS; i++)
		page.wrong[i] = WRONG;
	ann.letter_keys = false;
	page.factor = true;
	page.recovery_left = 8;
	example("account-wrong", "page_account.tpl", fill_account, &page);
	agree("page_account.tpl");
}

static void
test_factor(void)
{
	static const char *const codes[RECOVERY_CODES] = { "aaaa-bbbb" };
	struct factor_page page = { .csrf = "t0ken",
				    .state = "5ea1",
				    .uri = "otpauth://totp/Outdial:a%40b?x",
				    .text = "GEZD",
				    .arena = arena };
	struct code_form form = { .state = "5ea1", .next = "/dashboard/x?a" };

	example("factor", "page_factor.tpl", fill_factor, &page);
	page.wrong = form.wrong = WRONG;
	example("factor-wrong", "page_factor.tpl", fill_factor, &page);
	agree("page_factor.tpl");
	example("recovery", "page_recovery.tpl", fill_recovery, codes);
	agree("page_recovery.tpl");
	example("code-wrong", "page_code.tpl", fill_code, &form);
	form.wrong = NULL;
	example("code", "page_code.tpl", fill_code, &form);
	agree("page_code.tpl");
}

static void
test_agents(void)
{
	static const char *const agents[][2] = {
		{ "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) "
		  "AppleWebKit/605.1.15 Version/17.5 Safari/604.1",
		  "Safari on iPhone" },
		{ "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 "
		  "Firefox/128.0",
		  "Firefox on Linux" },
		{ "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 "
		  "Chrome/127.0 Mobile Safari/537.36",
		  "Chrome on Android" },
		{ "curl/8.0", "curl" },
		{ "A program of nobody's that says very much of itself",
		  "A program of nobody's that says very muc" },
		{ "", "Unknown browser" },
	};

	for (size_t i = 0; i < ARRAY_LEN(agents); i++)
		is_str(agent_words(agents[i][0], arena), agents[i][1],
		       agents[i][1]);
}

int
main(void)
{
	struct fault f = { 0 };

	arena = arena_new();
	viewer.arena = arena;
	viewer.zones = zones_new();
	viewer.zone = (struct view_zone){ zone_open("Europe/London"),
					  "Europe/London" };
	ok(view_load(TEMPLATES, "/static/0123456789ab", &f) == 0,
	   "every template loads");
	test_users();
	test_user();
	test_links();
	test_account();
	test_factor();
	test_agents();
	zone_close(viewer.zone.zone);
	zones_free(viewer.zones);
	buf_free(&filled);
	arena_free(arena);
	return tap_done();
}
