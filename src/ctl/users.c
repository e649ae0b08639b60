/* The people of a workspace: listed, invited, changed, disabled, enabled and
 * removed; their one-time links; and the first of all. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/installation.h"
#include "app/stmt.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/json.h"
#include "ctl/ctl.h"
#include "ctl/table.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/people.h"
#include "workspace/second_factor.h"

static const char *
given_or(const struct ctl *c, const char *name, const char *otherwise)
{
	const char *value = ctl_option(c, name);

	return value ? value : otherwise;
}

/* Reads all pages of the list. */
static int
read_all(struct ctl *c, int64_t workspace_id, struct people *out,
	 struct fault *f)
{
	struct people page;

	*out = (struct people){ .list = NULL };
	do {
		const char *after =
			out->count ? out->list[out->count - 1].email : "";

		if (people_list(c->db, workspace_id, after, &page, c->a, f))
			return -1;
		for (size_t i = 0; i < page.count; i++) {
			out->list = arena_grow(c->a, out->list, out->count,
					       sizeof(*out->list));
			out->list[out->count++] = page.list[i];
		}
	} while (page.more);
	return 0;
}

int
users_show(struct ctl *c, struct fault *f)
{
	static const struct ctl_column columns[] = {
		{ "email", false },	    { "name", false },
		{ "role", false },	    { "state", false },
		{ "second_factor", false },
	};
	struct ctl_table t = { .columns = columns,
			       .count = ARRAY_LEN(columns) };
	struct people people;
	struct actor who;

	if (ctl_actor(c, 0, &who, f) ||
	    read_all(c, who.workspace_id, &people, f))
		return -1;
	t.rows = people.count;
	t.cells = ARENA_ARRAY(c->a, t.rows * t.count + 1, const char *);
	for (size_t i = 0; i < people.count; i++) {
		const struct person *p = &people.list[i];
		const char **cells = t.cells + i * t.count;

		cells[0] = p->email;
		cells[1] = p->name;
		cells[2] = role_words[p->role];
		cells[3] = person_state_words[p->state];
		cells[4] = p->second_factor ? "on" : "off";
	}
	return ctl_table_print(c, &t);
}

/* Tells all nodes that these sessions have ended or changed. */
static void
mark(struct ctl *c, enum session_mark mark, const struct digests *d)
{
	struct installation own;
	struct fault unused;

	if (installation_read(c->db, &own, &unused))
		return;
	session_mark_all(&(struct session_marker){ c->redis, own.secret,
						   clock_wall_us() },
			 mark, d, c->a);
}

/* The acting person, and the one that the first argument names. */
static int
begin(struct ctl *c, struct actor *who, struct person *p, struct fault *f)
{
	return ctl_actor(c, 0, who, f) || person_find(c->db, who->workspace_id,
						      c->args[0], p, c->a, f)
		       ? -1
		       : 0;
}

static int
print_done(const struct ctl *c, const char *email, const char *done,
	   const struct actor *who)
{
	struct buf b = BUF_INIT;

	buf_str(&b, "{\"email\":");
	json_str(&b, email);
	buf_printf(&b, ",\"done\":\"%s\"}", done);
	ctl_print(c, b.data, "User %s %s by %s.", email, done, who->name);
	buf_free(&b);
	return CTL_DONE;
}

/* Prints the link, which is stored nowhere. */
static int
print_link(struct ctl *c, const char *email, const struct person_link *link)
{
	const char *address =
		person_link_address(c->conf.public_url, link, c->a);
	struct buf b = BUF_INIT;

	buf_str(&b, "{\"email\":");
	json_str(&b, email);
	buf_str(&b, ",\"link\":");
	json_str(&b, address);
	buf_char(&b, '}');
	ctl_print(c, b.data, "One-time link for %s, valid for %s:\n%s", email,
		  person_link_life(link->kind), address);
	buf_free(&b);
	return CTL_DONE;
}

int
user_invite(struct ctl *c, struct fault *f)
{
	const struct person_form form = { c->args[0], given_or(c, "name", ""),
					  ctl_option(c, "role") };
	struct person_link link;
	struct actor who;

	if (ctl_actor(c, 0, &who, f) ||
	    person_invite(c->db, &who, &form, &link, c->a, f))
		return -1;
	return print_link(c, form.email, &link);
}

