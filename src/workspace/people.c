#include "workspace/people.h"

#include <inttypes.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/json.h"
#include "store/tx.h"
#include "workspace/account.h"

const char *const person_state_words[] = { "active", "invited", "disabled",
					   NULL };

/* clang-format off */
static const struct field person_fields[] = {
	{ FIELD(person, user_id) },
	{ FIELD(person, version) },
	{ FIELD(person, role), .words = role_words },
	{ FIELD(person, state), .words = person_state_words },
	{ FIELD(person, second_factor) },
	{ FIELD(person, email) },
	{ FIELD(person, name) },
	{ FIELD(person, link_until) },
};

static const struct field entry_fields[] = {
	{ FIELD(person_entry, email), .min = 3, .max = 190, .label = "E-mail",
	  .help = "The person signs in with this address." },
	{ FIELD(person_entry, name), .min = 1, .max = 120, .label = "Name",
	  .help = "The person can change it when they accept." },
	{ FIELD(person_entry, role), .words = role_words, .label = "Role",
	  .help = "Viewers read. Supervisors also run campaigns. Administrators also change settings." },
};
/* clang-format on */

static const struct record person_record = RECORD(person_fields);
const struct record person_entry_record = RECORD(entry_fields);
const struct record person_change_record = {
	.fields = &entry_fields[1], .count = ARRAY_LEN(entry_fields) - 1
};

static int
read_role(const char *text, enum role *out, struct arena *a, struct fault *f)
{
	struct person_entry e;

	if (field_set(record_find(&person_entry_record, "role"), &e, text, a,
		      f))
		return -1;
	*out = (enum role)e.role;
	return 0;
}

int
people_list(struct db *db, int64_t workspace_id, const char *after,
	    struct people *out, struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_PEOPLE_LIST, &person_record,
					       sizeof(struct person) };
	struct people got;

	got.list = rows_all(db, &kind,
			    ARGS(ARG_INT(workspace_id), ARG_STR(after),
				 ARG_INT(PEOPLE_PAGE + 1)),
			    &got.count, a, f);
	if (!got.list)
		return -1;
	got.more = got.count > PEOPLE_PAGE;
	got.count -= got.more;
	*out = got;
	return 0;
}

static int
load(struct db *db, int stmt, const struct arg args[static 2],
     struct person *out, struct arena *a, struct fault *f)
{
	struct person got = { 0 };
	struct rows r;
	int n;

	if (db_query(db, &r, stmt, args, 2, f))
		return -1;
	n = rows_fetch(&r, &person_record, &got, a, f);
	rows_close(&r);
	if (n == 0)
		return fault_set(f, FAULT_ABSENT, "There is no such user.");
	if (n < 0)
		return -1;
	*out = got;
	return 0;
}

int
person_load(struct db *db, int64_t workspace_id, int64_t user_id,
	    struct person *out, struct arena *a, struct fault *f)
{
	const struct arg args[] = { ARG_INT(workspace_id), ARG_INT(user_id) };

	return load(db, STMT_PERSON_LOAD, args, out, a, f);
}

int
person_find(struct db *db, int64_t workspace_id, const char *email,
	    struct person *out, struct arena *a, struct fault *f)
{
	const struct arg args[] = { ARG_INT(workspace_id), ARG_STR(email) };

	return load(db, STMT_PERSON_FIND, args, out, a, f);
}

/* What a transaction works on; 'p' is the person as it found them. */
struct people_work {
	const struct actor *who;
	int64_t user_id;
	struct person p;
	struct arena *a;
	const void *order; /* what is to be done */
	void *result;
};

static int
run(struct db *db, tx_fn *fn, struct people_work *w, struct fault *f)
{
	if (actor_check(w->who, ROLE_ADMIN, f))
		return -1;
	return tx_run_marked(db, fn, w, f);
}

/* {"user":"ann@example.com","name":"Ann","role":"admin","state":"active"} */
static const char *
json_of(const struct person *p, struct arena *a)
{
	struct buf b = BUF_INIT;
	const char *text;

	buf_str(&b, "{\"user\":");
	json_str(&b, p->email);
	buf_str(&b, ",\"name\":");
	json_str(&b, p->name);
	buf_printf(&b, ",\"role\":\"%s\",\"state\":\"%s\"}",
		   role_words[p->role], person_state_words[p->state]);
	text = arena_strdup(a, b.data);
	buf_free(&b);
	return text;
}

