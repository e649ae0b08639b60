/* Makes a workspace to try Outdial with.  Each part is made only once. */
#include "tools/demo/demo.h"

#include <stdio.h>
#include <string.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "campaign/campaign.h"
#include "campaign/lifecycle.h"
#include "contacts/contact_list.h"
#include "store/db.h"
#include "store/tx.h"
#include "tools/demo/stmt.h"
#include "workspace/account.h"
#include "workspace/catalog.h"

#define CARRIER_NAME "Simulated carrier"
#define CARRIER_CPS 40
#define CARRIER_CHANNELS 400
#define CHUNK 5000
#define CONTACT_COLUMNS 7
#define EVERY_DAY 0x7f

struct demo {
	struct db *db;
	struct redis *redis;
	struct arena *a;
	struct actor who;
	int64_t carrier, bots[8], *numbers;
	size_t number_count;
	int64_t now;
};

static int
make_people(struct demo *d, const char *email, const char *password,
	    struct fault *f)
{
	struct account known;
	const char *hash;
	struct new_user user = { .email = email,
				 .password = password,
				 .role = ROLE_ADMIN };
	int64_t ws;

	if (workspace_find(d->db, DEMO_WORKSPACE, &ws, f) &&
	    (f->code != FAULT_ABSENT ||
	     workspace_create(d->db, DEMO_WORKSPACE, "America/Chicago", "US",
			      &ws, f)))
		return -1;
	d->who = (struct actor){ .workspace_id = ws,
				 .role = ROLE_ADMIN,
				 .name = "Robin Demo" };
	if (!account_by_email(d->db, email, &known, &hash, d->a, f)) {
		d->who.user_id = known.user_id;
		d->who.name = known.name;
		if (known.workspace_id != ws)
			return fault_set(f, FAULT_CONFLICT,
					 "%s belongs to another workspace.",
					 email);
		return user_set_password(d->db, known.user_id, password, f);
	}
	user.name = d->who.name;
	if (f->code != FAULT_ABSENT ||
	    user_create(d->db, ws, &user, &d->who.user_id, f))
		return -1;
	return 0;
}

static int
make_numbers(struct demo *d, struct fault *f)
{
	int64_t id;

	for (size_t i = 0; demo_numbers[i]; i += 2) {
		if (number_create(d->db, d->who.workspace_id, d->carrier,
				  demo_numbers[i], demo_numbers[i + 1], &id,
				  f) &&
		    f->code != FAULT_CONFLICT)
			return -1;
	}
	return workspace_numbers(d->db, d->who.workspace_id, &d->numbers,
				 &d->number_count, d->a, f);
}

static int
make_carrier(struct demo *d, const char *socket, struct fault *f)
{
	struct carrier_row row = { .workspace_id = d->who.workspace_id,
				   .name = CARRIER_NAME,
				   .kind = CARRIER_SIM,
				   .address = socket,
				   .cps = CARRIER_CPS,
				   .channels = CARRIER_CHANNELS,
				   .enabled = true };

	if (!db_int(d->db, &d->carrier, STMT_DEMO_CARRIER,
		    ARGS(ARG_INT(d->who.workspace_id), ARG_STR(CARRIER_NAME)),
		    f)) {
		row.id = d->carrier;
		return carrier_move(d->db, &row, f);
	}
	if (f->code != FAULT_ABSENT)
		return -1;
	return carrier_create(d->db, &row, &d->carrier, d->a, f);
}

static int
make_bots(struct demo *d, struct fault *f)
{
	for (size_t i = 0; i < demo_bot_count; i++) {
		const struct demo_bot *b = &demo_bots[i];

		if (!db_int(d->db, &d->bots[i], STMT_DEMO_BOT,
			    ARGS(ARG_INT(d->who.workspace_id),
				 ARG_STR(b->name)),
			    f))
			continue;
		if (f->code != FAULT_ABSENT ||
		    bot_create(d->db, d->who.workspace_id, b->name, b->target,
			       &d->bots[i], f))
			return -1;
	}
	return 0;
}

static int
make_draft(struct demo *d, const struct demo_campaign *want, int64_t *id,
	   struct fault *f)
{
	struct campaign_settings s = { 0 };

	record_defaults(&campaign_settings_record, &s, d->a);
	s.name = want->name;
	s.bot_id = d->bots[want->bot];
	s.concurrency = want->concurrency;
	s.mode = MODE_MULTI_DAY;
	s.always_on = want->always_on;
	s.callbacks = want->callbacks;
	s.window_start = 0;
	s.window_end = MINUTES_PER_DAY;
	s.days.bits = EVERY_DAY;
	s.zone = "America/Chicago";
	s.retry_delay = want->retry_delay;
	return campaign_create(
		d->db, &d->who,
		&(struct campaign_edit){ .set = &s,
					 .numbers = d->numbers,
					 .count = d->number_count },
		id, d->a, f);
}

/* A list is part of its draft from the first row on, so it is never swept. */
struct listing {
	const struct demo *d;
	const struct demo_campaign *want;
	int64_t campaign, list;
	struct arg *args;
	size_t count;
	int stored;
};

static int
begin_list(struct db *db, void *arg, struct fault *f)
{
	struct listing *l = arg;

	if (db_exec(db, NULL, STMT_LIST_CREATE,
		    ARGS(ARG_INT(l->d->who.workspace_id)), f))
		return -1;
	l->list = db_insert_id(db);
	if (db_exec(db, NULL, STMT_LIST_ADD_PART, ARGS(ARG_INT(l->list)), f) ||
	    lists_ref(db, &(struct list_use){ l->list, 1 }, 1, f))
		return -1;
	return segment_add(db, l->campaign, SEGMENT_FILE, l->list, WHOLE_LIST,
			   f);
}