int
user_change(struct ctl *c, struct fault *f)
{
	struct person_change change = { .version = -1,
					.name = ctl_option(c, "name"),
					.role = ctl_option(c, "role") };
	struct actor who;
	struct person p;

	if (!change.name && !change.role)
		return ctl_usage("--name or --role is missing.");
	if (begin(c, &who, &p, f))
		return -1;
	change.user_id = p.user_id;
	if (person_change(c->db, &who, &change, c->a, f))
		return -1;
	mark(c, SESSION_CHANGED, &change.seen);
	return print_done(c, p.email, "changed", &who);
}

int
user_act(struct ctl *c, struct fault *f)
{
	static const struct {
		const char *command, *done;
	} actions[] = {
		[PERSON_DISABLE] = { "user disable", "disabled" },
		[PERSON_ENABLE] = { "user enable", "enabled" },
		[PERSON_REMOVE] = { "user remove", "removed" },
		[PERSON_SIGN_OUT] = { "user sign-out", "signed out" },
	};
	struct person_step step = { .action = PERSON_DISABLE };
	struct actor who;
	struct person p;

	while (strcmp(actions[step.action].command, c->command->name) != 0)
		step.action++;
	if (begin(c, &who, &p, f))
		return -1;
	step.user_id = p.user_id;
	if (person_apply(c->db, &who, &step, c->a, f))
		return -1;
	mark(c, SESSION_ENDED, &step.ended);
	return print_done(c, p.email, actions[step.action].done, &who);
}

int
user_link(struct ctl *c, struct fault *f)
{
	struct person_link link;
	struct actor who;
	struct person p;

	if (begin(c, &who, &p, f) ||
	    person_link_make(c->db, &who, p.user_id, &link, c->a, f))
		return -1;
	return print_link(c, p.email, &link);
}

int
user_reset(struct ctl *c, struct fault *f)
{
	struct actor who;
	struct person p;

	if (begin(c, &who, &p, f) ||
	    factor_switch_off(c->db, &who, p.user_id, f))
		return -1;
	return print_done(c, p.email, "reset", &who);
}

/* The first workspace and its administrator: both are made, or neither. */
struct founding {
	const char *name, *zone, *country;
	struct user_entry user;
	struct actor who;
	struct person_link link;
};

static int
found_tx(struct db *db, void *arg, struct fault *f)
{
	struct founding *s = arg;
	const struct new_user admin = { .email = s->user.email,
					.name = s->user.name,
					.role = ROLE_ADMIN };
	struct buf became = BUF_INIT;
	int64_t people, id;
	int rc;

	if (db_int(db, &people, STMT_PEOPLE_COUNT, NO_ARGS, f))
		return -1;
	if (people)
		return fault_set(f, FAULT_CONFLICT,
				 "There are users already. “outdial user "
				 "invite” adds another one.");
	if (workspace_create(db, s->name, s->zone, s->country,
			     &s->who.workspace_id, f) ||
	    user_create(db, s->who.workspace_id, &admin, &id, f) ||
	    person_link_put(db, id, LINK_INVITATION, &s->link, f))
		return -1;
	buf_str(&became, "{\"workspace\":");
	json_str(&became, s->name);
	buf_str(&became, ",\"user\":");
	json_str(&became, s->user.email);
	buf_char(&became, '}');
	rc = audit_add(db, &s->who, 0, "set up", NULL, became.data, f);
	buf_free(&became);
	return rc;
}

int
setup(struct ctl *c, struct fault *f)
{
	const char *email = ctl_option(c, "email");
	struct founding s = {
		.name = ctl_option(c, "workspace"),
		.zone = given_or(c, "zone", "UTC"),
		.country = given_or(c, "country", "GB"),
		.who = { .role = ROLE_ADMIN, .name = "command line" },
	};

	if (user_entry_read(email, given_or(c, "name", "Administrator"),
			    &s.user, c->a, f) ||
	    tx_run_marked(c->db, found_tx, &s, f))
		return -1;
	return print_link(c, s.user.email, &s.link);
}