static bool
is_keeper(const struct person *p)
{
	return p->role == ROLE_ADMIN && p->state == PERSON_ACTIVE;
}

/* Takes the row in which changes of the workspace's people meet, and reads the
 * person. */
static int
begin(struct db *db, struct people_work *w, struct fault *f)
{
	if (db_exec(db, NULL, STMT_PEOPLE_MEET,
		    ARGS(ARG_INT(w->who->workspace_id)), f))
		return -1;
	return person_load(db, w->who->workspace_id, w->user_id, &w->p, w->a,
			   f);
}

/* After a change: the workspace still has an administrator, if it had one. */
static int
check_keepers(struct db *db, const struct people_work *w, struct fault *f)
{
	int64_t left;

	if (!is_keeper(&w->p))
		return 0;
	if (db_int(db, &left, STMT_PEOPLE_ADMINS,
		   ARGS(ARG_INT(w->who->workspace_id)), f))
		return -1;
	if (left)
		return 0;
	return fault_set(f, FAULT_CONFLICT,
			 "%.120s is the last administrator who can sign in. "
			 "Make somebody else an administrator first.",
			 w->p.name);
}

static int
invite_tx(struct db *db, void *arg, struct fault *f)
{
	struct people_work *w = arg;
	const struct person *p = &w->p;
	const struct new_user user = { .email = p->email,
				       .name = p->name,
				       .role = (enum role)p->role };
	int64_t id;

	if (user_create(db, w->who->workspace_id, &user, &id, f) ||
	    person_link_put(db, id, LINK_INVITATION, w->result, f))
		return -1;
	return audit_add(db, w->who, 0, "invite user", NULL, json_of(p, w->a),
			 f);
}

int
person_invite(struct db *db, const struct actor *who,
	      const struct person_form *form, struct person_link *out,
	      struct arena *a, struct fault *f)
{
	struct people_work w = { .who = who, .a = a, .result = out };
	const char *email = form->email, *name = form->name;
	struct user_entry entry;
	enum role role;

	if (!*name)
		name = arena_memdup(a, email, strcspn(email, "@"));
	if (!*name)
		name = "?"; /* the address is what is wrong */
	if (user_entry_read(email, name, &entry, a, f) ||
	    read_role(form->role, &role, a, f))
		return -1;
	w.p = (struct person){ .email = entry.email,
			       .name = entry.name,
			       .role = role,
			       .state = PERSON_INVITED };
	return run(db, invite_tx, &w, f);
}

/* Nobody takes their own rights: another administrator does. */
static int
check_own(const struct people_work *w, const char *what, struct fault *f)
{
	if (w->who->user_id != w->p.user_id)
		return 0;
	return fault_set(f, FAULT_CONFLICT,
			 "You cannot %s. Another administrator can.", what);
}

static int
change_tx(struct db *db, void *arg, struct fault *f)
{
	struct people_work *w = arg;
	struct person_change *c = w->result;
	const struct person *wanted = w->order;
	struct person p;

	if (begin(db, w, f))
		return -1;
	p = w->p;
	if (c->version >= 0 && c->version != p.version)
		return fault_set(f, FAULT_CONFLICT,
				 "Somebody else changed this user first. "
				 "Reload the page and try again.");
	if (c->name)
		p.name = wanted->name;
	if (c->role)
		p.role = wanted->role;
	if (p.role != w->p.role && check_own(w, "change your own role", f))
		return -1;
	if (p.role == w->p.role && !strcmp(p.name, w->p.name))
		return 0;
	if (db_exec(db, NULL, STMT_PERSON_CHANGE,
		    ARGS(ARG_STR(p.name), ARG_INT(p.role), ARG_INT(p.user_id),
			 ARG_INT(w->who->workspace_id)),
		    f) ||
	    check_keepers(db, w, f) ||
	    session_digests(db, p.user_id, NULL, &c->seen, w->a, f))
		return -1;
	return audit_add(db, w->who, 0, "change user", json_of(&w->p, w->a),
			 json_of(&p, w->a), f);
}

int
person_change(struct db *db, const struct actor *who,
	      struct person_change *change, struct arena *a, struct fault *f)
{
	struct person wanted = { 0 };
	struct people_work w = { .who = who,
			  .user_id = change->user_id,
			  .a = a,
			  .order = &wanted,
			  .result = change };
	struct user_entry entry;
	enum role role;