static int
store_contacts(struct db *db, void *arg, struct fault *f)
{
	const struct listing *l = arg;

	if (db_exec(db, NULL, STMT_LIST_GROW,
		    ARGS(ARG_INT(l->count), ARG_INT(l->list),
			 ARG_INT(l->stored)),
		    f))
		return -1;
	return db_bulk(db, NULL, STMT_LIST_ADD_CONTACT, l->args,
		       CONTACT_COLUMNS, l->count, f);
}

static int
add_contacts(struct db *db, struct listing *l, struct arena *a, struct fault *f)
{
	int left = l->want->contacts - l->stored;

	l->args = ARENA_ARRAY(a, CHUNK * CONTACT_COLUMNS, struct arg);
	l->count = (size_t)(left < CHUNK ? left : CHUNK);
	for (size_t i = 0; i < l->count; i++) {
		struct arg *x = l->args + i * CONTACT_COLUMNS;
		int n = l->stored + (int)i;
		char *phone = arena_alloc(a, 16);

		demo_phone(l->want->first_phone + n, phone);
		x[0] = ARG_INT(l->list);
		x[1] = ARG_INT(n + 1);
		x[2] = ARG_STR(phone);
		x[3] = ARG_STR("");
		x[4] = ARG_NULL;
		x[5] = ARG_STR(demo_vars(n, a));
		x[6] = ARG_INT(n + 2);
	}
	if (tx_run(db, store_contacts, l, NULL, f))
		return -1;
	l->stored += (int)l->count;
	return 0;
}

static int
make_list(struct demo *d, const struct demo_campaign *want, int64_t campaign,
	  struct fault *f)
{
	struct listing l = { .d = d, .want = want, .campaign = campaign };
	struct arena *a = arena_new();
	int rc = tx_run(d->db, begin_list, &l, NULL, f);

	while (!rc && l.stored < want->contacts) {
		arena_reset(a);
		rc = add_contacts(d->db, &l, a, f);
	}
	arena_free(a);
	if (rc)
		return -1;
	return db_exec(
		d->db, NULL, STMT_DEMO_SEAL,
		ARGS(ARG_INT(l.stored), ARG_INT(campaign), ARG_INT(l.list)), f);
}

static int
set_age(struct demo *d, const struct demo_campaign *want, int64_t id,
	struct fault *f)
{
	int64_t at = d->now - want->created_h * US_PER_HOUR;

	if (db_exec(d->db, NULL, STMT_DEMO_CREATED,
		    ARGS(ARG_TIME(at), ARG_INT(id)), f))
		return -1;
	return db_exec(d->db, NULL, STMT_DEMO_AUDIT_AT,
		       ARGS(ARG_TIME(at), ARG_INT(id)), f);
}

static int
prepare_restart(struct demo *d, const struct demo_campaign *want, int64_t id,
		struct fault *f)
{
	struct actor who = d->who;

	who.name = want->restarted_by;
	who.user_id = 0;
	return campaign_apply(d->db, id, ACTION_RESTART, -1, &who, d->a, f);
}

static int
make_campaign(struct demo *d, const struct demo_campaign *want, struct fault *f)
{
	struct demo_run run = { .d = want,
				.carrier_id = d->carrier,
				.number_id = d->numbers[0],
				.now = d->now };
	int64_t id;

	if (make_draft(d, want, &id, f) || make_list(d, want, id, f) ||
	    set_age(d, want, id, f))
		return -1;
	run.campaign_id = id;
	if (want->past && demo_history(d->db, &run, &d->who, d->a, f))
		return -1;
	if (want->restarted_by && prepare_restart(d, want, id, f))
		return -1;
	return 0;
}

/*
 * Returns 1 when the campaign is there.  A draft that should have run or whose
 * contacts are incomplete was left by an interrupted demo: it is deleted, so
 * that it is made again.
 */
static int
is_there(struct demo *d, const struct demo_campaign *want, struct fault *f)
{
	struct campaign c;
	int64_t id;

	if (db_int(d->db, &id, STMT_DEMO_FIND,
		   ARGS(ARG_INT(d->who.workspace_id), ARG_STR(want->name)), f))
		return f->code == FAULT_ABSENT ? 0 : -1;
	if (campaign_load(d->db, d->who.workspace_id, id, &c, d->a, f))
		return -1;
	if (c.runs || (!want->past && c.fig.total >= want->contacts))
		return 1;
	return campaign_delete(d->db, id, &d->who, d->a, f);
}

static int
make_campaigns(struct demo *d, struct fault *f)
{
	for (size_t i = 0; i < demo_campaign_count; i++) {
		const struct demo_campaign *want = &demo_campaigns[i];
		int there = is_there(d, want, f);

		if (there < 0)
			return -1;
		if (!there && make_campaign(d, want, f))
			return -1;
		printf("%s: %s\n", want->name,
		       there ? "already there"
			     : campaign_status_words[want->status]);
		list_invalidate(d->redis, d->who.workspace_id);
	}
	return 0;
}

int
demo_make(struct db *db, struct redis *redis, const struct demo_options *o,
	  struct arena *a, struct fault *f)
{
	struct demo d = { .db = db, .redis = redis, .a = a };

	if (make_people(&d, o->email, o->password, f) ||
	    make_carrier(&d, o->carrier_socket, f) || make_numbers(&d, f) ||
	    make_bots(&d, f) || db_int(db, &d.now, STMT_DEMO_NOW, NO_ARGS, f) ||
	    make_campaigns(&d, f))
		return -1;
	return 0;
}