	if (change->name) {
		if (user_entry_read("a@b", change->name, &entry, a, f))
			return -1;
		wanted.name = entry.name;
	}
	if (change->role) {
		if (read_role(change->role, &role, a, f))
			return -1;
		wanted.role = role;
	}
	change->seen = (struct digests){ .of = NULL };
	return run(db, change_tx, &w, f);
}

#define NO_STMT (-1) /* only the sessions end */
/* clang-format off */
static const struct {
	int stmt;
	const char *action, *own, *already;
} steps[] = {
	[PERSON_DISABLE] = { STMT_PERSON_DISABLE, "disable user", "disable yourself",
			     "This user is already disabled." },
	[PERSON_ENABLE] = { STMT_PERSON_ENABLE, "enable user", "enable yourself",
			    "This user is not disabled." },
	[PERSON_REMOVE] = { STMT_PERSON_REMOVE, "remove user", "remove yourself",
			    "This user has already been removed." },
	[PERSON_SIGN_OUT] = { .stmt = NO_STMT, .action = "sign out user" },
};
/* clang-format on */

/* What else is kept of somebody who is removed. */
static int
forget(struct db *db, int64_t user_id, struct fault *f)
{
	static const int kept[] = { STMT_PERSON_FORGET_WIZARD,
				    STMT_PERSON_FORGET_LINK,
				    STMT_FACTOR_FORGET_CODES };

	for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
		if (db_exec(db, NULL, kept[i], ARGS(ARG_INT(user_id)), f))
			return -1;
	}
	return 0;
}

static int
take_step(struct db *db, const struct people_work *w, struct fault *f)
{
	const struct person_step *s = w->result;
	int64_t done;

	if (check_own(w, steps[s->action].own, f) ||
	    db_exec(db, &done, steps[s->action].stmt,
		    ARGS(ARG_INT(w->user_id), ARG_INT(w->who->workspace_id)),
		    f))
		return -1;
	return done ? check_keepers(db, w, f)
		    : fault_set(f, FAULT_CONFLICT, "%s",
				steps[s->action].already);
}

static int
apply_tx(struct db *db, void *arg, struct fault *f)
{
	struct people_work *w = arg;
	struct person_step *s = w->result;
	struct person p;

	if (begin(db, w, f) ||
	    (steps[s->action].stmt != NO_STMT && take_step(db, w, f)) ||
	    session_end_all(db, w->user_id, NULL, &s->ended, w->a, f))
		return -1;
	if (s->action == PERSON_SIGN_OUT && !s->ended.count)
		return 0;
	if (s->action == PERSON_REMOVE)
		return forget(db, w->user_id, f) ||
				       audit_add(db, w->who, 0,
						 steps[s->action].action,
						 json_of(&w->p, w->a), NULL, f)
			       ? -1
			       : 0;
	if (person_load(db, w->who->workspace_id, w->user_id, &p, w->a, f))
		return -1;
	return audit_add(db, w->who, 0, steps[s->action].action,
			 json_of(&w->p, w->a), json_of(&p, w->a), f);
}

int
person_apply(struct db *db, const struct actor *who, struct person_step *step,
	     struct arena *a, struct fault *f)
{
	struct people_work w = {
		.who = who, .user_id = step->user_id, .a = a, .result = step
	};

	step->ended = (struct digests){ .of = NULL };
	return run(db, apply_tx, &w, f);
}

static int
link_tx(struct db *db, void *arg, struct fault *f)
{
	static const char *const actions[] = {
		[LINK_INVITATION] = "renew invitation",
		[LINK_RESET] = "make reset link",
	};
	struct people_work *w = arg;
	enum link_kind kind;

	if (begin(db, w, f))
		return -1;
	if (w->p.state == PERSON_DISABLED)
		return fault_set(f, FAULT_CONFLICT,
				 "This user is disabled. Enable them first.");
	kind = w->p.state == PERSON_INVITED ? LINK_INVITATION : LINK_RESET;
	if (person_link_put(db, w->user_id, kind, w->result, f))
		return -1;
	return audit_add(db, w->who, 0, actions[kind], NULL,
			 json_of(&w->p, w->a), f);
}

int
person_link_make(struct db *db, const struct actor *who, int64_t user_id,
		 struct person_link *out, struct arena *a, struct fault *f)
{
	struct people_work w = {
		.who = who, .user_id = user_id, .a = a, .result = out
	};

	return run(db, link_tx, &w, f);
}
